import { isNumber, isOrdered, isScalar, isTemporal } from "../types/kinds.ts";
import { BOOLEAN, type ScalarType, type Type } from "../types/type.ts";
import { arithmeticType, comparable, sumType, widen } from "../types/widen.ts";
import type { Operator, Signature } from "./operator.ts";

/**
 * What may stand at the place of an operand. Some speak of more than a type, and are the checker's to see:
 * `condition` also a segment, a yes/no trait or a bare collection; `subject` what `is known` may ask after (a value or a link);
 * `options` what may stand after `in` (list, range, window, the name of a list); `moment` a date, a timestamp or `90d ago`;
 * `dated` a collection of an event, `rows` one that is not grouped; `gaps` the waits between its elements; `fields` the names of one or more fields of the element; `grouping` what groups are made
 * by (a value, the word of a calendar period, a length of time); `unit` the word `day`, `week`, `month`, `quarter` or `year`; `whole` a whole number that is written out; `share` a percentage
 * and `seed` a text that are; `amount` either number; `negatable` and `collectionCondition` what `not` and `no` take.
 */
export type Accepts =
  | "condition"
  | "collectionCondition"
  | "collection"
  | "dated"
  | "rows"
  | "fields"
  | "grouping"
  | "gaps"
  | "subject"
  | "scalar"
  | "ordered"
  | "number"
  | "text"
  | "date"
  | "temporal"
  | "timestamp"
  | "moment"
  | "duration"
  | "window"
  | "options"
  | "list"
  | "whole"
  | "unit"
  | "share"
  | "amount"
  | "seed";

/** How the type of the answer follows from the operands' types. */
export type Result =
  | { readonly kind: "fixed"; readonly type: Type }
  /** True or false, never missing. */
  | { readonly kind: "condition" }
  /** The type of operand `of`. */
  | { readonly kind: "same"; readonly of: number }
  /** The type that holds the last two operands; they must meet. */
  | { readonly kind: "joined" }
  /** `arithmeticType` of the two operands. */
  | { readonly kind: "arithmetic"; readonly op: "+" | "-" | "*" | "/" }
  /** `sumType` of operand `of`. */
  | { readonly kind: "sum"; readonly of: number }
  /** One row of the collection that is operand 0. */
  | { readonly kind: "element" }
  /** The waits between the elements of the collection that is operand 0. */
  | { readonly kind: "gaps" }
  /** Groups of the rows of the collection that is operand `of`. */
  | { readonly kind: "groups"; readonly of: number };

/** Whether a value of the type may stand there, as far as its type says. What is already reported goes everywhere. */
export function accepts(place: Accepts, t: Type): boolean {
  if (t.kind === "error") return true;
  switch (place) {
    case "condition":
      return t.kind === "boolean" || t.kind === "collection";
    case "collectionCondition":
    case "collection":
      return t.kind === "collection";
    case "dated":
    case "rows":
      return t.kind === "collection" && !t.grouped;
    case "fields":
      return isScalar(t) || t.kind === "list";
    case "grouping":
      return isScalar(t) || t.kind === "duration";
    case "gaps":
      return t.kind === "gaps";
    case "subject":
      return isScalar(t) || t.kind === "entity" || t.kind === "list";
    case "scalar":
      return isScalar(t);
    case "ordered":
      return isOrdered(t);
    case "number":
      return isNumber(t);
    case "text":
    case "seed":
      return t.kind === "text";
    case "share":
    case "amount":
      return t.kind === "integer" || t.kind === "decimal";
    case "date":
      return t.kind === "date";
    case "temporal":
    case "moment":
      return isTemporal(t);
    case "timestamp":
      return t.kind === "timestamp";
    case "unit":
      return t.kind === "text";
    case "duration":
      return t.kind === "duration";
    case "window":
      return t.kind === "window";
    case "options":
      return t.kind === "list" || t.kind === "window";
    case "list":
      return t.kind === "list";
    case "whole":
      return t.kind === "integer";
  }
}

/** What an operand wants, in the middle of a sentence. */
export function describeAccepts(place: Accepts): string {
  switch (place) {
    case "condition":
      return "a condition";
    case "collectionCondition":
    case "collection":
      return "a collection";
    case "rows":
      return "a collection of rows";
    case "dated":
      return "a collection of events";
    case "fields":
      return "a field's name, or a list of such names";
    case "grouping":
      return "a value, a calendar period or a length of time";
    case "gaps":
      return "a collection's `.gaps`";
    case "subject":
      return "a value or a link";
    case "scalar":
      return "a single value";
    case "ordered":
      return "a number, a text, a date or a timestamp";
    case "number":
      return "a number";
    case "text":
      return "a text";
    case "date":
      return "a date";
    case "temporal":
    case "moment":
      return "a date or a timestamp";
    case "timestamp":
      return "a timestamp";
    case "unit":
      return "a calendar period";
    case "duration":
      return "a duration";
    case "window":
      return "a stretch of time";
    case "options":
      return "a list, a range or a stretch of time";
    case "list":
      return "a list";
    case "whole":
      return "a whole number";
    case "share":
      return "a share such as `10%`";
    case "amount":
      return "a whole number, or a share such as `10%`";
    case "seed":
      return "a text in quotes";
  }
}

/** How many operands the signature wants at least and takes at most. */
export function arity(s: Signature): { readonly least: number; readonly most: number } {
  return { least: s.operands.filter((o) => o.required).length, most: s.operands.length };
}

/**
 * Which operand each argument is: a labelled one by its label, the others in order from the operand `from` on (of a step, 1: the first stands before the
 * dot). Null where the signature cannot be written so.
 */
export function placeArguments(
  s: Signature,
  labels: readonly (string | null)[],
  from: number,
): readonly number[] | null {
  const open = new Set(s.operands.keys());
  for (let i = 0; i < from; i++) open.delete(i);
  const places: number[] = [];
  for (const label of labels) {
    const place = [...open].find((i) => s.operands[i]?.label === label);
    if (place === undefined) return null;
    open.delete(place);
    places.push(place);
  }
  return [...open].some((i) => s.operands[i]?.required) ? null : places;
}

/** The first signature whose operands, in order, may have these types; null where none fits. */
export function matchSignature(operator: Operator, types: readonly Type[]): Signature | null {
  return (
    operator.signatures.find((s) => {
      const { least, most } = arity(s);
      return types.length >= least && types.length <= most && types.every((t, i) => accepts(s.operands[i]!.accepts, t));
    }) ?? null
  );
}

/**
 * The type of the answer over operands of these types (which fit the signature). Null where they do not meet: a text beside a number, or arithmetic
 * that needs more than 9 digits after the point. An operand that is already reported makes an `error`, except of a condition; one that is left out is undefined.
 */
export function resultType(s: Signature, types: readonly (Type | undefined)[]): Type | null {
  const { result } = s;
  if (result.kind === "condition") return BOOLEAN;
  if (result.kind === "fixed") return result.type;
  const reported = types.find((t) => t?.kind === "error");
  if (reported !== undefined) return reported;
  switch (result.kind) {
    case "same":
      return types[result.of] ?? null;
    case "joined":
      return joined(types.at(-2)!, types.at(-1)!);
    case "arithmetic":
      return arithmeticType(result.op, types[0]!, types[1]!);
    case "sum":
      return sumType(types[result.of]!);
    case "element": {
      const collection = types[0]!;
      return collection.kind === "collection" ? { kind: "entity", name: collection.of } : null;
    }
    case "groups": {
      const collection = types[result.of]!;
      return collection.kind === "collection" ? { ...collection, grouped: true } : null;
    }
    case "gaps": {
      const collection = types[0]!;
      return collection.kind === "collection" ? { kind: "gaps", of: collection.of } : null;
    }
  }
}

/** As `comparable`, but a date never stands for a timestamp: the answer is a value, not a test. */
function joined(a: Type, b: Type): ScalarType | null {
  if (isTemporal(a) && isTemporal(b) && a.kind !== b.kind) return null;
  return widen(a, b) ?? comparable(a, b);
}
