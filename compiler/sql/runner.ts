import type { Parameter } from "./statement.ts";

/** A cell that an engine answers: keys are text, counts numbers. */
export type Answer = string | number | bigint | boolean | null;

/** What is needed of an `AbortSignal`, which browsers and Node have and the language's own library lacks. */
export interface StopSignal {
  readonly aborted: boolean;
  readonly reason: unknown;
  throwIfAborted(): void;
  addEventListener(type: "abort", listener: () => void): void;
  removeEventListener(type: "abort", listener: () => void): void;
}

/** Executes SQL on one connection. Browser-safe: the drivers behind it are not. */
export interface Runner {
  /** The name of a registered dialect: the language that `execute` understands. */
  readonly dialect: string;
  /**
   * Rows in the engine's order, cells by column name. Rejects with `DataError` where the data is to blame (overflow, a cell that does not parse),
   * with `EngineError` otherwise; their messages never hold secrets. Stops early when `signal` aborts.
   */
  execute(
    statement: { readonly sql: string; readonly parameters: readonly Parameter[] },
    signal?: StopSignal,
  ): Promise<readonly Readonly<Record<string, Answer>>[]>;
  /** The engine and its version, for people: `DuckDB v1.5.5`. */
  version?(): Promise<string>;
  close(): Promise<void>;
}

/** The data, not the program, is wrong: a plain sentence that says where. */
export class DataError extends Error {
  override readonly name = "DataError";
}

/** The engine could not be reached or refused. */
export class EngineError extends Error {
  override readonly name = "EngineError";
}
