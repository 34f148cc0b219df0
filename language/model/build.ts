import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { Declaration, EntityDecl, ExtendDecl, SegFile } from "../syntax/ast.ts";
import { compareText } from "../text/compare.ts";
import { TEXT } from "../types/type.ts";
import { allFields, type Draft, declaredColumn, keyType, newDraft } from "./draft.ts";
import { type FilterNames, filterNames } from "./filter-columns.ts";
import { readDuration, readHeader, sortClauses } from "./header.ts";
import { checkColumnType, isUnread, readLinks } from "./links.ts";
import { checkAnnotations, readMembers } from "./members.ts";
import type { Entity, Model } from "./model.ts";
import { type Guess, guesser, type Report, reporter, respell, silent } from "./report.ts";

/** A model declaration and where to report about it. */
interface Declared<D extends Declaration> {
  readonly decl: D;
  readonly file: string;
  readonly report: Report;
}

/**
 * The model that the files declare. The order of files and declarations does not matter. What is in error is reported once and stays as far as it
 * can be read (a field or link of unknown type has the type `error`), so that the rest is checked; nothing may run on a model with errors.
 */
export function buildModel(files: readonly SegFile[]): {
  readonly model: Model;
  readonly diagnostics: readonly Diagnostic[];
} {
  const diagnostics: Diagnostic[] = [];
  const entities: Declared<EntityDecl>[] = [];
  const extensions: Declared<ExtendDecl>[] = [];
  const unreadable = new Set<string>();
  for (const file of [...files].sort((a, b) => compareText(a.path, b.path))) {
    const loud = reporter(diagnostics, file.path);
    for (const decl of file.declarations) {
      const report = decl.broken ? silent : loud;
      if (decl.kind === "entity") entities.push({ decl, file: file.path, report });
      else if (decl.kind === "extend") extensions.push({ decl, file: file.path, report });
      else if (decl.kind === "unreadable") unreadable.add(decl.name.text);
      if (decl.kind === "entity" && (decl.name.text === "" || decl.table === null)) unreadable.add("");
    }
  }
  const drafts = draftEntities(entities);
  const guess = guesser();
  for (const extension of extensions) readExtension(extension, drafts, unreadable, guess);
  readLinks(drafts, unreadable, guess);
  const names = filterNames(files);
  const built = [...drafts.values()].map((draft) => build(draft, names));
  const model = { entities: new Map(built.map((e) => [e.name, e])), defaultEntity: readDefault(entities, drafts) };
  return { model, diagnostics };
}

function draftEntities(declared: readonly Declared<EntityDecl>[]): ReadonlyMap<string, Draft> {
  const drafts = new Map<string, Draft>();
  const named = new Set(declared.map((d) => d.decl.name.text));
  for (const { decl, file, report } of declared) {
    const { text: name, span } = decl.name;
    if (name === "") continue;
    const draft = newDraft(decl, file, report);
    const first = drafts.get(name);
    if (first === undefined) {
      drafts.set(name, draft);
    } else {
      const related = [{ ...first.place, message: "It is declared here first." }];
      report("duplicate-declaration", { name, word: first.decl.word === "event" ? "an event" : "an entity" }, span, {
        related,
      });
    }
    checkAnnotations(decl.annotations, "model declaration", { file, report });
    readMembers(draft, decl.members, { file, report, extension: null, isEntity: (n) => named.has(n) });
    if (decl.word === "entity" && draft.key === null && !draft.keyInError && !decl.broken)
      report("missing-key", { name }, span);
  }
  return drafts;
}

function readExtension(
  { decl, file, report }: Declared<ExtendDecl>,
  drafts: ReadonlyMap<string, Draft>,
  unreadable: ReadonlySet<string>,
  guess: Guess,
): void {
  const { text: name, span } = decl.name;
  checkAnnotations(decl.annotations, "model declaration", { file, report });
  const clauses = sortClauses(decl.clauses, "extend", report);
  const fresh = readDuration(clauses.get("fresh"), report);
  const draft = drafts.get(name);
  if (draft === undefined) {
    if (isUnread(name, unreadable)) return;
    const suggestion = guess(name, () => drafts.keys());
    report("unknown-extended", { name, suggestion }, span, respell({ file, span }, suggestion));
    return;
  }
  const by = clauses.get("by");
  const column = by?.kind === "by" ? by.column.text : "";
  if (by === undefined) report("extension-without-column", { entity: name }, span);
  const type = keyType(draft);
  if (type === null && draft.decl.word === "event" && !draft.decl.broken)
    report("nothing-to-find-by", { entity: name, link: `extend ${name}` }, span);
  const index = draft.extensions.length;
  const byType = type === null || type.kind === "error" ? TEXT : type;
  const extension = { table: tableOf(decl), by: column, byType, fresh, place: { file, span } };
  draft.extensions.push(extension);
  readMembers(draft, decl.members, { file, report, extension: index, isEntity: (n) => drafts.has(n) });
  const field = by?.kind === "by" ? declaredColumn(draft, column, index) : null;
  if (by?.kind !== "by" || field === null) return;
  if (type !== null) checkColumnType(draft, field, by.column, type, report);
  draft.extensions[index] = { ...extension, by: field.column };
}

const tableOf = (decl: EntityDecl | ExtendDecl): readonly string[] =>
  (decl.table?.parts ?? []).map((part) => part.text);

function build(draft: Draft, names: FilterNames): Entity {
  const header = readHeader(draft, names);
  return {
    name: draft.name,
    kind: draft.decl.word,
    doc: draft.decl.doc,
    place: draft.place,
    table: tableOf(draft.decl),
    key: draft.key?.name ?? null,
    fields: allFields(draft),
    links: draft.links,
    extensions: draft.extensions,
    ...header,
  };
}

function readDefault(declared: readonly Declared<EntityDecl>[], drafts: ReadonlyMap<string, Draft>): string | null {
  let first: string | null = null;
  for (const { decl, report } of declared) {
    const { text: name, span } = decl.name;
    if (!decl.isDefault || name === "" || drafts.get(name)?.decl !== decl) continue;
    if (first !== null) report("several-defaults", { name, first }, span);
    else first = name;
  }
  return first;
}
