/** Where data is: a connection of `seglang.json`, its `env:NAME` texts already replaced. Paths are relative to the project. */
export type Connection = DuckdbConnection | SqliteConnection | PostgresConnection;

/** Either `tables` (files by table name) or `path` (a database file). */
export interface DuckdbConnection {
  readonly engine: "duckdb";
  readonly tables?: Readonly<Record<string, string | readonly string[]>>;
  readonly path?: string;
  readonly timeout?: string;
}

export interface SqliteConnection {
  readonly engine: "sqlite";
  readonly path: string;
  /** How decimals are stored: as numbers, or as whole numbers of their smallest unit. */
  readonly decimals?: "number" | "minor";
  readonly timeout?: string;
}

export interface PostgresConnection {
  readonly engine: "postgres";
  readonly url: string;
  /** For tables that the model names without a schema. */
  readonly schema?: string;
  readonly timeout?: string;
}

/** The configuration does not fit the model or the machine: a plain sentence, and what to write. Wrong usage, not wrong data. */
export class ConfigurationError extends Error {
  override readonly name = "ConfigurationError";
  readonly help: string | null;

  constructor(message: string, help: string | null = null) {
    super(message);
    this.help = help;
  }
}

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, min: 60_000, h: 3_600_000 };

/** `"60s"` in milliseconds; null without a timeout. */
export function timeoutMillis(timeout: string | undefined): number | null {
  if (timeout === undefined) return null;
  const match = /^([1-9]\d{0,8})(ms|s|min|h)$/.exec(timeout);
  const millis = match === null ? Number.NaN : Number(match[1]) * (UNITS[match[2] as string] as number);
  // Longer ones do not fit a timer's 32 bits.
  if (millis < 2 ** 31) return millis;
  throw new ConfigurationError(
    `\`${timeout}\` is not a timeout.`,
    'Write a number and a unit, such as `"60s"`, at most 24 days.',
  );
}
