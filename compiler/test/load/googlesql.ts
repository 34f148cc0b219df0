import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { dirname, join } from "node:path";
import type { ColumnType } from "../../engines/reader.ts";
import { unitsOf } from "../../sql/scale.ts";
import { PACKAGES } from "../servers/running.ts";

/** Types and values as the server's protocol buffers have them. */
export type TypeProto =
  | { readonly typeKind: string }
  | { readonly typeKind: "TYPE_ARRAY"; readonly arrayType: { readonly elementType: TypeProto } };
export type ValueProto = Readonly<Record<string, unknown>>;

/** A table that the server gets: its columns, and rows of values. */
export interface GoogleTable {
  readonly name: string;
  readonly columns: readonly { readonly name: string; readonly type: TypeProto }[];
  readonly rows: readonly (readonly ValueProto[])[];
}

/** A value that a statement was given by name. */
export interface GoogleParameter {
  readonly name: string;
  readonly type: TypeProto;
  readonly value: ValueProto;
}

/** The reference implementation of GoogleSQL, in a process of its own. */
export interface GoogleServer {
  /** Replaces all tables. */
  readonly load: (tables: readonly GoogleTable[]) => Promise<void>;
  /** Names of columns, and rows. Rejects with the server's sentence where it refuses the statement. */
  readonly query: (
    sql: string,
    parameters: readonly GoogleParameter[],
  ) => Promise<{ readonly columns: readonly string[]; readonly rows: readonly (readonly ValueProto[])[] }>;
  readonly close: () => void;
}

type Call = (name: string, request: object) => Promise<Readonly<Record<string, never>>>;

/** Why the server cannot run here; null where it can. */
export function googleServerMissing(): string | null {
  return binary() === null ? "@fivetrandevelopers/zetasql is not installed for this machine" : null;
}

function home(): string | null {
  try {
    return dirname(createRequire(PACKAGES).resolve("@fivetrandevelopers/zetasql/package.json"));
  } catch {
    return null;
  }
}

/** The server for this machine: the package has one for each system and processor. */
function binary(): string | null {
  const folder = home();
  if (folder === null) return null;
  const name = `remote_server${process.arch.startsWith("arm") ? "_arm" : ""}${process.platform === "darwin" ? "" : ".so"}`;
  const path = join(folder, "lib/zetasql", name);
  return existsSync(path) ? path : null;
}

/** Starts the server, with all features of the language but those that BigQuery has not. */
export async function googleServer(): Promise<GoogleServer> {
  const [folder, program] = [home(), binary()];
  if (folder === null || program === null) throw new Error(googleServerMissing() ?? "");
  const require = createRequire(join(folder, "package.json"));
  const grpc = require("@grpc/grpc-js");
  const loader = require("@grpc/proto-loader");
  const port = await freePort();
  const child = spawn(program, ["localhost", String(port)], { stdio: "ignore" });
  const stop = (): void => void child.kill("SIGKILL");
  process.once("exit", stop);
  const definition = loader.loadSync("local_service.proto", {
    includeDirs: [join(folder, "lib/zetasql/protos")],
    longs: String,
    enums: String,
    oneofs: false,
  });
  const service = grpc.loadPackageDefinition(definition).zetasql.local_service.ZetaSqlLocalService;
  const most = 500 * 1024 * 1024;
  const client = new service(`localhost:${port}`, grpc.credentials.createInsecure(), {
    "grpc.max_send_message_length": most,
    "grpc.max_receive_message_length": most,
  });
  const call: Call = (name, request) =>
    new Promise((resolve, reject) =>
      client[name](request, (error: { readonly details: string } | null, answer: never) =>
        error === null ? resolve(answer) : reject(new Error(error.details)),
      ),
    );
  await ready(client, child);
  return serverOver(call, () => {
    client.close();
    stop();
    process.removeListener("exit", stop);
  });
}

async function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer();
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}

/** Waits until the server takes calls, at most twenty seconds. */
function ready(
  client: { readonly waitForReady: (until: number, done: (error?: Error) => void) => void },
  child: ChildProcess,
): Promise<void> {
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    client.waitForReady(Date.now() + 20_000, (error) =>
      error === undefined || error === null ? resolve() : reject(error),
    );
  });
}

async function serverOver(call: Call, close: () => void): Promise<GoogleServer> {
  const language: Record<string, unknown> = { ...(await call("GetLanguageOptions", { maximumFeatures: true })) };
  language["productMode"] = "PRODUCT_EXTERNAL";
  // BigQuery has microseconds, no collation unless a column is given one, and no digits beside a type in a cast.
  language["enabledLanguageFeatures"] = (language["enabledLanguageFeatures"] as readonly string[]).filter(
    (feature) => !/NANOS|COLLATION|PARAMETERIZED_TYPES/.test(feature),
  );
  const registered: string[] = [];
  return {
    async load(tables) {
      for (const id of registered.splice(0)) await call("UnregisterCatalog", { registeredId: id });
      const table = tables.map(({ name, columns }) => ({ name, column: columns }));
      const tableContent = Object.fromEntries(
        tables.map(({ name, rows }) => [name, { tableData: { row: rows.map((cell) => ({ cell })) } }]),
      );
      const builtinFunctionOptions = { languageOptions: language };
      const answer = await call("RegisterCatalog", {
        simpleCatalog: { name: "world", builtinFunctionOptions, table },
        tableContent,
      });
      registered.push(String(answer["registeredId"]));
    },
    async query(sql, parameters) {
      const answer = (await call("EvaluateQuery", {
        sql,
        options: {
          languageOptions: language,
          defaultTimezone: "UTC",
          queryParameters: parameters.map(({ name, type }) => ({ name, type })),
        },
        registeredCatalogId: registered[0],
        params: parameters.map(({ name, value }) => ({ name, value })),
      })) as unknown as Evaluated;
      return {
        columns: (answer.prepared.columns ?? []).map(({ name }) => name),
        rows: (answer.content.tableData?.row ?? []).map(({ cell }) => cell),
      };
    },
    close,
  };
}

interface Evaluated {
  readonly content: { readonly tableData?: { readonly row?: readonly { readonly cell: readonly ValueProto[] }[] } };
  readonly prepared: { readonly columns?: readonly { readonly name: string }[] };
}

/** The type of a column or parameter. JSON is a column of text or of JSON. */
export function googleType(type: ColumnType, json: "TYPE_JSON" | "TYPE_STRING"): TypeProto {
  switch (type.kind) {
    case "text":
      return { typeKind: "TYPE_STRING" };
    case "boolean":
      return { typeKind: "TYPE_BOOL" };
    case "integer":
      return { typeKind: "TYPE_INT64" };
    case "decimal":
      return { typeKind: "TYPE_NUMERIC" };
    case "float":
      return { typeKind: "TYPE_DOUBLE" };
    case "date":
      return { typeKind: "TYPE_DATE" };
    case "timestamp":
      return { typeKind: "TYPE_TIMESTAMP" };
    case "list":
      return { typeKind: "TYPE_ARRAY", arrayType: { elementType: googleType(type.of, json) } };
    case "json":
      return { typeKind: json };
  }
}

/** Digits as whole billionths, the least byte first, as short as the sign allows. */
export function numericBytes(digits: string): Uint8Array {
  let units = unitsOf(digits, 9);
  const bytes: number[] = [];
  for (;;) {
    const byte = Number(BigInt.asUintN(8, units));
    bytes.push(byte);
    units >>= 8n;
    if (units === (byte < 0x80 ? 0n : -1n)) return Uint8Array.from(bytes);
  }
}
