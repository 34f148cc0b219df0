"""Apache Spark for tests, behind a port of loopback: a POST of {"sql", "args"} answers {"columns", "rows"} or {"error", "state"}.

Each path is a session with tables of its own, which DELETE forgets.
"""

import json
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer

from pyspark.errors import PySparkException
from pyspark.sql import SparkSession

port, home = int(sys.argv[1]), sys.argv[2]
settings = {
    # As on Databricks.
    "spark.sql.ansi.enabled": "true",
    "spark.sql.session.timeZone": "UTC",
    # One small query after another: little is to be gained by running it in parallel, or by compiling it.
    "spark.sql.shuffle.partitions": "1",
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    "spark.driver.memory": "2g",
    "spark.driver.extraJavaOptions": "-Xss4m -XX:+UseSerialGC -XX:TieredStopAtLevel=1",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.sql.catalogImplementation": "in-memory",
    "spark.sql.warehouse.dir": home,
    "spark.local.dir": home,
}
builder = SparkSession.builder.master("local[2]").appName("seglang")
for name, value in settings.items():
    builder = builder.config(name, value)
first = builder.getOrCreate()
context = first.sparkContext
context.setLogLevel("OFF")
sessions = {}


def session(path):
    """Not `newSession`, which would share the tables."""
    if path not in sessions:
        java = context._jvm.org.apache.spark.sql.classic.SparkSession(context._jsc.sc(), context._jvm.java.util.HashMap(settings))
        sessions[path] = SparkSession(context, java)
    return sessions[path]


def cell(value):
    """Integers beyond 2^53 and doubles that are no numbers as text."""
    if value is None or isinstance(value, (str, bool)):
        return value
    if isinstance(value, int):
        return value if abs(value) < 2**53 else str(value)
    if isinstance(value, float):
        return value if abs(value) < float("inf") else str(value)
    return str(value)


def answer(spark, query):
    try:
        table = spark.sql(query["sql"], args=query["args"]) if query.get("args") else spark.sql(query["sql"])
        rows = [[cell(value) for value in row] for row in table.collect()]
        return {"columns": table.columns, "rows": rows}
    except PySparkException as error:
        return {"error": str(error).split("\n\tat ")[0], "state": error.getSqlState() or ""}
    except Exception as error:  # What the driver itself throws.
        return {"error": str(error).split("\n\tat ")[0], "state": ""}


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        query = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.reply(json.dumps(answer(session(self.path), query)).encode())

    def do_DELETE(self):
        sessions.pop(self.path, None)
        self.reply(b"{}")

    def reply(self, body):
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


answer(first, {"sql": "select 1"})
server = HTTPServer(("127.0.0.1", port), Handler)
print("ready", flush=True)
server.serve_forever()
