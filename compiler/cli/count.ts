import type { Diagnostic } from "../../language/diagnostics/diagnostic.ts";
import type { Program } from "../../language/meaning/program.ts";
import { InternalError } from "../../language/text/assert.ts";
import { compareText } from "../../language/text/compare.ts";
import type { Connection } from "../engines/config.ts";
import { connect } from "../engines/connect.ts";
import { entitiesOf, snapshotsOf } from "../engines/entities.ts";
import { checkKeys } from "../engines/key-check.ts";
import { checkTaken } from "../engines/stored.ts";
import { compileSql } from "../sql/compile.ts";
import type { Answer, Runner } from "../sql/runner.ts";
import type { Shape, Statement } from "../sql/statement.ts";
import type { When } from "./options.ts";

/** What is counted, and where. */
export interface CountRequest {
  readonly program: Program;
  readonly segments: readonly string[];
  readonly when: When;
  /** Whether keys are wanted, not only their number. */
  readonly members: boolean;
  /** The project's folder. */
  readonly baseDir: string;
  readonly signal: AbortSignal;
  /** Told what is going on. */
  readonly say: (text: string) => void;
}

export interface Counted {
  /** By entity, in the order of the segments. */
  readonly populations: ReadonlyMap<string, number>;
  readonly sizes: ReadonlyMap<string, number>;
  /** By segment, in key order; null where they were not wanted. */
  readonly members: ReadonlyMap<string, readonly string[]> | null;
  /** What the connection found odd. */
  readonly notes: readonly string[];
}

/**
 * Connects, checks keys, counts. Answers findings where the connection's engine cannot express a segment; rejects with `DataError` (keys that are missing or
 * there twice among them), `EngineError` or `ConfigurationError`.
 */
export async function countSegments(
  connection: Connection,
  request: CountRequest,
): Promise<Counted | { readonly diagnostics: readonly Diagnostic[] }> {
  const { program, segments, when, baseDir, signal, say } = request;
  const snapshots = snapshotsOf(program, segments);
  const { runner, storage, report } = await connect(connection, program.model, {
    baseDir,
    signal,
    entities: entitiesOf(program, segments),
    snapshots,
  });
  try {
    const statementsOf = (shape: Shape) =>
      compileSql(program, { dialect: runner.dialect, segments, shape, inline: false, storage, ...when });
    const sizes = statementsOf("sizes");
    if (sizes.diagnostics.length > 0) return { diagnostics: sizes.diagnostics };
    say("Checking keys");
    await checkKeys(runner, program, { segments, storage, ...when }, signal);
    await checkTaken(runner, program, snapshots, storage, signal);
    say("Counting");
    const counts = await countAll(runner, sizes.statements, signal);
    if (!request.members) return { ...counts, members: null, notes: report.notes };
    say("Listing members");
    const members = await listAll(runner, statementsOf("members").statements, segments, signal);
    // One number for one thing, even while the data changes under the run.
    return {
      ...counts,
      sizes: new Map([...members].map(([name, keys]) => [name, keys.length])),
      members,
      notes: report.notes,
    };
  } finally {
    await runner.close();
  }
}

async function countAll(
  runner: Runner,
  statements: readonly Statement[],
  signal: AbortSignal,
): Promise<Pick<Counted, "populations" | "sizes">> {
  const populations = new Map<string, number>();
  const sizes = new Map<string, number>();
  for (const statement of statements) {
    const [row] = await runner.execute(statement, signal);
    if (row === undefined) throw new InternalError("sizes without a row");
    if (!populations.has(statement.entity)) populations.set(statement.entity, Number(row["population"]));
    statement.segments.forEach((name, index) => {
      sizes.set(name, Number(row[statement.columns[index] as string]));
    });
  }
  return { populations, sizes };
}

async function listAll(
  runner: Runner,
  statements: readonly Statement[],
  segments: readonly string[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const members = new Map<string, string[]>(segments.map((name) => [name, []]));
  for (const statement of statements) {
    const only = statement.segments.length === 1 ? statement.segments[0] : undefined;
    for (const row of await runner.execute(statement, signal))
      members.get(only ?? String(row["segment"]))?.push(keyText(row["key"]));
  }
  for (const keys of members.values()) keys.sort(compareText);
  return members;
}

function keyText(key: Answer | undefined): string {
  if (key === null || key === undefined) throw new InternalError("a member without a key");
  return String(key);
}
