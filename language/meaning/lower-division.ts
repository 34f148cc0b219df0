import { type Division, partName, type Unit } from "../analyze/analysis.ts";
import { annotationText, annotationWords } from "../analyze/annotations.ts";
import { bucketsOf } from "../analyze/check-division.ts";
import { constantOf } from "../analyze/constants.ts";
import { strip } from "../analyze/context.ts";
import type { ArmDecl, Expr, TierDecl } from "../syntax/ast.ts";
import { InternalError } from "../text/assert.ts";
import type { Origin, Pred } from "./ir.ts";
import { lowerCondition } from "./lower-condition.ts";
import { lowerConstant } from "./lower-const.ts";
import { type LowerContext, originOf, scopeRow } from "./lower-context.ts";
import type { Segment, Segmentation, Snapshot, Split } from "./program.ts";

type Of<K extends Unit["kind"]> = Extract<Unit, { kind: K }>;

/** What a segmentation or a split means: itself, and its parts as segments. */
export type LoweredDivision =
  | { readonly kind: "segmentation"; readonly segmentation: Segmentation; readonly parts: readonly Segment[] }
  | { readonly kind: "split"; readonly split: Split; readonly parts: readonly Segment[] };

export const lowerDivision = (unit: Division, ctx: LowerContext): LoweredDivision =>
  unit.kind === "segmentation" ? lowerSegmentation(unit, ctx) : lowerSplit(unit, ctx);

function lowerSegmentation(unit: Of<"segmentation">, ctx: LowerContext): LoweredDivision {
  const front = frontOf(unit, ctx);
  const tiers = unit.decl.tiers.map((tier) => ({
    name: tier.name.text,
    segment: partName(unit, tier.name.text),
    condition: tier.condition === null ? null : lowerCondition(tier.condition, 1, ctx),
    origin: originOf(tier.name.span, ctx),
  }));
  const parts = unit.decl.tiers.map((tier, i) => {
    const before = tiers.slice(0, i).flatMap(({ condition }) => (condition === null ? [] : [condition]));
    const own = tiers[i]?.condition ?? null;
    return partSegment(unit, tier, tierCondition(unit, own, before, ctx), ctx);
  });
  return { kind: "segmentation", segmentation: { ...front, tiers }, parts };
}

/** In `of`, the tier's own condition, and none of those before it: the first that matches wins. */
function tierCondition(unit: Division, own: Pred | null, before: readonly Pred[], ctx: LowerContext): Pred {
  const origin = own?.origin ?? originOf(unit.decl.name.span, ctx);
  const not = before.map((item): Pred => ({ kind: "not", item, origin: item.origin }));
  return all([...within(unit, ctx), ...(own === null ? [] : [own]), ...not], origin);
}

function lowerSplit(unit: Of<"split">, ctx: LowerContext): LoweredDivision {
  const front = frontOf(unit, ctx);
  const { decl } = unit;
  if (decl.seed === null) throw new InternalError(`${unit.name} has no seed`);
  const seed = decl.seed.value;
  let to = 0;
  const arms = decl.arms.map((arm) => {
    const from = to;
    to += bucketsOf(arm) ?? 0;
    const origin = originOf(arm.name.span, ctx);
    const share = constantOf(arm.share)?.value;
    return { name: arm.name.text, segment: partName(unit, arm.name.text), share: String(share), from, to, origin };
  });
  const parts = decl.arms.map((arm, i) => {
    const { from, to: end } = arms[i] as (typeof arms)[number];
    const origin = originOf(arm.share.span, ctx);
    const row = scopeRow(0, front.entity);
    const drawn: Pred = { kind: "test", test: { kind: "bucket", row, seed, from, to: end }, origin };
    return partSegment(unit, arm, all([...within(unit, ctx), drawn], origin), ctx);
  });
  return { kind: "split", split: { ...front, seed, arms }, parts };
}

/** A snapshot, and the segment of those whose keys were stored. */
export function lowerSnapshot(
  unit: Of<"snapshot">,
  ctx: LowerContext,
): { readonly snapshot: Snapshot; readonly segment: Segment } {
  const { decl, name } = unit;
  const front = frontOf(unit, ctx);
  const of = groupOf(decl.of, ctx);
  const constant = constantOf(decl.asOf);
  if (of === null || constant === null) throw new InternalError(`${name} keeps nothing`);
  const asOf = lowerConstant(constant, originOf(decl.asOf.span, ctx));
  const row = scopeRow(0, front.entity);
  const condition: Pred = { kind: "test", test: { kind: "stored", snapshot: name, row }, origin: front.origin };
  const { title, doc, entity, origin } = front;
  return {
    snapshot: { name, title, doc, entity, of, asOf, origin },
    segment: { name, kind: "snapshot", partOf: null, title, doc, entity, ...annotated(unit), condition, origin },
  };
}

function frontOf(unit: Of<"segmentation" | "split" | "snapshot">, ctx: LowerContext) {
  const { decl, name, entity } = unit;
  if (entity === null) throw new InternalError(`${name} is about nothing`);
  const of = decl.of === null ? null : groupOf(decl.of, ctx);
  return { name, title: decl.title?.value ?? null, doc: decl.doc, entity, of, origin: originOf(decl.name.span, ctx) };
}

/** The segment that `of` names; null where it names an entity. */
function groupOf(of: Expr, ctx: LowerContext): string | null {
  const resolved = ctx.analysis.resolved.get(strip(of));
  return resolved?.kind === "segment" ? resolved.name : null;
}

/** That somebody is in `of`; nothing where that is everybody. */
function within(unit: Division, ctx: LowerContext): readonly Pred[] {
  const { of } = unit.decl;
  const name = of === null ? null : groupOf(of, ctx);
  if (of === null || name === null || unit.entity === null) return [];
  return [
    { kind: "test", test: { kind: "segment", name, row: scopeRow(0, unit.entity) }, origin: originOf(of.span, ctx) },
  ];
}

function all(items: readonly Pred[], origin: Origin): Pred {
  const [only, ...others] = items;
  if (only === undefined) return { kind: "always", value: true, origin };
  return others.length === 0 ? only : { kind: "and", items, origin };
}

function partSegment(unit: Division, part: TierDecl | ArmDecl, condition: Pred, ctx: LowerContext): Segment {
  if (unit.entity === null) throw new InternalError(`${unit.name} is about nothing`);
  return {
    name: partName(unit, part.name.text),
    kind: part.kind,
    partOf: unit.name,
    title: null,
    doc: part.doc,
    entity: unit.entity,
    ...annotated(unit),
    condition,
    origin: originOf(part.name.span, ctx),
  };
}

/** What the annotations say; tiers and arms have those of what they are part of. */
const annotated = ({ decl: { annotations } }: Of<"segmentation" | "split" | "snapshot">) => ({
  owner: annotationText(annotations, "owner"),
  tags: annotationWords(annotations, "tags"),
  deprecated: annotationText(annotations, "deprecated"),
});
