import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";
import type { Io } from "../../cli/io.ts";
import { run } from "../../cli/main.ts";

/** What a command answered. */
export interface Answered {
  readonly exit: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Surroundings {
  readonly env?: Readonly<Record<string, string>>;
  /** A terminal of that many columns; null (as in a pipe) without. */
  readonly columns?: number;
  readonly stdin?: string;
  readonly signal?: AbortSignal;
  /** A folder below the project. */
  readonly cwd?: string;
}

/** The start of every run in tests. */
export const NOW = Date.parse("2026-06-30T12:00:00Z");

/** A folder with these files, removed after the test. */
export function folder(files: Readonly<Record<string, string | Uint8Array>>): string {
  const root = mkdtempSync(join(tmpdir(), "seg-cli-"));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  return root;
}

/** `seg` with these arguments in a folder. */
export async function seg(root: string, argv: readonly string[], around: Surroundings = {}): Promise<Answered> {
  const written = { stdout: "", stderr: "" };
  const sink = (name: "stdout" | "stderr") => ({
    write: (text: string): void => {
      written[name] += text;
    },
    isTTY: around.columns !== undefined,
    columns: around.columns ?? null,
  });
  let ticks = 0;
  const io: Io = {
    stdout: sink("stdout"),
    stderr: sink("stderr"),
    stdin: async () => new TextEncoder().encode(around.stdin ?? ""),
    env: around.env ?? {},
    cwd: join(root, around.cwd ?? "."),
    // Time passes while a command runs.
    now: () => NOW + ticks++,
    signal: around.signal ?? new AbortController().signal,
  };
  const exit = await run(argv, io);
  return { exit, ...written };
}

/** A model of one table, in `seglang.json` on DuckDB with four people as of 2026-06-30: a and b in the EU, c elsewhere, d deleted. */
export const SHOP = {
  "seglang.json": `{ "timezone": "Europe/Berlin", "connections": { "default": { "engine": "duckdb", "tables": { "customers": "customers.csv", "orders": "orders.csv" } } } }`,
  "model.seg": `default entity Customer from customers since signed_up_at until deleted_at {
  customer_id  : text key
  region       : text in ["EU", "NA"]
  signed_up_at : timestamp
  deleted_at   : timestamp optional
  orders       : many Order by customer_id
}

event Order from orders at ordered_at {
  order_id   : text key
  ordered_at : timestamp
  amount     : decimal(12, 2)
}
`,
  "segments.seg": `segment Loyal where orders.last90d >= 2 and region in ["EU"]

segment Elsewhere where region != "EU"
`,
  "customers.csv": `customer_id,region,signed_up_at,deleted_at
a,EU,2026-01-01T00:00:00Z,
b,EU,2026-01-01T00:00:00Z,
c,NA,2026-01-01T00:00:00Z,
d,EU,2026-01-01T00:00:00Z,2026-02-01T00:00:00Z
`,
  "orders.csv": `order_id,customer_id,ordered_at,amount
1,a,2026-06-01T00:00:00Z,10.00
2,a,2026-06-02T00:00:00Z,20.00
3,b,2026-06-02T00:00:00Z,20.00
4,b,2026-01-02T00:00:00Z,20.00
5,d,2026-06-01T00:00:00Z,20.00
`,
} as const;
