import type { Program } from "../../language/meaning/program.ts";
import { notTaken } from "../predicate/cell.ts";
import type { World } from "../predicate/rows.ts";
import { DataError, type Runner, type StopSignal } from "../sql/runner.ts";
import type { Storage } from "../sql/storage.ts";
import { type StoredKeys, storedKeysSql } from "../sql/stored-keys.ts";

/** Rejects with a `DataError` where one of these snapshots has not been taken yet. */
export async function checkTaken(
  runner: Runner,
  program: Program,
  snapshots: Iterable<string>,
  storage: Storage,
  signal?: StopSignal,
): Promise<void> {
  for (const name of snapshots) await taken(runner, statementsOf(runner, program, name, storage), signal);
}

/** The keys that each of these snapshots stored. Rejects with a `DataError` where one has not been taken yet. */
export async function readStored(
  runner: Runner,
  program: Program,
  snapshots: Iterable<string>,
  storage: Storage,
  signal?: StopSignal,
): Promise<NonNullable<World["stored"]>> {
  const stored = new Map<string, ReadonlyMap<string, ReadonlySet<string>>>();
  for (const name of snapshots) {
    const statements = statementsOf(runner, program, name, storage);
    await taken(runner, statements, signal);
    const rows = await runner.execute(statements.keys, signal);
    const keys = new Set(rows.flatMap(({ key }) => (key == null ? [] : [String(key)])));
    stored.set(name, new Map([[program.segments.get(name)?.entity ?? "", keys]]));
  }
  return stored;
}

function statementsOf({ dialect }: Runner, program: Program, name: string, storage: Storage): StoredKeys {
  const entity = program.segments.get(name)?.entity ?? "";
  return storedKeysSql({ name, entity }, { dialect, storage });
}

async function taken(runner: Runner, { snapshot, taken: asked }: StoredKeys, signal?: StopSignal): Promise<void> {
  const [row] = await runner.execute(asked, signal);
  if (Number(row?.["taken"] ?? 0) === 0) throw new DataError(notTaken(snapshot).message);
}
