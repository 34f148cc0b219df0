import { CATALOG, diagnose } from "../diagnostics/catalog.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { nearest } from "../diagnostics/suggest.ts";
import type { ParseResult } from "../syntax/parse.ts";
import { positionAt, type SourceFile } from "../text/source.ts";
import type { Span } from "../text/span.ts";

type File = ParseResult & { readonly source: SourceFile };

/** One code of a `// seg-allow SEG5003: reason`, and the stretch in which it silences what begins there. */
interface Allow {
  readonly file: string;
  readonly code: string;
  /** The code in the comment. */
  readonly span: Span;
  readonly from: number;
  readonly to: number;
  used: boolean;
}

/**
 * The findings without those that a comment allows, and with what is wrong with the comments. Errors cannot be allowed. `judge`: whether an allow that
 * silences nothing is one too many; not so while errors hide what would be found.
 */
export function withoutAllowed(
  files: ReadonlyMap<string, File>,
  diagnostics: readonly Diagnostic[],
  judge: boolean,
): readonly Diagnostic[] {
  const allows = new Map<string, Allow[]>();
  const about: Diagnostic[] = [];
  for (const file of files.values()) {
    const found = allowsIn(file, about);
    if (found.length > 0) allows.set(file.source.path, found);
  }
  if (allows.size === 0) return [...diagnostics, ...about];
  const left = diagnostics.filter((diagnostic) => {
    if (diagnostic.severity === "error") return true;
    const by = allows.get(diagnostic.file)?.filter((allow) => silences(allow, diagnostic)) ?? [];
    for (const allow of by) allow.used = true;
    return by.length === 0;
  });
  const unused = [...allows.values()].flat().filter(({ used }) => !used);
  if (judge) for (const { file, code, span } of unused) about.push(diagnose("allow-unused", { code }, { file, span }));
  return [...left, ...about];
}

const silences = ({ code, from, to }: Allow, diagnostic: Diagnostic): boolean =>
  diagnostic.code === code && from <= diagnostic.span.start && diagnostic.span.start < to;

const ALLOW = /^\/\/\s*seg-allow\b([^:]*)(?::(.*))?$/s;

function allowsIn(file: File, about: Diagnostic[]): Allow[] {
  const { path } = file.source;
  const found: Allow[] = [];
  let token = 0;
  for (const comment of file.comments) {
    const match = comment.kind === "line" ? ALLOW.exec(comment.text.trimEnd()) : null;
    if (match === null) continue;
    const [, names = "", reason = ""] = match;
    while (token < file.tokens.length && (file.tokens[token]?.span.start ?? 0) < comment.span.start) token++;
    const stretch = stretchOf(file, comment.span.start, token);
    const start = comment.span.start + comment.text.indexOf(names, comment.text.indexOf("seg-allow") + 9);
    const codes = codesIn(names, start);
    if (codes.length === 0)
      about.push(diagnose("allow-code", { name: null, nearest: null }, { file: path, span: comment.span }));
    for (const { name, span } of codes) {
      const code = checkedCode(name, { file: path, span }, about);
      if (code !== null) found.push({ file: path, code, span, ...stretch, used: false });
    }
    if (reason.trim() === "")
      about.push(diagnose("allow-reason", { names: names.trim() }, { file: path, span: comment.span }));
  }
  return found;
}

/** Beyond so many findings no more codes are guessed. */
const MOST_GUESSES = 50;

function codesIn(names: string, start: number): readonly { readonly name: string; readonly span: Span }[] {
  return [...names.matchAll(/[^\s,]+/gu)].map((one) => ({
    name: one[0],
    span: { start: start + one.index, end: start + one.index + one[0].length },
  }));
}

/** The code that a code or a slug names; null where that cannot be allowed, which is reported. */
function checkedCode(
  name: string,
  at: { readonly file: string; readonly span: Span },
  about: Diagnostic[],
): string | null {
  const entry = Object.entries(CATALOG).find(([slug, { number }]) => slug === name || number === name)?.[1];
  if (entry === undefined) {
    const names = [...Object.values(CATALOG).map(({ number }) => number), ...Object.keys(CATALOG)];
    const near = about.length < MOST_GUESSES ? nearest(name, names) : null;
    const fixes =
      near === null ? [] : [{ title: `Write \`${near}\``, preferred: false, edits: [{ ...at, newText: near }] }];
    about.push(diagnose("allow-code", { name, nearest: near }, at, { fixes }));
    return null;
  }
  if (entry.severity !== "error") return entry.number;
  about.push(diagnose("allow-error", { name }, at));
  return null;
}

/**
 * What a comment covers: the line that it ends, else the next line with words. Where a declaration begins there, with its annotations, all of it:
 * so the formatter, which breaks lines, changes nothing.
 */
function stretchOf(file: File, at: number, next: number): { readonly from: number; readonly to: number } {
  const { source, tokens } = file;
  const before = tokens[next - 1];
  const { line } = positionAt(source, at);
  const behind =
    before !== undefined && positionAt(source, Math.max(before.span.start, before.span.end - 1)).line === line;
  const covered = behind ? line : positionAt(source, tokens[next]?.span.start ?? source.text.length).line;
  const from = source.lineStarts[covered - 1] ?? 0;
  const to = source.lineStarts[covered] ?? source.text.length + 1;
  const declaration = declarationAt(file, from, to);
  return declaration === null ? { from, to } : { from, to: Math.max(to, declaration) };
}

/** The end of the declaration whose front or word begins in the stretch; null where none does. */
function declarationAt({ file }: File, from: number, to: number): number | null {
  let low = 0;
  let high = file.declarations.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((file.declarations[middle]?.span.end ?? 0) <= from) low = middle + 1;
    else high = middle;
  }
  const declaration = file.declarations[low];
  if (declaration === undefined) return null;
  const start = declaration.annotations[0]?.span.start ?? declaration.span.start;
  return from <= start && start < to ? declaration.span.end : null;
}
