import { diagnose } from "../diagnostics/catalog.ts";
import type { Diagnostic, Fix, TextEdit } from "../diagnostics/diagnostic.ts";
import type { Declaration, Name } from "../syntax/ast.ts";
import { quoteName } from "../syntax/quote-name.ts";
import type { Linted, Rule } from "./rule.ts";

type Case = "PascalCase" | "snake_case";

/** What is written how. Lists are left out: `EU` and `preferred_brands` are both usual. */
const CASES: Readonly<Partial<Record<string, Case>>> = {
  entity: "PascalCase",
  segment: "PascalCase",
  segmentation: "PascalCase",
  split: "PascalCase",
  snapshot: "PascalCase",
  policy: "PascalCase",
  trait: "snake_case",
  param: "snake_case",
};

/** Names in another case than is usual for what they name. What is written in back-ticks is called so elsewhere. */
export const nameCase: Rule = (project) => {
  const edits = referencesByName(project);
  return [...project.files.values()].flatMap(({ file }) =>
    file.declarations.flatMap((declaration) => {
      if (declaration.broken) return [];
      return [...ofDeclaration(declaration, file.path, project, edits), ...ofMembers(declaration, file.path)];
    }),
  );
};

function ofDeclaration(
  declaration: Declaration,
  file: string,
  project: Linted,
  edits: ReadonlyMap<string, readonly TextEdit[]>,
): readonly Diagnostic[] {
  const { kind, name } = declaration;
  const wanted = inCase(name, CASES[kind]);
  if (wanted === null) return [];
  const renamed = kind === "segment" || kind === "trait" || kind === "param";
  const fixes = renamed ? rename(name, wanted, { file, kind }, project, edits) : [];
  const word = declaration.kind === "entity" ? declaration.word : kind;
  return [diagnose("name-case", { word, name: name.text, wanted }, { file, span: name.span }, { fixes })];
}

function ofMembers(declaration: Declaration, file: string): readonly Diagnostic[] {
  if (declaration.kind !== "entity" && declaration.kind !== "extend") return [];
  return declaration.members.flatMap(({ kind, name }) => {
    const wanted = inCase(name, "snake_case");
    if (wanted === null) return [];
    return [diagnose("name-case", { word: kind, name: name.text, wanted }, { file, span: name.span })];
  });
}

/** The name as it should be; null where it is so, or cannot be. */
function inCase({ text, quoted }: Name, wanted: Case | undefined): string | null {
  if (text === "" || quoted || wanted === undefined) return null;
  const words = text.split("_").filter((word) => word !== "");
  if (wanted === "PascalCase") {
    const first = text[0] as string;
    if (first === first.toUpperCase() && (words.length === 1 || !/\p{L}/u.test(text))) return null;
    return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("");
  }
  if (text === text.toLowerCase()) return null;
  return words
    .map((word) => word.replace(/(?<=\p{Ll}|\d)(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})/gu, "_").toLowerCase())
    .join("_");
}

/** The places of all uses, by kind and name. */
function referencesByName({ analysis }: Linted): ReadonlyMap<string, readonly TextEdit[]> {
  const edits = new Map<string, TextEdit[]>();
  for (const { to, place } of analysis.references) {
    const key = `${to.kind} ${to.name}`;
    const known = edits.get(key);
    const edit = { ...place, newText: "" };
    if (known === undefined) edits.set(key, [edit]);
    else known.push(edit);
  }
  return edits;
}

/** The name everywhere; not where the other one means something already, or a use may be hidden by an error. */
function rename(
  name: Name,
  wanted: string,
  { file, kind }: { readonly file: string; readonly kind: string },
  { analysis, model, broken, files }: Linted,
  edits: ReadonlyMap<string, readonly TextEdit[]>,
): readonly Fix[] {
  const taken =
    model.entities.has(wanted) ||
    analysis.units.some((unit) => unit.name === wanted) ||
    [...model.entities.values()].some(({ fields, links }) => fields.has(wanted) || links.has(wanted));
  if (taken || broken) return [];
  const newText = quoteName(wanted);
  const all: TextEdit[] = [{ file, span: name.span, newText }];
  for (const { file: where, span } of edits.get(`${kind} ${name.text}`) ?? []) {
    const text = files.get(where)?.source.text.slice(span.start, span.end) ?? "";
    // A use behind a link is blamed with what is before it.
    if (!text.endsWith(name.text)) return [];
    all.push({ file: where, span: { start: span.end - name.text.length, end: span.end }, newText });
  }
  return [{ title: `Rename it to \`${wanted}\``, preferred: false, edits: all }];
}
