import { dayOf } from "../../language/meaning/calendar.ts";
import type { Circumstances } from "../../language/meaning/program.ts";
import type { Entity, Link, Model } from "../../language/model/model.ts";
import { InternalError } from "../../language/text/assert.ts";
import { isScalar } from "../../language/types/kinds.ts";
import type { ScalarType } from "../../language/types/type.ts";
import { type Cell, notTaken } from "./cell.ts";
import { cellOf, inOrder } from "./order.ts";

/** The data. Cells stand under field names (hidden fields too); a cell that is not there is missing. */
export interface World {
  /** The rows of each entity's own table. */
  readonly rows: ReadonlyMap<string, readonly Cells[]>;
  /** The rows of each entity's extensions, in the order of `Entity.extensions`. */
  readonly extensions: ReadonlyMap<string, readonly (readonly ExtensionRow[])[]>;
  /** The keys, as text, that each snapshot stored, by entity; a snapshot that is not there has not been taken yet. */
  readonly stored?: ReadonlyMap<string, ReadonlyMap<string, ReadonlySet<string>>>;
}

export type Cells = ReadonlyMap<string, Cell>;

/** `key` is the cell of the extension's `by` column. */
export interface ExtensionRow {
  readonly key: Cell;
  readonly cells: Cells;
}

/** One row that may exist; the same row is always the same object. */
export interface Row {
  readonly entity: Entity;
  readonly cells: Cells;
}

/** What exists, and how it hangs together. */
export interface Rows {
  /** The rows of an entity that exist, in the order of its table. */
  existing(entity: string): readonly Row[];
  /** The row that a link to one leads to, or null. */
  one(from: Row, link: string): Row | null;
  /** The rows that a link to many leads to, in their order. */
  many(from: Row, link: string): readonly Row[];
  /** The value of a field, of an extension too. */
  field(row: Row, name: string): Cell;
}

/** `passes` says whether a row meets the `where` of its entity's header. */
export function openRows(
  model: Model,
  world: World,
  circumstances: Circumstances,
  passes: (row: Row) => boolean,
): Rows {
  const today = dayOf(circumstances.asOf, circumstances.zone);
  const visible = remember((entity: string) =>
    (world.rows.get(entity) ?? []).map((cells): Row => ({ entity: entityOf(entity), cells })).filter(isVisible),
  );
  const existing = remember((entity: string) => onceEach(entityOf(entity), visible(entity)));
  const byKey = remember((entity: string) => {
    const index = new Map<Cell, Row>();
    const key = entityOf(entity).key;
    for (const row of existing(entity)) {
      const cell = key === null ? null : cellOf(row, key);
      if (cell !== null && !index.has(cell)) index.set(cell, row);
    }
    return index;
  });
  const extensionRows = remember((entity: string) =>
    (world.extensions.get(entity) ?? []).map((rows) => {
      const index = new Map<Cell, Cells>();
      for (const row of rows) if (row.key !== null && !index.has(row.key)) index.set(row.key, row.cells);
      return index;
    }),
  );
  const groups = new Map<string, Map<Cell, readonly Row[]>>();

  function entityOf(name: string): Entity {
    const entity = model.entities.get(name);
    if (entity === undefined) throw new InternalError(`no entity ${name}`);
    return entity;
  }

  function linkOf(entity: Entity, name: string): Link {
    const link = entity.links.get(name);
    if (link === undefined) throw new InternalError(`no link ${entity.name}.${name}`);
    return link;
  }

  /** What happens at or after as-of has not happened. A `date` is held against as-of's local date in the same way. */
  function hasHappened(row: Row, field: string): boolean | null {
    const cell = cellOf(row, field);
    if (cell === null) return null;
    return scalarOf(row.entity, field).kind === "date"
      ? (cell as number) < today
      : (cell as bigint) < circumstances.asOf;
  }

  function isVisible(row: Row): boolean {
    const { kind, at, scheduled, since, until } = row.entity;
    // "Events at or after as-of, without a time, or without an owner do not exist; one declared `scheduled` is visible ahead."
    if (kind === "event" && at !== null) {
      const happened = hasHappened(row, at);
      if (happened === null || !(happened || scheduled)) return false;
    }
    // A row with `since`, `until` exists iff since is missing or before as-of, and until is missing or not before as-of.
    if (since !== null && hasHappened(row, since) === false) return false;
    if (until !== null && hasHappened(row, until) === true) return false;
    // "Rows failing the header's `where` do not exist anywhere."
    return passes(row);
  }

  /** "`once per f` keeps the first row of each." Rows whose f is missing are all kept. */
  function onceEach(entity: Entity, rows: readonly Row[]): readonly Row[] {
    const once = entity.oncePer;
    if (once === null) return rows;
    const first = new Map<Cell, Row>();
    for (const row of [...rows].sort(inOrder)) {
      const cell = cellOf(row, once);
      if (!first.has(cell)) first.set(cell, row);
    }
    return rows.filter((row) => cellOf(row, once) === null || first.get(cellOf(row, once)) === row);
  }

  /** A link to many has an owner where its key field finds an existing row; only then does `once per` count a row. */
  function grouped(source: Entity, link: Link): Map<Cell, readonly Row[]> {
    const name = `${source.name}.${link.name}`;
    const known = groups.get(name);
    if (known !== undefined) return known;
    const target = entityOf(link.target);
    const owners = byKey(source.name);
    const owned = visible(link.target).filter((row) => {
      const owner = cellOf(row, link.field);
      return owner !== null && owners.has(owner);
    });
    const answer = new Map<Cell, Row[]>();
    for (const row of [...onceEach(target, owned)].sort(inOrder)) {
      const owner = cellOf(row, link.field);
      const group = answer.get(owner);
      if (group === undefined) answer.set(owner, [row]);
      else group.push(row);
    }
    groups.set(name, answer);
    return answer;
  }

  function field(row: Row, name: string): Cell {
    const extension = row.entity.fields.get(name)?.extension ?? null;
    if (extension === null) return cellOf(row, name);
    const key = row.entity.key === null ? null : cellOf(row, row.entity.key);
    return extensionRows(row.entity.name)[extension]?.get(key)?.get(name) ?? null;
  }

  return {
    existing,
    field,
    one(from, name) {
      const link = linkOf(from.entity, name);
      return byKey(link.target).get(field(from, link.field)) ?? null;
    },
    many(from, name) {
      const key = from.entity.key === null ? null : cellOf(from, from.entity.key);
      return grouped(from.entity, linkOf(from.entity, name)).get(key) ?? [];
    },
  };
}

/** The keys of an entity that a snapshot stored. Throws `DataProblem` where it is not taken. */
export function storedBy(world: World, snapshot: string, entity: string): ReadonlySet<string> {
  const stored = world.stored?.get(snapshot);
  if (stored === undefined) throw notTaken(snapshot);
  return stored.get(entity) ?? new Set();
}

/** The type of a field that can be compared. */
export function scalarOf(entity: Entity, name: string): ScalarType {
  const type = entity.fields.get(name)?.type;
  if (type === undefined || !isScalar(type)) throw new InternalError(`${entity.name}.${name} has no order`);
  return type;
}

/** The answers of `work`, each worked out once. Work that needs its own answer is a cycle that the checker let through. */
function remember<A>(work: (name: string) => A): (name: string) => A {
  const answers = new Map<string, A>();
  const open = new Set<string>();
  return (name) => {
    if (answers.has(name)) return answers.get(name) as A;
    if (open.has(name)) throw new InternalError(`the rows of ${name} depend on themselves`);
    open.add(name);
    try {
      const answer = work(name);
      answers.set(name, answer);
      return answer;
    } finally {
      open.delete(name);
    }
  };
}
