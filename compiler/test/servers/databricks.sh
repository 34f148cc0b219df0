#!/usr/bin/env bash
# Apache Spark for tests, in the place of Databricks: one process, on loopback and a free port, with a Python that takes queries (spark.py).
#   databricks.sh install     brings it from PyPI (460 MB); Python 3.10 and Java 17 or newer must be on the machine
#   databricks.sh start DIR   starts it and prints its URL
#   databricks.sh stop DIR    stops the one that was started there, by its process id, and removes the folder
set -euo pipefail
# shellcheck source=compiler/test/servers/common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

version=4.3.0
home=$here/.installed/spark-$version

install() {
  java_of 17 >/dev/null
  [ ! -f "$home/ready" ] || return 0
  rm -rf "$home"
  mkdir -p "$here/.installed"
  python3 -m venv "$home" >&2
  "$home/bin/pip" install --quiet --no-cache-dir "pyspark==$version" >&2
  touch "$home/ready"
}

start() {
  local port
  [ -f "$home/ready" ] || { echo "Spark is not here: npm run engines:install databricks" >&2; return 1; }
  JAVA_HOME=$(java_of 17)
  export JAVA_HOME
  port=$(free_port)
  mkdir -p "$dir/data"
  "$home/bin/python" "$here/spark.py" "$port" "$dir/data" >"$dir/log" 2>&1 </dev/null &
  echo $! >"$dir/pid"
  for _ in $(seq 1500); do
    if grep -qs '^ready' "$dir/log"; then
      printf 'http://127.0.0.1:%s\n' "$port"
      return
    fi
    kill -0 "$(cat "$dir/pid")" 2>/dev/null || break
    sleep 0.2
  done
  tail -n 50 "$dir/log" >&2
  return 1
}

# The Java that it started ends with it.
stop() {
  [ ! -f "$dir/pid" ] || end_process TERM "$(cat "$dir/pid")"
  rm -rf "$dir"
}

"$command"
