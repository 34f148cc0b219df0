import {
  DataProblem,
  type Interpretation,
  interpret,
  type KeyProblem,
  planSegments,
  readWorld,
  type Tables,
  type World,
} from "../../compiler/index.ts";
import {
  bind,
  type Circumstances,
  type Entity,
  type Model,
  normalize,
  type Program,
  type Segment,
  type Trait,
} from "../../language/index.ts";
import { type ByMeaning, byMeaning, entitiesIn, textOf } from "./meaning.ts";
import type { Size } from "./protocol.ts";

/** Counts the segments of one version of a project. */
export type Count = (segment: string) => Size;

/** How many meanings are remembered before all of them are forgotten: each holds an answer for every row. */
const REMEMBERED = 150;

/** What the answers of several versions of a project share: one model over one set of rows. */
interface Room {
  readonly interpretation: Interpretation;
  readonly rows: Map<string, World["rows"] extends ReadonlyMap<string, infer R> ? R : never>;
  readonly extensions: Map<string, World["extensions"] extends ReadonlyMap<string, infer R> ? R : never>;
  readonly segments: Map<string, Segment>;
  readonly traits: Map<string, Trait>;
  /** Names by meaning. */
  readonly names: Map<string, string>;
  readonly sizes: Map<string, Size>;
  readonly keys: Map<string, readonly KeyProblem[]>;
  readonly populations: Map<string, number>;
}

/**
 * The reference interpreter, fast enough to follow somebody who types: rows are read when first asked for, stay read while their entity
 * is declared the same way, and a segment is evaluated again only when it, or what it reads, means something else.
 */
export function audience(makeTables: () => Tables, circumstances: Circumstances): (program: Program) => Count {
  const read = new Map<string, { readonly declared: string; readonly world: World }>();
  let tables: Tables | null = null;
  let room: { readonly declared: string; readonly room: Room } | null = null;

  function worldOf(entity: Entity): World {
    const declared = textOf({ ...entity, where: null });
    const known = read.get(entity.name);
    if (known?.declared === declared) return known.world;
    tables ??= makeTables();
    const world = readWorld({ entities: new Map([[entity.name, entity]]), defaultEntity: null }, tables);
    read.set(entity.name, { declared, world });
    return world;
  }

  function roomOf(bound: Program): Room {
    const { model, filters } = bound;
    const declared = textOf([modelOf(model), filters]);
    if (room === null || room.declared !== declared || room.room.segments.size > REMEMBERED)
      room = { declared, room: open(bound) };
    return room.room;
  }

  function open(bound: Program): Room {
    const [segments, traits] = [new Map<string, Segment>(), new Map<string, Trait>()];
    const [rows, extensions]: [Room["rows"], Room["extensions"]] = [new Map(), new Map()];
    const interpretation = interpret({ ...bound, segments, traits }, { rows, extensions }, circumstances);
    const [names, sizes, keys, populations] = [new Map(), new Map(), new Map(), new Map()];
    return { interpretation, rows, extensions, segments, traits, names, sizes, keys, populations };
  }

  function readFor(node: unknown, bound: Program, here: Room): void {
    for (const name of entitiesIn(node, (meaning) => here.segments.get(meaning) ?? here.traits.get(meaning))) {
      const entity = bound.model.entities.get(name);
      if (entity === undefined || here.rows.has(name)) continue;
      const world = worldOf(entity);
      here.rows.set(name, world.rows.get(name) ?? []);
      here.extensions.set(name, world.extensions.get(name) ?? []);
      const filter = bound.filters.get(name);
      if (filter !== undefined) readFor(filter, bound, here);
    }
  }

  function size(segment: string, bound: Program, meanings: ByMeaning, here: Room): Size {
    const name = meanings.names.get(segment);
    const meant = name === undefined ? undefined : meanings.segments.get(name);
    if (name === undefined || meant === undefined) return { kind: "stopped", why: "It means nothing yet." };
    const known = here.sizes.get(name);
    if (known !== undefined) return known;
    for (const [meaning, trait] of meanings.traits) here.traits.set(meaning, trait);
    for (const [meaning, other] of meanings.segments) here.segments.set(meaning, other);
    const answer = evaluated(segment, name, meant.entity, bound, here);
    here.sizes.set(name, answer);
    return answer;
  }

  function evaluated(segment: string, name: string, entity: string, bound: Program, here: Room): Size {
    try {
      const plan = planSegments(
        normalize(bound, circumstances.zone),
        [segment],
        circumstances.asOf,
        circumstances.zone,
      );
      readFor(here.segments.get(name), bound, here);
      for (const { entity: keyed } of plan.keyed) {
        readFor({ entity: keyed }, bound, here);
        const [problem] = remembered(here.keys, keyed, () => here.interpretation.keyProblems([keyed]));
        if (problem !== undefined) return { kind: "stopped", why: keySentence(problem) };
      }
      const of = remembered(here.populations, entity, () => here.interpretation.population(entity).length);
      return { kind: "counted", people: here.interpretation.members(name).length, of, entity };
    } catch (error) {
      if (error instanceof DataProblem) return { kind: "stopped", why: error.message };
      throw error;
    }
  }

  return (program) => {
    const bound = bind(program, circumstances);
    const here = roomOf(bound);
    const meanings = byMeaning(bound, (meaning) => remembered(here.names, meaning, () => `#${here.names.size}`));
    return (segment) => size(segment, bound, meanings, here);
  };
}

/** What evaluation reads of a model. */
const modelOf = (model: Model): unknown =>
  [...model.entities.values()].map((entity) => ({ ...entity, where: null, keeps: null, fresh: null }));

function keySentence({ kind, table, offenders, count }: KeyProblem): string {
  const where = `\`${table.join(".")}\``;
  if (kind === "missingKey") return `${count} rows of ${where} have no key, so nobody can be counted.`;
  const some = offenders.map((key) => `\`${key}\``).join(", ");
  return `${count} keys stand in ${where} more than once (${some}), so nobody can be counted.`;
}

function remembered<A>(answers: Map<string, A>, name: string, work: () => A): A {
  const known = answers.get(name);
  if (known !== undefined) return known;
  const answer = work();
  answers.set(name, answer);
  return answer;
}
