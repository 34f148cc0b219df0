import type { Expr } from "../syntax/ast.ts";
import { compareNumbers } from "../types/number.ts";
import type { Unit } from "./analysis.ts";
import { annotationWords } from "./annotations.ts";
import { condition } from "./check.ts";
import { constantOf } from "./constants.ts";
import { type Context, fail, replace, report, strip, words } from "./context.ts";
import { type Group, resolveGroup } from "./resolve-part.ts";
import { quoteName, suggest } from "./spelling.ts";

type Of<K extends Unit["kind"]> = Extract<Unit, { kind: K }>;

/** The annotations that a policy may forbid. */
export const MARKS = ["pii", "sensitive", "mutable"] as const;

/** A policy: tags that there are, conditions over the entity, annotations that fields may have. */
export function checkPolicy({ decl }: Of<"policy">, ctx: Context): void {
  if (decl.broken) fail(ctx);
  const known = () => knownTags(ctx);
  for (const tag of decl.tags) {
    if (tag.text === "" || known().has(tag.text)) continue;
    const suggestion = suggest(tag.text, known, ctx.tables.diagnostics);
    const fixes = suggestion === null ? [] : [replace(ctx, `Write \`${suggestion}\``, tag.span, quoteName(suggestion))];
    report(ctx, "unknown-tag", { name: tag.text, suggestion }, tag.span, { fixes });
  }
  for (const demand of decl.demands) {
    if (demand.kind === "require") condition(demand.condition, ctx);
    else if (demand.mark.text !== "" && !MARKS.some((mark) => mark === demand.mark.text)) {
      const suggestion = suggest(demand.mark.text, () => MARKS, ctx.tables.diagnostics);
      const fixes = suggestion === null ? [] : [replace(ctx, `Write \`${suggestion}\``, demand.mark.span, suggestion)];
      report(ctx, "unknown-mark", { name: demand.mark.text, suggestion }, demand.mark.span, { fixes });
    }
  }
}

/** The tags of everything that has any. */
function knownTags(ctx: Context): ReadonlySet<string> {
  const tags = [...ctx.declared.values()].flatMap(({ decl }) => annotationWords(decl.annotations, "tags"));
  return new Set(tags);
}

/** Finds the segments that an assertion is about. */
export function resolveAssert({ decl: { claim } }: Of<"assert">, ctx: Context): void {
  const groups =
    claim.kind === "within" ? [claim.inner, claim.outer] : claim.kind === "size" ? [claim.group] : claim.groups;
  const found = groups.map((one) => (one.kind === "error" ? null : resolveGroup(one, false, ctx)));
  if (found.some((one) => one === null)) {
    fail(ctx);
    return;
  }
  const [first, ...others] = found as readonly Group[];
  const other = others.find((one) => one.entity !== null && first?.entity != null && one.entity !== first.entity);
  if (first !== undefined && other !== undefined) {
    const at = (groups[found.indexOf(other)] as Expr).span;
    const params = { name: first.name, of: first.entity ?? "", other: other.name, otherOf: other.entity ?? "" };
    report(ctx, "different-entities", params, at);
  }
}

/** Two segments at least, or a range of shares or numbers. */
export function checkAssert({ decl }: Of<"assert">, ctx: Context): void {
  const { claim } = decl;
  if (decl.broken) fail(ctx);
  else if (claim.kind === "disjoint" && claim.groups.length < 2)
    report(ctx, "disjoint-from-nothing", {}, (claim.groups[0] as Expr).span);
  else if (claim.kind === "size" && sizeRange(claim.range) === null && strip(claim.range).kind !== "error")
    report(ctx, "not-a-size", { text: words(ctx, claim.range.span) }, claim.range.span);
}

/** A range of shares (plain decimal text, from 0 to 1) or of whole numbers; null where it is neither. */
export function sizeRange(
  expr: Expr,
): { readonly of: "share" | "count"; readonly from: string | null; readonly to: string | null } | null {
  const range = strip(expr);
  if (range.kind !== "range") return null;
  const ends = [range.from, range.to].map((end) => (end === null ? null : strip(end)));
  const known = ends.filter((end) => end !== null);
  const isShare = known.every((end) => end.kind === "number" && end.percent);
  const isCount = known.every((end) => end.kind === "number" && !end.percent && !end.text.includes("."));
  if (!isShare && !isCount) return null;
  const [from, to] = ends.map((end) => (end === null ? null : String(constantOf(end)?.value)));
  if (from === undefined || to === undefined) return null;
  if (isShare && [from, to].some((end) => end !== null && compareNumbers(end, "1") > 0)) return null;
  return from !== null && to !== null && compareNumbers(from, to) > 0
    ? null
    : { of: isShare ? "share" : "count", from, to };
}
