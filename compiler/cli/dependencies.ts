import type { Program } from "../../language/meaning/program.ts";
import { compareText } from "../../language/text/compare.ts";
import { entitiesOf } from "../engines/entities.ts";

/** What a segment is made of, each by name in code point order. */
export interface Dependencies {
  /** Whose rows decide it, at any distance; its own entity among them. */
  readonly entities: readonly string[];
  /** That its condition names itself; the same for the two below. */
  readonly segments: readonly string[];
  readonly traits: readonly string[];
  readonly params: readonly string[];
}

type Node = Readonly<Record<string, unknown>>;

const NAMED = ["segment", "trait", "param"] as const;

/** The dependencies of a segment of the program. */
export function dependenciesOf(program: Program, segment: string): Dependencies {
  const found = { segment: new Set<string>(), trait: new Set<string>(), param: new Set<string>() };
  const pending: unknown[] = [program.segments.get(segment)?.condition];
  while (pending.length > 0) {
    const tree = pending.pop();
    if (typeof tree !== "object" || tree === null) continue;
    const node = tree as Node;
    for (const kind of NAMED)
      if (node["kind"] === kind && typeof node["name"] === "string") found[kind].add(node["name"]);
    for (const part of Object.values(node)) pending.push(part);
  }
  return {
    entities: inOrder(entitiesOf(program, [segment])),
    segments: inOrder(found.segment),
    traits: inOrder(found.trait),
    params: inOrder(found.param),
  };
}

const inOrder = (names: ReadonlySet<string>): readonly string[] => [...names].sort(compareText);
