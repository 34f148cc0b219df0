import { nearest } from "../diagnostics/suggest.ts";
import type { Annotation, FieldDecl, MemberDecl } from "../syntax/ast.ts";
import { printType } from "../types/print.ts";
import { ERROR } from "../types/type.ts";
import { type Draft, putField, take } from "./draft.ts";
import type { Field } from "./model.ts";
import { readConstraint } from "./read-constraint.ts";
import { readType } from "./read-type.ts";
import { type Report, rewrite } from "./report.ts";

/** Where a block of members stands. `extension` is null for the entity's own block. */
export interface Block {
  readonly file: string;
  readonly report: Report;
  readonly extension: number | null;
  readonly isEntity: (name: string) => boolean;
}

/** Puts fields into the draft and keeps its links for later. Something with a name that is taken is left out, after its own errors. */
export function readMembers(draft: Draft, members: readonly MemberDecl[], block: Block): void {
  for (const member of members) {
    switch (member.kind) {
      case "field": {
        const field = readField(draft, member, block);
        if (take(draft, member.name, block.file, block.report)) {
          putField(draft, field);
          if (member.isKey || isNamedKey(member)) readKey(draft, member, field, block);
        }
        break;
      }
      case "link":
        checkAnnotations(member.annotations, "link", block);
        if (take(draft, member.name, block.file, block.report)) {
          draft.pending.push({ decl: member, file: block.file, report: block.report, extension: block.extension });
        }
        break;
    }
  }
}

function readField(draft: Draft, decl: FieldDecl, block: Block): Field {
  const { file, report, extension } = block;
  const type = readType(decl.type, decl.name, block);
  const { text: name, span } = decl.name;
  if (decl.isKey && decl.optional) report("optional-key", { name }, span);
  if (decl.isKey && extension !== null) report("key-in-extension", { name, entity: draft.name }, span);
  const column = decl.column === null || decl.column.text === "" ? name : decl.column.text;
  return {
    name,
    column,
    type,
    optional: decl.optional || extension !== null,
    constraint: decl.constraint === null ? null : readConstraint(decl.constraint, type, name, report),
    annotations: checkAnnotations(decl.annotations, "field", block),
    doc: decl.doc,
    place: { file, span },
    hidden: false,
    extension,
  };
}

/** `id : key` lacks its type and means a key nevertheless. */
const isNamedKey = ({ type }: FieldDecl): boolean => type.kind === "named" && type.name.text === "key";

function readKey(draft: Draft, decl: FieldDecl, field: Field, { report, extension }: Block): void {
  if (extension !== null) return;
  if (draft.key !== null || draft.keyInError) {
    const first = draft.key?.name ?? "";
    if (draft.key !== null) report("several-keys", { entity: draft.name, first }, decl.name.span);
    return;
  }
  if (field.type.kind === "text" || field.type.kind === "integer") {
    draft.key = field;
    return;
  }
  draft.keyInError = true;
  if (field.type.kind === "error") return;
  putField(draft, { ...field, type: ERROR });
  report("key-type", { name: field.name, type: printType(field.type) }, decl.type.span);
}

const FIELD_ANNOTATIONS = ["pii", "sensitive", "mutable"] as const;
type FieldAnnotation = (typeof FIELD_ANNOTATIONS)[number];

const isFieldAnnotation = (name: string): name is FieldAnnotation => FIELD_ANNOTATIONS.some((known) => known === name);

/** The annotations of a field, each once, in a fixed order; reports every one that `word` does not have. */
export function checkAnnotations(
  written: readonly Annotation[],
  word: "field" | "link" | "model declaration",
  { file, report }: { readonly file: string; readonly report: Report },
): readonly FieldAnnotation[] {
  const known = word === "field" ? FIELD_ANNOTATIONS : [];
  const found = new Set<string>();
  for (const { name, args, span } of written) {
    if (name.text === "") continue;
    if (word !== "field" || !isFieldAnnotation(name.text)) {
      const suggestion = nearest(name.text, known);
      const fix = rewrite({ file, span: name.span }, suggestion, "@");
      report("unknown-annotation", { name: name.text, word, suggestion, known }, name.span, fix);
    } else if (args.length > 0) {
      report(
        "annotation-arguments",
        { name: name.text, example: `@${name.text}` },
        span,
        rewrite({ file, span }, `@${name.text}`),
      );
    }
    found.add(name.text);
  }
  return FIELD_ANNOTATIONS.filter((name) => found.has(name));
}
