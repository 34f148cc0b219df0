/** A stream that the command writes to. */
export interface Sink {
  write(text: string): void;
  readonly isTTY: boolean;
  /** Columns of the terminal; null where there is none. */
  readonly columns: number | null;
}

/** Everything that the command takes from its surroundings: tests give their own. Files are read and written through node:fs. */
export interface Io {
  /** Data. */
  readonly stdout: Sink;
  /** Talk. */
  readonly stderr: Sink;
  /** All of standard input. */
  readonly stdin: () => Promise<Uint8Array>;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** Milliseconds since 1970: the only clock of the product. */
  readonly now: () => number;
  /** Aborts on Ctrl-C. */
  readonly signal: AbortSignal;
}
