import { nearest } from "../../language/diagnostics/suggest.ts";
import { ConfigurationError, type Connection } from "../engines/config.ts";
import { maskSecrets } from "../engines/secrets.ts";
import { DataError, EngineError } from "../sql/runner.ts";
import type { Config, ConnectionSettings } from "./config/config.ts";
import { unfinished, usage } from "./exit.ts";
import type { Io } from "./io.ts";
import { listed } from "./report/words.ts";

/** A connection ready to be opened. */
export interface ChosenConnection {
  readonly name: string;
  readonly connection: Connection;
  /** The same promise; what it rejects with holds no secret of the connection. */
  readonly guard: <A>(work: Promise<A>) => Promise<A>;
}

const ENGINES: readonly string[] = ["duckdb", "sqlite", "postgres"] satisfies readonly Connection["engine"][];

/** What `seglang.json` says of a connection, its secrets unread. Stops where there is none of that name. */
export function settingsOf(connections: Config["connections"], name: string): ConnectionSettings {
  const settings = connections.get(name);
  if (settings !== undefined) return settings;
  if (connections.size === 0)
    throw usage(
      "There is no connection to count on.",
      'Say in `seglang.json` where the data is: `{ "connections": { "default": { "engine": "duckdb", "tables": { … } } } }`.',
    );
  const near = nearest(name, connections.keys());
  throw usage(
    `There is no connection \`${name}\` in \`seglang.json\`.`,
    near === null
      ? `It has ${listed([...connections.keys()].map((one) => `\`${one}\``))}; \`--connection\` names one.`
      : `Write \`${near}\`.`,
  );
}

/** The connection of that name, `default` without one, with its `env:NAME` texts read. Stops where it cannot be used. */
export function chooseConnection(io: Io, { connections }: Config, wanted: string | undefined): ChosenConnection {
  const name = wanted ?? "default";
  const settings = settingsOf(connections, name);
  if (!ENGINES.includes(settings.engine)) {
    throw usage(
      `Connection \`${name}\` is of \`${settings.engine}\`, which is not in this version yet.`,
      `It counts on ${listed(ENGINES.map((one) => `\`${one}\``))}.`,
    );
  }
  const secrets = new Set<string>();
  // The schema of the configuration has checked that the settings are those of the engine.
  const connection = withEnvironment(settings, io, name, secrets) as Connection;
  if (connection.engine === "postgres") secrets.add(connection.url);
  return {
    name,
    connection,
    guard: (work) => work.catch((error: unknown) => Promise.reject(withoutSecrets(error, secrets))),
  };
}

function withEnvironment(value: unknown, io: Io, connection: string, secrets: Set<string>): unknown {
  if (Array.isArray(value)) return value.map((item) => withEnvironment(item, io, connection, secrets));
  if (typeof value === "object" && value !== null)
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, withEnvironment(item, io, connection, secrets)]),
    );
  if (typeof value !== "string" || !value.startsWith("env:")) return value;
  const name = value.slice("env:".length);
  const found = io.env[name];
  if (found === undefined || found === "")
    throw usage(`The environment variable \`${name}\` is not set; connection \`${connection}\` reads it.`);
  secrets.add(found);
  return found;
}

/** The error with every secret in its message replaced. The original is dropped, because its stack and causes may repeat the message. */
function withoutSecrets(error: unknown, secrets: ReadonlySet<string>): unknown {
  const message = error instanceof Error ? error.message : String(error);
  const clean = [...secrets].reduce(maskSecrets, message);
  if (clean === message) return error;
  if (error instanceof DataError) return new DataError(clean);
  if (error instanceof ConfigurationError) return new ConfigurationError(clean, error.help);
  return error instanceof EngineError ? new EngineError(clean) : unfinished(clean);
}
