import type { Collection, Step, Test, Value } from "../../language/meaning/ir.ts";
import { collectionWords } from "../../language/meaning/words-collection.ts";
import { fieldName } from "../../language/meaning/words-value.ts";
import { isScalar } from "../../language/types/kinds.ts";
import { isGroup } from "../predicate/chains.ts";
import type { Row } from "../predicate/rows.ts";
import { cellText } from "./cell-text.ts";
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

/** Names of the elements' own fields that the steps and the test read. */
function fieldsRead(collection: Collection, test: Test): readonly string[] {
  const names = new Set<string>();
  const walk = (node: unknown): void => {
    if (typeof node !== "object" || node === null) return;
    const value = node as Partial<Extract<Value, { kind: "field" }>>;
    if (value.kind === "field" && value.row !== undefined && typeof value.field === "string") {
      const { row } = value;
      const isOwn =
        row.kind === "scope" ? row.depth === collection.depth : row.kind === "pick" && row.collection === collection;
      if (isOwn && row.entity === collection.entity) names.add(value.field);
    }
    for (const [name, part] of Object.entries(node)) if (name !== "origin") walk(part);
  };
  walk(test);
  return [...names];
}

function decidingRow(row: Row, wanted: readonly string[], asking: Asking): Deciding {
  const { entity } = row;
  const text = (name: string): string | null => {
    const type = entity.fields.get(name)?.type;
    if (type === undefined || !isScalar(type)) return null;
    return asking.privacy.field(entity.name, name, () => cellText(row.cells.get(name) ?? null, type, asking.of));
  };
  return {
    entity: entity.name,
    key: entity.key === null ? null : text(entity.key),
    at: entity.at === null ? null : text(entity.at),
    fields: wanted
      .filter((name) => name !== entity.key && name !== entity.at)
      .map((name) => ({ name: fieldName(name), value: text(name) })),
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
