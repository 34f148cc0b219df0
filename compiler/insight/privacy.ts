import type { Value } from "../../language/meaning/ir.ts";
import type { Program } from "../../language/meaning/program.ts";

/** What may be shown of values. */
export interface Privacy {
  /** The text of a value, or a word that stands for it. */
  readonly shown: (value: Value, text: () => string | null) => string | null;
  /** The text of a field of a row, or a word that stands for it. */
  readonly field: (entity: string, name: string, text: () => string | null) => string | null;
}

type Mark = "pii" | "sensitive" | null;

/** `@pii` values are masked unless `showPii`, `@sensitive` ones always; a value that is worked out of one is as it is. Counts and shares tell of nobody's. */
export function privacyOf(program: Program, showPii: boolean): Privacy {
  const known = new Map<object, Mark>();
  const fieldMark = (entity: string, name: string): Mark => {
    const annotations = program.model.entities.get(entity)?.fields.get(name)?.annotations ?? [];
    return annotations.includes("sensitive") ? "sensitive" : annotations.includes("pii") ? "pii" : null;
  };
  const markOf = (node: unknown): Mark => {
    if (typeof node !== "object" || node === null) return null;
    const found = known.get(node);
    if (found !== undefined) return found;
    known.set(node, null);
    const mark = marked(node as Readonly<Record<string, unknown>>);
    known.set(node, mark);
    return mark;
  };
  const marked = (node: Readonly<Record<string, unknown>>): Mark => {
    const own =
      typeof node["field"] === "string" && isRow(node["row"]) ? fieldMark(node["row"].entity, node["field"]) : null;
    const behind = node["kind"] === "trait" ? markOf(program.traits.get(String(node["name"]))?.value) : null;
    const isCount = node["kind"] === "aggregate" && (node["fn"] === "count" || node["fn"] === "share");
    const parts =
      isCount || node["kind"] === "condition" ? [] : Object.entries(node).filter(([name]) => name !== "origin");
    return strictest([own, behind, ...parts.map(([, part]) => markOf(part))]);
  };
  const show = (mark: Mark, text: () => string | null): string | null => {
    if (mark === "sensitive") return "(sensitive, never shown)";
    return mark === "pii" && !showPii ? "(personal, hidden)" : text();
  };
  return {
    shown: (value, text) => show(markOf(value), text),
    field: (entity, name, text) => show(fieldMark(entity, name), text),
  };
}

const isRow = (row: unknown): row is { readonly entity: string } =>
  typeof row === "object" && row !== null && "entity" in row && typeof row.entity === "string";

const strictest = (marks: readonly Mark[]): Mark =>
  marks.includes("sensitive") ? "sensitive" : marks.includes("pii") ? "pii" : null;
