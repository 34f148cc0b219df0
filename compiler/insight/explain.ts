import { bind } from "../../language/meaning/bind.ts";
import type { ListField, Origin, Pred, Row as RowExpr, Test, Value } from "../../language/meaning/ir.ts";
import type { Circumstances, Program, Segment } from "../../language/meaning/program.ts";
import { sentenceOf, telling } from "../../language/meaning/words.ts";
import { fieldName, type Telling, valueWords } from "../../language/meaning/words-value.ts";
import { InternalError } from "../../language/text/assert.ts";
import { interpret, type Person, type Scope, type World } from "../predicate/interpret.ts";
import { cellText, listText } from "./cell-text.ts";
import { type Deciding, decidingRows, type Fallen } from "./deciding.ts";
import { type Flip, nearest } from "./nearest.ts";
import { type Privacy, privacyOf } from "./privacy.ts";

/** Why somebody is in a segment or out of it. */
export interface Explanation {
  readonly segment: string;
  readonly entity: string;
  readonly key: string;
  readonly isMember: boolean;
  readonly reason: Reason;
  /** The fewest tests whose turning round would turn the answer round, in the order of the text. */
  readonly nearest: readonly Flip[];
}

/** One condition as written, with what decided it. */
export interface Reason {
  readonly text: string;
  readonly holds: boolean;
  /** What was compared, with its value; null is unknown. Of what the model marks `@pii` or `@sensitive`, a word for that. */
  readonly values: readonly { readonly name: string; readonly value: string | null }[];
  /** The rows that were asked. */
  readonly rows: readonly Deciding[];
  /** How many rows there are in all. */
  readonly rowCount: number;
  /** Where no row is left: how many there were before the step that took the last one. */
  readonly fallen: Fallen | null;
  readonly items: readonly Reason[];
  readonly origin: Origin;
}

export interface ExplainOptions extends Circumstances {
  /** Whether `@pii` values are shown; `@sensitive` ones never are. */
  readonly showPii: boolean;
}

/**
 * The tree of a segment's conditions as written, for one person, by the interpreter: references opened, windows with their dates. Null where nobody of
 * the segment's entity has the key as of then. May throw `DataProblem`.
 */
export function explain(
  program: Program,
  segment: string,
  key: string,
  world: World,
  options: ExplainOptions,
): Explanation | null {
  const bound = bind(program, options);
  const found = bound.segments.get(segment);
  if (found === undefined) throw new InternalError(`no segment ${segment}`);
  const person = interpret(bound, world, options).person(found.entity, key);
  if (person === null) return null;
  const asking: Asking = {
    program: bound,
    person,
    of: telling(bound, options.zone),
    privacy: privacyOf(bound, options.showPii),
    open: new Set([segment]),
  };
  const reason = reasonFor(found.condition, asking);
  const isMember = person.holds(found.condition, [person.row]);
  return { segment, entity: found.entity, key, isMember, reason, nearest: nearest(found.condition, asking) };
}

/** What is known while one person is explained. */
export interface Asking {
  readonly program: Program;
  readonly person: Person;
  readonly of: Telling;
  readonly privacy: Privacy;
  /** Segments that are being opened. */
  readonly open: ReadonlySet<string>;
}

export const scopeOf = ({ person }: Asking): Scope => [person.row];

/** The condition behind a reference to a segment or a yes/no trait of the person's own row; null for what stands for itself. */
export function referred(
  test: Test,
  { program, open }: Asking,
): { readonly name: string; readonly condition: Pred } | null {
  if (test.kind === "segment" && isSubject(test.row)) {
    const segment: Segment | undefined = program.segments.get(test.name);
    if (segment === undefined || segment.kind === "snapshot" || open.has(test.name)) return null;
    return { name: test.name, condition: segment.condition };
  }
  if (test.kind !== "truth" || test.value.kind !== "trait" || !isSubject(test.value.row)) return null;
  const value = program.traits.get(test.value.name)?.value;
  return value?.kind === "condition" ? { name: test.value.name, condition: value.pred } : null;
}

const isSubject = (row: RowExpr): boolean => row.kind === "scope" && row.depth === 0;

function reasonFor(pred: Pred, asking: Asking): Reason {
  const { person, of } = asking;
  const base = {
    text: sentenceOf(pred, of).text,
    holds: person.holds(pred, scopeOf(asking)),
    values: [],
    rows: [],
    rowCount: 0,
    fallen: null,
    items: [],
    origin: pred.origin,
  };
  const group = (items: readonly Pred[]): Reason => ({ ...base, items: items.map((item) => reasonFor(item, asking)) });
  switch (pred.kind) {
    case "always":
      return base;
    case "and":
    case "or":
    case "countOf":
      return group(pred.items);
    case "not":
      if (pred.item.kind === "and" || pred.item.kind === "or" || pred.item.kind === "countOf")
        return group(pred.item.items);
      return { ...reasonFor(pred.item, asking), text: base.text, holds: base.holds };
    case "test":
    case "settled": {
      const reference = referred(pred.test, asking);
      if (reference !== null) {
        const inner: Asking = { ...asking, open: new Set([...asking.open, reference.name]) };
        return { ...base, items: [reasonFor(reference.condition, inner)] };
      }
      return { ...base, values: valuesOf(pred.test, asking), ...decidingRows(pred.test, asking) };
    }
  }
}

/** What a test compares, where it is not written out. */
export function valuesOf(test: Test, asking: Asking): Reason["values"] {
  const values = operandsOf(test)
    .filter((value) => value.kind !== "const")
    .map((value) => ({
      name: valueWords(value, asking.of),
      value: asking.privacy.shown(value, () =>
        cellText(asking.person.evaluate(value, scopeOf(asking)), value.type, asking.of),
      ),
    }));
  return test.kind === "has" || test.kind === "listKnown" ? [listOf(test.list, asking), ...values] : values;
}

function listOf({ row, field, of }: ListField, asking: Asking): Reason["values"][number] {
  const held = (): string | null => listText(asking.person.list({ row, field }, scopeOf(asking)), of, asking.of);
  return { name: fieldName(field), value: asking.privacy.field(row.entity, field, held) };
}

/** The values that decide a test. */
export function operandsOf(test: Test): readonly Value[] {
  switch (test.kind) {
    case "compare":
      return [test.left, test.right];
    case "between":
      return [test.value, ...(test.from === null ? [] : [test.from]), ...(test.to === null ? [] : [test.to])];
    case "text":
      return [test.value, test.needle];
    case "has":
      return test.options;
    case "oneOf":
    case "inWindow":
    case "anniversaryIn":
    case "known":
    case "truth":
      return [test.value];
    case "top":
      return isSubject(test.row) ? [test.ranking.by] : [];
    case "linked":
    case "exists":
    case "segment":
    case "listKnown":
    case "bucket":
    case "stored":
      return [];
  }
}
