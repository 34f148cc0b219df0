import { shiftInstant } from "../../language/meaning/calendar.ts";
import type { Given, TestRow } from "../../language/meaning/claims.ts";
import type { Pred } from "../../language/meaning/ir.ts";
import type { Program } from "../../language/meaning/program.ts";
import type { Entity } from "../../language/model/model.ts";
import { InternalError } from "../../language/text/assert.ts";
import { isScalar } from "../../language/types/kinds.ts";
import { type Cell, constantCell, keyText, type World } from "../predicate/interpret.ts";

/** The rows of made-up people, and the key of each of them as text, in their order. */
export interface TestWorld {
  readonly world: World;
  readonly keys: readonly string[];
}

type Cells = Map<string, Cell>;

/**
 * Rows for people and all that hangs on them. A key that is not given is made up: `#1`, `#2`, … for a text, 1, 2, … for a number, counted for each
 * entity. Elements of a link to many belong to the row that they stand in. A column that only a header's `where` asks for has the value that it asks for.
 */
export function testWorld(program: Program, people: readonly TestRow[], asOf: bigint, zone: string): TestWorld {
  const rows = new Map<string, Cells[]>();
  const extensions = new Map<string, { readonly key: Cell; readonly cells: Cells }[][]>();
  const taken = new Map<string, Set<Cell>>();
  for (const { name, extensions: own } of program.model.entities.values()) {
    rows.set(name, []);
    extensions.set(
      name,
      own.map(() => []),
    );
    taken.set(name, new Set());
  }

  function build(row: TestRow, owner: readonly (readonly [string, Cell])[]): Cell {
    const entity = entityOf(program, row.entity);
    const cells: Cells = new Map([...askedFor(entity, program.filters.get(entity.name)), ...owner]);
    for (const [name, given] of row.cells) {
      const cell = cellOf(given, asOf, zone);
      if (cell === null) cells.delete(name);
      else cells.set(name, cell);
    }
    const key = keyOf(entity, cells);
    for (const [name, target] of row.one) {
      const { field } = linkOf(entity, name);
      cells.set(field, build(target, []));
    }
    keep(entity, key, cells);
    for (const [name, elements] of row.many) {
      const { field } = linkOf(entity, name);
      for (const element of elements) build(element, [[field, key]]);
    }
    return key;
  }

  function keyOf(entity: Entity, cells: Cells): Cell {
    if (entity.key === null) return null;
    const used = taken.get(entity.name) as Set<Cell>;
    let key = cells.get(entity.key) ?? null;
    for (let n = used.size + 1; key === null && !cells.has(entity.key); n++) {
      const next = made(entity, n);
      if (!used.has(next)) key = next;
    }
    used.add(key);
    if (key !== null) cells.set(entity.key, key);
    return key;
  }

  /** A field of an extension stands in a row of its own. */
  function keep(entity: Entity, key: Cell, cells: Cells): void {
    const own: Cells = new Map();
    const others = new Map<number, Cells>();
    for (const [name, cell] of cells) {
      const extension = entity.fields.get(name)?.extension ?? null;
      if (extension === null) own.set(name, cell);
      else others.set(extension, (others.get(extension) ?? new Map()).set(name, cell));
    }
    rows.get(entity.name)?.push(own);
    for (const [index, other] of others) extensions.get(entity.name)?.[index]?.push({ key, cells: other });
  }

  const keys = people.map((person) => {
    const entity = entityOf(program, person.entity);
    const type = entity.fields.get(entity.key ?? "")?.type;
    const key = build(person, []);
    return key === null || type === undefined || !isScalar(type) ? "" : keyText(key, type);
  });
  return { world: { rows, extensions }, keys };
}

function made(entity: Entity, n: number): Cell {
  const type = entity.fields.get(entity.key ?? "")?.type.kind;
  if (type === "integer") return BigInt(n);
  if (type === "text") return `#${n}`;
  throw new InternalError(`a key of type ${type}`);
}

function cellOf(given: Given, asOf: bigint, zone: string): Cell {
  switch (given.kind) {
    case "value":
      return constantCell(given.value, zone);
    case "list":
      return given.items.map((item) => constantCell(item, zone));
    case "json":
      return given.text;
    case "ago":
      return shiftInstant(asOf, given.by, zone);
  }
}

/** What a header's `where` plainly asks of columns that no field declares, and that a test cannot give: `event_name = "purchase"`. */
function askedFor(entity: Entity, filter: Pred | undefined): readonly (readonly [string, Cell])[] {
  if (filter === undefined) return [];
  if (filter.kind === "and") return filter.items.flatMap((item) => askedFor(entity, item));
  if (filter.kind !== "test") return [];
  const { test } = filter;
  const hidden = (name: string): boolean => entity.fields.get(name)?.hidden === true;
  if (test.kind === "compare" && test.op === "=") {
    const { left, right } = test;
    if (left.kind === "field" && hidden(left.field) && right.kind === "const")
      return [[left.field, constantCell(right, "UTC")]];
    if (right.kind === "field" && hidden(right.field) && left.kind === "const")
      return [[right.field, constantCell(left, "UTC")]];
  }
  if (test.kind === "oneOf" && test.value.kind === "field" && hidden(test.value.field)) {
    const [first] = test.options;
    return first === undefined ? [] : [[test.value.field, constantCell(first, "UTC")]];
  }
  return [];
}

function entityOf(program: Program, name: string): Entity {
  const entity = program.model.entities.get(name);
  if (entity === undefined) throw new InternalError(`no entity ${name}`);
  return entity;
}

function linkOf(entity: Entity, name: string) {
  const link = entity.links.get(name);
  if (link === undefined) throw new InternalError(`no link ${entity.name}.${name}`);
  return link;
}
