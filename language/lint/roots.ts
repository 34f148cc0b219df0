import type { Pred, Value } from "../meaning/ir.ts";
import type { Program } from "../meaning/program.ts";
import { type Visitor, walkPred, walkValue } from "../meaning/walk.ts";

/** What a declaration means, over a row of an entity at depth 0: a condition or a value. Each is looked at once, where it is declared. */
export type Root =
  | { readonly kind: "pred"; readonly pred: Pred; readonly entity: string }
  | { readonly kind: "value"; readonly value: Value; readonly entity: string };

/** Everything that was written: headers, traits, segments, tiers. What others are made of (the tiers' own segments, arms, snapshots) is not said twice. */
export function rootsOf(program: Program): readonly Root[] {
  const roots: Root[] = [];
  for (const [entity, pred] of program.filters) roots.push({ kind: "pred", pred, entity });
  for (const { value, entity } of program.traits.values()) roots.push({ kind: "value", value, entity });
  for (const { kind, condition, entity } of program.segments.values())
    if (kind === "segment") roots.push({ kind: "pred", pred: condition, entity });
  for (const { tiers, entity } of program.segmentations.values())
    for (const { condition } of tiers) if (condition !== null) roots.push({ kind: "pred", pred: condition, entity });
  return roots;
}

/** Visits all that is in the roots of a program. */
export function walkRoots(program: Program, visitor: Visitor): void {
  for (const root of rootsOf(program)) {
    if (root.kind === "pred") walkPred(root.pred, 0, visitor);
    else walkValue(root.value, 0, visitor);
  }
}
