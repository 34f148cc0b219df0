import type { Row, Value } from "./ir.ts";
import { fieldName, type Telling } from "./words-value.ts";

/**
 * Why a value may be missing, as people say it: `an unknown country`, `no account`, `no purchases`. Empty where it never is, as far as the model says:
 * dirty data may still lack what is required.
 */
export function causesOf(value: Value, of: Telling): readonly string[] {
  return [...new Set(found(value, of))];
}

function found(value: Value, of: Telling): readonly string[] {
  switch (value.kind) {
    case "const":
      return value.value === null ? ["an unknown value"] : [];
    case "param":
    case "today":
    case "now":
    case "condition":
    case "group":
      return [];
    case "field":
      return [
        ...rowCauses(value.row, of),
        ...(isOptional(value.row, value.field, of) ? [`an unknown ${fieldName(value.field)}`] : []),
      ];
    case "json":
      return [...rowCauses(value.row, of), `an unknown ${fieldName(value.path)}`];
    case "trait": {
      const trait = of.program.traits.get(value.name);
      const inner = trait === undefined ? [] : found(trait.value, of);
      return [...rowCauses(value.row, of), ...(inner.length > 0 ? [`an unknown ${of.traitWords(value.name)}`] : [])];
    }
    case "aggregate": {
      const { fn, collection } = value;
      if (fn === "count" || fn === "sum" || fn === "distinct") return [];
      const elements = `${collection.steps.length > 0 ? "such " : ""}${of.elementsName(collection)}`;
      return [isOfGaps(value.of) ? `fewer than two ${elements}` : `no ${elements}`];
    }
    case "groupAggregate":
      return value.of === null || ["count", "sum", "distinct"].includes(value.fn) ? [] : found(value.of, of);
    case "arithmetic":
      return [
        ...found(value.left, of),
        ...found(value.right, of),
        ...(value.op === "/" ? divisionCauses(value.right) : []),
      ];
    case "negate":
      return found(value.operand, of);
    case "else": {
      const fallback = found(value.fallback, of);
      return fallback.length === 0 ? [] : [...found(value.value, of), ...fallback];
    }
    case "if":
      return [...found(value.yes, of), ...found(value.no, of)];
    case "function":
      return value.args.flatMap((arg) => found(arg, of));
    case "elapsed":
      return [...found(value.from, of), ...found(value.to, of)];
    case "zoned":
      return found(value.otherwise, of);
    case "offsets":
      return [];
    case "widen":
    case "local_date":
    case "shift":
    case "since":
    case "part":
    case "start_of":
    case "anniversary":
    case "periodIndex":
      return found(value.value, of);
    case "when":
      return found(value.value, of);
    case "tile":
      return [...rowCauses(value.row, of), "no rank"];
    case "gap":
      return [];
  }
}

/** Whether it is worked out from the waits between elements, of which one alone has none. */
const isOfGaps = (value: Value | null): boolean =>
  value !== null && (value.kind === "gap" || (value.kind === "widen" && isOfGaps(value.value)));

const divisionCauses = (divisor: Value): readonly string[] =>
  divisor.kind === "const" && Number(divisor.value) !== 0 ? [] : ["a division by zero"];

/** What keeps a row from being there. */
export function rowCauses(row: Row, of: Telling): readonly string[] {
  switch (row.kind) {
    case "scope":
      return [];
    case "link":
      return [...rowCauses(row.from, of), `no ${fieldName(row.link)}`];
    case "pick":
      return [`no ${row.collection.steps.length > 0 ? "such " : ""}${of.elementsName(row.collection)}`];
  }
}

export function isOptional(row: Row, name: string, of: Telling): boolean {
  const field = of.program.model.entities.get(row.entity)?.fields.get(name);
  return field === undefined || field.optional || field.extension !== null;
}
