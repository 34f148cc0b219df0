import type { Name } from "../syntax/ast.ts";
import { printType } from "../types/print.ts";
import { ERROR, type Type } from "../types/type.ts";
import { type Draft, declaredColumn, hiddenColumn, keyType, type PendingLink, putField } from "./draft.ts";
import type { Field } from "./model.ts";
import { type Guess, type Report, respell } from "./report.ts";

/**
 * Resolves the links of every draft, once all keys are known. A link in error becomes a field of type `error`, so that what follows it is silent.
 */
export function readLinks(drafts: ReadonlyMap<string, Draft>, unreadable: ReadonlySet<string>, guess: Guess): void {
  for (const draft of drafts.values()) {
    for (const pending of draft.pending) {
      if (!readLink(draft, pending, drafts, unreadable, guess)) putField(draft, broken(pending));
    }
  }
}

/** Whether the link stands in the draft; if not, it is reported. */
function readLink(
  draft: Draft,
  pending: PendingLink,
  drafts: ReadonlyMap<string, Draft>,
  unreadable: ReadonlySet<string>,
  guess: Guess,
): boolean {
  const { decl, file, report, extension } = pending;
  const { target: written, by, many } = decl;
  const target = drafts.get(written.text);
  if (target === undefined) {
    if (isUnread(written.text, unreadable)) return false;
    const suggestion = guess(written.text, () => drafts.keys());
    const fix = respell({ file, span: written.span }, suggestion);
    report("unknown-link-target", { name: written.text, suggestion }, written.span, fix);
    return false;
  }
  if (by.text === "") return false;
  const keyed = many ? draft : target;
  const type = keyType(keyed);
  if (type === null) {
    // An entity without a key is reported as such.
    if (keyed.decl.word === "event" && !keyed.decl.broken) {
      const at = many ? decl.name.span : written.span;
      report("nothing-to-find-by", { entity: keyed.name, link: decl.name.text }, at);
    }
    return false;
  }
  const holder = many ? target : draft;
  const block = many ? null : extension;
  const field =
    declaredColumn(holder, by.text, block) ?? hiddenColumn(holder, by.text, type, block, { file, span: by.span });
  if (!checkColumnType(keyed, field, by, type, report)) return false;
  draft.links.set(decl.name.text, {
    name: decl.name.text,
    kind: many ? "many" : "one",
    target: target.name,
    field: field.name,
    optional: !many && (decl.optional || extension !== null),
    doc: decl.doc,
    place: { file, span: decl.name.span },
  });
  return true;
}

function broken({ decl, file, extension }: PendingLink): Field {
  const { text: name, span } = decl.name;
  const place = { file, span };
  return {
    name,
    column: name,
    type: ERROR,
    optional: true,
    constraint: null,
    annotations: [],
    doc: decl.doc,
    place,
    hidden: false,
    extension,
  };
}

/** Whether a column that holds keys of `keyed` has the type of that key; if not, it is reported, unless one of the two already is. */
export function checkColumnType(keyed: Draft, field: Field, by: Name, type: Type, report: Report): boolean {
  if (field.type.kind === type.kind || field.type.kind === "error" || type.kind === "error") return true;
  const key = `${keyed.name}.${keyed.key?.name}`;
  const related = [
    { ...field.place, message: field.hidden ? "Another link follows the column here." : "It is declared here." },
  ];
  const params = { column: by.text, type: printType(field.type), key, keyType: printType(type) };
  report("link-column-type", params, by.span, { related });
  return false;
}

/** Whether an unknown entity may be one that the parser could not read, and reported: a declaration of that name, or one whose name
 * is lost (of `entity from accounts` the parser reads `from` as the name, and misses the table). */
export const isUnread = (name: string, unreadable: ReadonlySet<string>): boolean =>
  name === "" || unreadable.has(name) || unreadable.has("");
