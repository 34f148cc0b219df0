import type { Collection, ListField, Step, Test, Value } from "../../language/meaning/ir.ts";
import { collectionWords } from "../../language/meaning/words-collection.ts";
import { fieldName } from "../../language/meaning/words-value.ts";
import { isScalar } from "../../language/types/kinds.ts";
import type { ScalarType } from "../../language/types/type.ts";
import type { Cell } from "../predicate/cell.ts";
import { isGroup } from "../predicate/chains.ts";
import { jsonValue } from "../predicate/json.ts";
import type { Row } from "../predicate/rows.ts";
import { cellText, listText } from "./cell-text.ts";
import { type Asking, operandsOf, type Reason, scopeOf } from "./explain.ts";

/** A row that was asked, with its time and the fields that its condition reads. */
export interface Deciding {
  readonly entity: string;
  readonly key: string | null;
  readonly at: string | null;
  readonly fields: readonly { readonly name: string; readonly value: string | null }[];
}

/** Where a chain of steps ends with nothing: what was there before. */
export interface Fallen {
  readonly text: string;
  readonly count: number;
}

/** Not more than these are listed: the last ones. */
const MOST_ROWS = 5;

/** The rows of the collection that a test is about: the first one, where it is about several. */
export function decidingRows(test: Test, asking: Asking): Pick<Reason, "rows" | "rowCount" | "fallen"> {
  const collection = collectionOf(test);
  if (collection === null) return { rows: [], rowCount: 0, fallen: null };
  const found = asking.person.elements(collection, scopeOf(asking));
  const rows = found.flatMap((element) => (isGroup(element) ? [] : [element]));
  const wanted = fieldsRead(collection, test);
  return {
    rows: rows.slice(-MOST_ROWS).map((row) => decidingRow(row, wanted, asking)),
    rowCount: found.length,
    fallen: found.length === 0 ? fallenOf(collection, asking) : null,
  };
}

function collectionOf(test: Test): Collection | null {
  if (test.kind === "exists") return test.collection;
  if (test.kind === "linked") return test.row.kind === "pick" ? test.row.collection : null;
  for (const value of operandsOf(test)) {
    const found = collectionIn(value);
    if (found !== null) return found;
  }
  return null;
}

/** The first collection of the person's own in a value. */
function collectionIn(value: unknown): Collection | null {
  if (typeof value !== "object" || value === null) return null;
  if ("steps" in value && "link" in value) return value as Collection;
  for (const [name, part] of Object.entries(value)) {
    if (name === "origin" || name === "type") continue;
    const found = collectionIn(part);
    if (found !== null) return found;
  }
  return null;
}

/** An element's own field, or a path of one. */
interface Read {
  readonly field: string;
  readonly path: string | null;
}

/** The elements' own fields that the steps and the test read. */
function fieldsRead(collection: Collection, test: Test): readonly Read[] {
  const reads = new Map<string, Read>();
  const walk = (node: unknown): void => {
    if (typeof node !== "object" || node === null) return;
    const value = node as Partial<Extract<Value, { kind: "field" | "json" }> | ListField>;
    if (value.row !== undefined && typeof value.field === "string") {
      const { row } = value;
      const isOwn =
        row.kind === "scope" ? row.depth === collection.depth : row.kind === "pick" && row.collection === collection;
      if (isOwn && row.entity === collection.entity) {
        const path = "path" in value && typeof value.path === "string" ? value.path : null;
        reads.set(`${value.field} ${path}`, { field: value.field, path });
      }
    }
    for (const [name, part] of Object.entries(node)) if (name !== "origin") walk(part);
  };
  walk(test);
  return [...reads.values()];
}

function decidingRow(row: Row, wanted: readonly Read[], asking: Asking): Deciding {
  const { entity } = row;
  const text = (name: string, path: string | null = null): string | null => {
    const type = entity.fields.get(name)?.type;
    const cell = row.cells.get(name) ?? null;
    return asking.privacy.field(entity.name, name, () => {
      if (type?.kind === "list") return listText(cell, type.of, asking.of);
      if (type?.kind === "json") return found(cell, type.paths.find((one) => one.name === path)?.type ?? null, path);
      return type === undefined || !isScalar(type) ? null : cellText(cell, type, asking.of);
    });
  };
  const found = (cell: Cell, type: ScalarType | null, path: string | null): string | null =>
    type === null || path === null ? null : cellText(jsonValue(cell, path, type), type, asking.of);
  return {
    entity: entity.name,
    key: entity.key === null ? null : text(entity.key),
    at: entity.at === null ? null : text(entity.at),
    fields: wanted
      .filter(({ field }) => field !== entity.key && field !== entity.at)
      .map(({ field, path }) => ({ name: fieldName(path ?? field), value: text(field, path) })),
  };
}

/** The longest beginning of the chain that still has somebody. */
function fallenOf(collection: Collection, asking: Asking): Fallen | null {
  for (let length = collection.steps.length - 1; length >= 0; length--) {
    const steps: readonly Step[] = collection.steps.slice(0, length);
    if (steps.some((step) => step.kind === "flatten") !== collection.steps.some((step) => step.kind === "flatten"))
      return null;
    const shorter = { ...collection, steps };
    const count = asking.person.elements(shorter, scopeOf(asking)).length;
    if (count > 0) return { text: collectionWords(shorter, asking.of), count };
  }
  return null;
}
