import type { Collection, ListField, Origin, Row, Test, Value } from "../meaning/ir.ts";
import { keyOf } from "../meaning/key.ts";
import type { Linted } from "./rule.ts";

/** Why an operand may be missing. */
export type Cause =
  /** A field, trait or list that may have no value. `keys` are of all that, if known, says that it has one. */
  | { readonly kind: "unknown"; readonly origin: Origin; readonly keys: readonly string[] }
  /** A link that may lead to no row, of a membership. */
  | { readonly kind: "unlinked"; readonly row: Row; readonly keys: readonly string[] }
  /** Nothing happened: `collection` has no element. Null of a trait, which says so itself. */
  | {
      readonly kind: "nothing";
      readonly collection: Collection | null;
      readonly origin: Origin;
      readonly keys: readonly string[];
    };

/** Finds out why operands may be missing. Traits are looked into once. */
export interface Missing {
  readonly ofTest: (test: Test) => readonly Cause[];
  readonly ofValue: (value: Value) => readonly Cause[];
}

/** By the model of a project: fields that are not optional are there. */
export function missingIn({ program, model, analysis }: Linted): Missing {
  const traits = new Map<string, readonly Cause["kind"][]>();
  // Each after what it reads, so that nothing is followed.
  for (const { kind, name } of analysis.sound) {
    const trait = kind === "trait" ? program.traits.get(name) : undefined;
    if (trait !== undefined) traits.set(name, [...new Set(ofValue(trait.value).map((cause) => cause.kind))]);
  }
  return { ofTest, ofValue };

  function ofTest(test: Test): readonly Cause[] {
    switch (test.kind) {
      case "compare":
        return [...ofValue(test.left), ...ofValue(test.right)];
      case "between":
        return [test.value, test.from, test.to].flatMap((value) => (value === null ? [] : ofValue(value)));
      case "text":
        return [...ofValue(test.value), ...ofValue(test.needle)];
      case "oneOf":
      case "inWindow":
      case "truth":
      case "anniversaryIn":
        return ofValue(test.value);
      case "has":
        return ofList(test.list);
      case "segment":
      case "stored":
        return ofRow(test.row).map((cause) =>
          cause.kind === "nothing" ? cause : { ...cause, kind: "unlinked", row: test.row },
        );
      case "known":
      case "linked":
      case "exists":
      case "listKnown":
      case "top":
      case "bucket":
        return [];
    }
  }

  function ofValue(value: Value): readonly Cause[] {
    switch (value.kind) {
      case "field":
        return ofField(value, isOptional(value.row, value.field));
      case "json":
        return ofField(value, true);
      case "trait":
        return ofTrait(value);
      case "aggregate": {
        if (value.fn === "count" || value.fn === "sum" || value.fn === "distinct") return [];
        const { collection, origin } = value;
        return [{ kind: "nothing", collection, origin, keys: [keyOf(value), keyOf(collection)] }];
      }
      case "arithmetic":
        return [...ofValue(value.left), ...ofValue(value.right)];
      case "negate":
        return ofValue(value.operand);
      case "widen":
      case "local_date":
      case "shift":
      case "since":
      case "part":
      case "start_of":
      case "anniversary":
        return ofValue(value.value).map((cause) => ({ ...cause, keys: [...cause.keys, keyOf(value)] }));
      case "else": {
        const fallback = ofValue(value.fallback);
        return fallback.length === 0 ? [] : ofValue(value.value);
      }
      case "if":
        return [...ofValue(value.yes), ...ofValue(value.no)];
      case "function":
        return value.args.flatMap(ofValue);
      case "elapsed":
        return [...ofValue(value.from), ...ofValue(value.to)];
      case "const":
      case "param":
      case "condition":
      case "today":
      case "now":
      case "when":
      case "zoned":
      case "offsets":
      case "tile":
      case "gap":
      case "group":
      case "groupAggregate":
      case "periodIndex":
        return [];
    }
  }

  /** A field that may itself be missing, or whose row may. */
  function ofField(value: Extract<Value, { kind: "field" | "json" }>, optional: boolean): readonly Cause[] {
    const { origin } = value;
    if (optional) return [{ kind: "unknown", origin, keys: [keyOf(value)] }];
    return ofRow(value.row).map((cause) => ({ ...cause, origin, keys: [...cause.keys, keyOf(value)] }));
  }

  function ofList(list: ListField): readonly Cause[] {
    if (isOptional(list.row, list.field)) return [{ kind: "unknown", origin: list.origin, keys: [keyOf(list)] }];
    return ofRow(list.row).map((cause) => ({ ...cause, origin: list.origin, keys: [...cause.keys, keyOf(list)] }));
  }

  /** The nearest link that may lead nowhere, or collection of which nothing may be picked. */
  function ofRow(row: Row): readonly (Cause & { readonly kind: "unknown" | "nothing" })[] {
    switch (row.kind) {
      case "scope":
        return [];
      case "pick": {
        const { collection } = row;
        return [{ kind: "nothing", collection, origin: collection.origin, keys: [keyOf(collection), keyOf(row)] }];
      }
      case "link": {
        const link = model.entities.get(row.from.entity)?.links.get(row.link);
        const before = ofRow(row.from).map((cause) => ({ ...cause, keys: [...cause.keys, keyOf(row)] }));
        if (before.length > 0 || link?.optional !== true) return before;
        return [{ kind: "unknown", origin: NOWHERE, keys: [keyOf(row)] }];
      }
    }
  }

  function ofTrait(value: Extract<Value, { kind: "trait" }>): readonly Cause[] {
    const kinds = traits.get(value.name) ?? [];
    const { origin } = value;
    const keys = [keyOf(value)];
    if (kinds.includes("unknown")) return [{ kind: "unknown", origin, keys }];
    if (kinds.includes("nothing")) return [{ kind: "nothing", collection: null, origin, keys }];
    return ofRow(value.row).map((cause) => ({ ...cause, origin, keys: [...cause.keys, ...keys] }));
  }

  function isOptional(row: Row, name: string): boolean {
    const field = model.entities.get(row.entity)?.fields.get(name);
    return field !== undefined && (field.optional || field.extension !== null);
  }
}

const NOWHERE: Origin = { file: "", span: { start: 0, end: 0 } };
