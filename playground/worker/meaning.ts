import type { Pred, Program, Segment, Trait, Value } from "../../language/index.ts";

/** Segments and traits under names that stand for what they mean: the same meaning has the same name, whatever the text around it. */
export interface ByMeaning {
  /** Each segment's name by meaning, by its name in the text. */
  readonly names: ReadonlyMap<string, string>;
  readonly segments: ReadonlyMap<string, Segment>;
  readonly traits: ReadonlyMap<string, Trait>;
}

/** Renames the declarations of a program whose windows and parameters are bound. `nameOf` gives each text a short name of its own. */
export function byMeaning(program: Program, nameOf: (meaning: string) => string): ByMeaning {
  const segments = new Map<string, Segment>();
  const traits = new Map<string, Trait>();
  const segmentNames = new Map<string, string>();
  const traitNames = new Map<string, string>();

  function segmentName(name: string): string {
    const known = segmentNames.get(name);
    if (known !== undefined) return known;
    const segment = program.segments.get(name);
    if (segment === undefined) return name;
    const condition = renamed(segment.condition) as Pred;
    const meaning = nameOf(`segment of ${segment.entity}: ${textOf(condition)}`);
    segmentNames.set(name, meaning);
    segments.set(meaning, { ...segment, name: meaning, condition });
    return meaning;
  }

  function traitName(name: string): string {
    const known = traitNames.get(name);
    if (known !== undefined) return known;
    const trait = program.traits.get(name);
    if (trait === undefined) return name;
    const value = renamed(trait.value) as Value;
    const meaning = nameOf(`trait of ${trait.entity}: ${textOf(value)}`);
    traitNames.set(name, meaning);
    traits.set(meaning, { ...trait, name: meaning, value });
    return meaning;
  }

  /** The node with its references by meaning. References make no cycles: the checker refuses them. */
  function renamed(node: unknown): unknown {
    if (Array.isArray(node)) return node.map(renamed);
    if (typeof node !== "object" || node === null) return node;
    const { kind, name } = node as { readonly kind?: unknown; readonly name?: unknown };
    const copy: Record<string, unknown> = {};
    for (const [key, value] of Object.entries(node)) copy[key] = key === "origin" ? value : renamed(value);
    if (kind === "segment") copy["name"] = segmentName(name as string);
    if (kind === "trait") copy["name"] = traitName(name as string);
    return copy;
  }

  for (const name of program.segments.keys()) segmentName(name);
  return { names: segmentNames, segments, traits };
}

/** What a part of a program or model means, without the places it comes from and the words for people. */
export function textOf(node: unknown): string {
  return JSON.stringify(node, (key, value: unknown) => {
    if (["origin", "place", "doc", "words"].includes(key)) return undefined;
    return value instanceof Map ? [...value] : value;
  });
}

/** The entities whose rows a part of a program looks at; `follow` is asked what each reference in it refers to. */
export function entitiesIn(part: unknown, follow: (name: string) => unknown): ReadonlySet<string> {
  const found = new Set<string>();
  const followed = new Set<string>();
  const look = (node: unknown): void => {
    if (typeof node !== "object" || node === null) return;
    for (const [key, value] of Object.entries(node)) {
      if (key === "entity") found.add(value as string);
      else if (key !== "origin") look(value);
    }
    const { kind, name } = node as { readonly kind?: unknown; readonly name?: unknown };
    if ((kind !== "segment" && kind !== "trait") || followed.has(name as string)) return;
    followed.add(name as string);
    look(follow(name as string));
  };
  look(part);
  return found;
}
