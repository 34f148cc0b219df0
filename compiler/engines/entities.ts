import type { Program } from "../../language/meaning/program.ts";

type Node = Readonly<Record<string, unknown>>;

/** The snapshots whose stored keys decide these segments. */
export const snapshotsOf = (program: Program, segments: Iterable<string>): ReadonlySet<string> =>
  read(program, segments).snapshots;

/**
 * The entities whose rows decide these segments: those that their conditions, the segments and traits they refer to, and the headers of those entities
 * name. Only their tables have to be there for a run.
 */
export const entitiesOf = (program: Program, segments: Iterable<string>): ReadonlySet<string> =>
  read(program, segments).entities;

interface Read {
  readonly entities: ReadonlySet<string>;
  readonly snapshots: ReadonlySet<string>;
}

function read(program: Program, segments: Iterable<string>): Read {
  const entities = new Set<string>();
  const snapshots = new Set<string>();
  const seen = new Set<unknown>();
  const pending: unknown[] = [...segments].map((name) => program.segments.get(name));
  while (pending.length > 0) {
    const tree = pending.pop();
    if (typeof tree !== "object" || tree === null || seen.has(tree)) continue;
    seen.add(tree);
    const node = tree as Node;
    for (const part of Object.values(node)) pending.push(part);
    if (typeof node["entity"] === "string") {
      entities.add(node["entity"]);
      pending.push(program.filters.get(node["entity"]));
    }
    if (node["kind"] === "segment" && typeof node["name"] === "string")
      pending.push(program.segments.get(node["name"]));
    if (node["kind"] === "stored" && typeof node["snapshot"] === "string") snapshots.add(node["snapshot"]);
    if (node["kind"] === "trait" && typeof node["name"] === "string") pending.push(program.traits.get(node["name"]));
  }
  return { entities, snapshots };
}
