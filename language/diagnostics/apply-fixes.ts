import { type SourceFile, sourceFile } from "../text/source.ts";
import type { Diagnostic, Fix, TextEdit } from "./diagnostic.ts";

/**
 * The files with as many of these fixes in them as go together: a fix is applied whole or not at all, and one that meets an earlier one is left for
 * another time. Files that no fix changes are the same objects.
 */
export function applyFixes(
  sources: readonly SourceFile[],
  fixes: readonly Fix[],
): { readonly sources: readonly SourceFile[]; readonly applied: number } {
  const edits = new Map<string, TextEdit[]>(sources.map(({ path }) => [path, []]));
  let applied = 0;
  for (const fix of fixes) if (takeFix(fix, edits)) applied++;
  const changed = sources.map((source) => {
    const wanted = edits.get(source.path) as readonly TextEdit[];
    return wanted.length === 0 ? source : sourceFile(source.path, withEdits(source.text, wanted));
  });
  return { sources: changed, applied };
}

/** Adds the edits of a fix to those of its files, which stay in order of place; adds none and answers false where one of them meets another. */
function takeFix(fix: Fix, edits: ReadonlyMap<string, TextEdit[]>): boolean {
  const taken: { readonly list: TextEdit[]; readonly edit: TextEdit }[] = [];
  for (const edit of fix.edits) {
    const list = edits.get(edit.file);
    const at = list === undefined ? -1 : placeFor(edit, list);
    if (list === undefined || at < 0) {
      for (const { list, edit } of taken) list.splice(list.indexOf(edit), 1);
      return false;
    }
    list.splice(at, 0, edit);
    taken.push({ list, edit });
  }
  return taken.length > 0;
}

/** Where in an ordered list an edit belongs; -1 where it meets one of them. */
function placeFor(edit: TextEdit, list: readonly TextEdit[]): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((list[middle] as TextEdit).span.start < edit.span.start) low = middle + 1;
    else high = middle;
  }
  const [before, after] = [list[low - 1], list[low]];
  return (before !== undefined && meet(before, edit)) || (after !== undefined && meet(edit, after)) ? -1 : low;
}

/** Two insertions at one place, or one at the edge of what another edit replaces, would depend on which comes first. */
function meet({ span: a }: TextEdit, { span: b }: TextEdit): boolean {
  const inserts = a.start === a.end || b.start === b.end;
  return inserts ? a.start <= b.end && b.start <= a.end : a.start < b.end && b.start < a.end;
}

function withEdits(text: string, edits: readonly TextEdit[]): string {
  const parts: string[] = [];
  let at = 0;
  for (const { span, newText } of edits) {
    parts.push(text.slice(at, span.start), newText);
    at = span.end;
  }
  return parts.join("") + text.slice(at);
}

/** What mending a project came to. */
export interface Mended {
  readonly sources: readonly SourceFile[];
  /** How many fixes are in them. */
  readonly applied: number;
  /** Files that stay as they are because with their fixes there would be more errors. */
  readonly held: ReadonlySet<string>;
}

/** Fixes may bring to light what others then mend; two that undo each other end here. */
const MOST_ROUNDS = 10;

/**
 * Applies the preferred fixes of what `check` finds, again and again until there are none. A file whose errors would become more stays as it is.
 */
export function mend(
  sources: readonly SourceFile[],
  check: (sources: readonly SourceFile[]) => readonly Diagnostic[],
): Mended {
  const before = check(sources);
  const held = new Set<string>();
  for (;;) {
    const { mended, after, applied } = mendExcept(held, sources, before, check);
    const changed = sources.filter((source, i) => mended[i] !== source).map(({ path }) => path);
    const worse = changed.filter((path) => errorsIn(path, after) > errorsIn(path, before));
    const more = errorCount(after) > errorCount(before);
    if (worse.length === 0 && !more) return { sources: mended, applied, held };
    for (const path of worse.length === 0 ? changed : worse) held.add(path);
  }
}

function mendExcept(
  held: ReadonlySet<string>,
  sources: readonly SourceFile[],
  before: readonly Diagnostic[],
  check: (sources: readonly SourceFile[]) => readonly Diagnostic[],
): { readonly mended: readonly SourceFile[]; readonly after: readonly Diagnostic[]; readonly applied: number } {
  let [mended, after, applied] = [sources, before, 0];
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const fixes = after
      .flatMap((diagnostic) => diagnostic.fixes.filter(({ preferred }) => preferred))
      .filter(({ edits }) => !edits.some(({ file }) => held.has(file)));
    const next = applyFixes(mended, fixes);
    if (next.applied === 0) break;
    applied += next.applied;
    mended = next.sources;
    after = check(mended);
  }
  return { mended, after, applied };
}

const isError = ({ severity }: Diagnostic): boolean => severity === "error";
const errorCount = (diagnostics: readonly Diagnostic[]): number => diagnostics.filter(isError).length;
const errorsIn = (path: string, diagnostics: readonly Diagnostic[]): number =>
  diagnostics.filter((one) => one.file === path && isError(one)).length;
