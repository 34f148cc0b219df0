import type { EntityDecl, LinkDecl, Name } from "../syntax/ast.ts";
import { compareText } from "../text/compare.ts";
import type { Span } from "../text/span.ts";
import { ERROR, type ScalarType, type Type } from "../types/type.ts";
import type { Extension, Field, Link, Place } from "./model.ts";
import type { Report } from "./report.ts";

/** A link as written, until all keys are known. `extension` is that of the block it stands in. */
export interface PendingLink {
  readonly decl: LinkDecl;
  readonly file: string;
  readonly report: Report;
  readonly extension: number | null;
}

/** An entity while it is built. */
export interface Draft {
  readonly decl: EntityDecl;
  readonly name: string;
  readonly place: Place;
  readonly report: Report;
  /** Declared fields, also those in error (of type `error`, so that what reads them is silent). */
  readonly fields: Map<string, Field>;
  /** The name of the first declared field that reads a column, by table and column. */
  readonly columns: Map<string, string>;
  /** By name. */
  readonly hidden: Map<string, Field>;
  readonly links: Map<string, Link>;
  readonly pending: PendingLink[];
  /** Everything that has a name in the entity, with the place of the first. */
  readonly taken: Map<string, Place>;
  readonly extensions: Extension[];
  key: Field | null;
  /** The key was there but cannot be used, which is reported. */
  keyInError: boolean;
}

export const newDraft = (decl: EntityDecl, file: string, report: Report): Draft => ({
  decl,
  name: decl.name.text,
  place: { file, span: decl.name.span },
  report,
  fields: new Map(),
  columns: new Map(),
  hidden: new Map(),
  links: new Map(),
  pending: [],
  taken: new Map(),
  extensions: [],
  key: null,
  keyInError: false,
});

/** Takes a name of the entity; reports where it is taken already. An absent name is not taken and was reported. */
export function take(draft: Draft, name: Name, file: string, report: Report): boolean {
  if (name.text === "") return false;
  const first = draft.taken.get(name.text);
  if (first === undefined) {
    draft.taken.set(name.text, { file, span: name.span });
    return true;
  }
  const related = [{ ...first, message: "It is declared here first." }];
  report("duplicate-field", { name: name.text, entity: draft.name }, name.span, { related });
  return false;
}

/** The type of the key that other tables refer to; `error` where there is a reported one, null where there is none. */
export function keyType(draft: Draft): ScalarType | typeof ERROR | null {
  if (draft.keyInError) return ERROR;
  const type = draft.key?.type;
  return type?.kind === "text" || type?.kind === "integer" ? type : null;
}

const columnId = (column: string, extension: number | null): string => `${extension ?? ""}.${column}`;

/** Adds a declared field, or replaces the one of its name. */
export function putField(draft: Draft, field: Field): void {
  draft.fields.set(field.name, field);
  const id = columnId(field.column, field.extension);
  if (!draft.columns.has(id)) draft.columns.set(id, field.name);
}

/** The declared field that reads a column of the entity's table (or of one extension's), by the column's name, else by the field's. */
export function declaredColumn(draft: Draft, column: string, extension: number | null): Field | null {
  const field = draft.fields.get(draft.columns.get(columnId(column, extension)) ?? column);
  return field !== undefined && field.extension === extension ? field : null;
}

/**
 * The hidden field of a column that no field declares; the first type asked for stays. Its name is `$` and the column, with the table before it
 * where it is an extension's.
 */
export function hiddenColumn(
  draft: Draft,
  column: string,
  type: Type,
  extension: number | null,
  at: { readonly file: string; readonly span: Span },
): Field {
  const table = extension === null ? "" : `${draft.extensions[extension]?.table.join(".")}.`;
  const name = `$${table}${column}`;
  const known = draft.hidden.get(name);
  if (known !== undefined) return known;
  const place = { file: at.file, span: at.span };
  const field: Field = {
    name,
    column,
    type,
    optional: true,
    constraint: null,
    annotations: [],
    doc: null,
    place,
    hidden: true,
    extension,
  };
  draft.hidden.set(name, field);
  return field;
}

/** All fields: declared ones as they stand, extensions' ones after them, hidden ones by name, whoever needs them. */
export function allFields(draft: Draft): ReadonlyMap<string, Field> {
  const hidden = [...draft.hidden.values()].sort((a, b) => compareText(a.name, b.name));
  return new Map([...draft.fields.values(), ...hidden].map((f) => [f.name, f]));
}
