import type { ArmDecl, TierDecl } from "../syntax/ast.ts";
import { plainNumber } from "../types/number.ts";
import type { Division, Unit } from "./analysis.ts";
import { partsOf } from "./analysis.ts";
import { condition } from "./check.ts";
import { type Context, fail, replace, report, strip, words } from "./context.ts";

type Of<K extends Unit["kind"]> = Extract<Unit, { kind: K }>;

/** The tiers of a segmentation: conditions, each with a name of its own, and `otherwise` last. */
export function checkSegmentation(unit: Of<"segmentation">, ctx: Context): void {
  const { decl, name } = unit;
  for (const tier of decl.tiers) if (tier.condition !== null) condition(tier.condition, ctx);
  eachOnce(unit, ctx);
  const others = decl.tiers.filter((tier) => tier.condition === null);
  const [first, second] = others;
  if (decl.broken) {
    fail(ctx);
    return;
  }
  if (first === undefined) {
    const last = decl.tiers.at(-1);
    const fixes =
      last === undefined || decl.tiers.some((tier) => tier.name.text === "Other")
        ? []
        : [replace(ctx, "Add `Other : otherwise`", afterOf(last), `\n${indentOf(last, ctx)}Other : otherwise`, false)];
    report(ctx, "no-otherwise", { name }, decl.name.span, { fixes });
  } else if (second !== undefined) report(ctx, "otherwise-not-last", { name, twice: true }, second.span);
  else if (first !== decl.tiers.at(-1)) report(ctx, "otherwise-not-last", { name, twice: false }, first.span);
}

const afterOf = (tier: TierDecl) => ({ start: tier.span.end, end: tier.span.end });

/** The blanks before a tier, so that a new one stands below it; of tiers on one line, two. */
function indentOf(tier: TierDecl, ctx: Context): string {
  const line = ctx.text.slice(ctx.text.lastIndexOf("\n", tier.span.start) + 1, tier.span.start);
  return /^[ \t]*$/.test(line) ? line : "  ";
}

/** Tiers and arms have names of their own. */
function eachOnce(unit: Division, ctx: Context): void {
  const seen = new Map<string, TierDecl | ArmDecl["name"]>();
  for (const { name } of partsOf(unit)) {
    if (name.text === "") fail(ctx);
    else if (seen.has(name.text)) {
      const what = unit.kind === "segmentation" ? "tier" : "arm";
      report(ctx, "duplicate-tier", { name: name.text, of: unit.name, what }, name.span);
    } else seen.set(name.text, name);
  }
}

/** The arms of a split: shares that are 100% together, drawn by a seed. */
export function checkSplit(unit: Of<"split">, ctx: Context): void {
  const { decl, name } = unit;
  eachOnce(unit, ctx);
  if (decl.broken) {
    fail(ctx);
    return;
  }
  if (decl.seed === null) {
    const at = decl.of?.span.end ?? decl.title?.span.end ?? decl.name.span.end;
    const seed = ` seed ${JSON.stringify(name)}`;
    report(ctx, "no-seed", { name }, decl.name.span, {
      fixes: [replace(ctx, `Insert \`${seed.trim()}\``, { start: at, end: at }, seed)],
    });
  }
  let sum = 0;
  for (const arm of decl.arms) {
    const buckets = bucketsOf(arm);
    if (buckets === null) {
      badShare(arm, ctx);
      return;
    }
    sum += buckets;
  }
  if (sum !== 10_000) report(ctx, "shares-do-not-sum", { name, sum: percent(sum) }, decl.name.span);
}

/** How many of the 10,000 buckets an arm takes; null where its share is none, or finer than a bucket. */
export function bucketsOf({ share }: ArmDecl): number | null {
  const bare = strip(share);
  if (bare.kind !== "number" || !bare.percent) return null;
  const [whole = "", fraction = ""] = plainNumber(bare.text, false, false).split(".");
  if (whole.length > 3 || fraction.length > 2) return null;
  const buckets = Number(whole) * 100 + Number(fraction.padEnd(2, "0"));
  return buckets > 0 && buckets <= 10_000 ? buckets : null;
}

const percent = (buckets: number): string => String(buckets / 100);

function badShare({ share }: ArmDecl, ctx: Context): void {
  const bare = strip(share);
  if (bare.kind === "error") {
    fail(ctx);
    return;
  }
  const meant = bare.kind === "number" && !bare.percent ? shareMeant(bare.text) : null;
  const fixes = meant === null ? [] : [replace(ctx, `Write \`${meant}\``, bare.span, meant)];
  report(ctx, "share-of-an-arm", { text: words(ctx, share.span), suggestion: meant }, share.span, { fixes });
}

/** `0.5` and `50` as `50%`. */
function shareMeant(text: string): string | null {
  const number = Number(text);
  const meant = number <= 1 ? number * 100 : number;
  return number > 0 && meant <= 100 && Number.isInteger(meant) ? `${meant}%` : null;
}

/** What a snapshot keeps, and as of when. */
export function checkSnapshot(unit: Of<"snapshot">, ctx: Context): void {
  const { decl } = unit;
  if (decl.broken) {
    fail(ctx);
    return;
  }
  const asOf = strip(decl.asOf);
  if (asOf.kind === "date" || asOf.kind === "timestamp") return;
  if (asOf.kind === "error") {
    fail(ctx);
    return;
  }
  report(ctx, "not-an-instant", { text: words(ctx, asOf.span) }, asOf.span);
}
