import { type Analysis, partName, partsOf, roleOf, type Unit } from "../analyze/analysis.ts";
import { annotationText, annotationWords } from "../analyze/annotations.ts";
import { constantOf } from "../analyze/constants.ts";
import { strip } from "../analyze/context.ts";
import type { Model } from "../model/model.ts";
import type { Expr } from "../syntax/ast.ts";
import { InternalError } from "../text/assert.ts";
import type { ScalarType } from "../types/type.ts";
import type { Assert, Policy, Test } from "./claims.ts";
import type { Const, Pred } from "./ir.ts";
import { lowerAssert, lowerPolicy } from "./lower-claim.ts";
import { lowerCondition } from "./lower-condition.ts";
import { convertConst, lowerConstant } from "./lower-const.ts";
import type { LowerContext } from "./lower-context.ts";
import { lowerDivision, lowerSnapshot } from "./lower-division.ts";
import { lowerTest } from "./lower-example.ts";
import { lowerValue } from "./lower-value.ts";
import type { Param, Program, Segment, Segmentation, Snapshot, Split, Trait } from "./program.ts";

type Of<K extends Unit["kind"]> = Extract<Unit, { kind: K }>;

/** What the sound units of a project mean. `texts` are the files by path. */
export function lower(analysis: Analysis, model: Model, texts: ReadonlyMap<string, string>): Program {
  const sound = new Set(analysis.sound);
  const units = analysis.units.filter((unit) => sound.has(unit));
  const entityOf = new Map<string, string>();
  for (const u of units) {
    if (u.entity === null || roleOf(u) === null) continue;
    entityOf.set(u.name, u.entity);
    if (u.kind === "segmentation" || u.kind === "split")
      for (const part of partsOf(u)) entityOf.set(partName(u, part.name.text), u.entity);
  }
  const lists = new Map<string, readonly Const[]>();
  const filters = new Map<string, Pred>();
  const params = new Map<string, Param>();
  const traits = new Map<string, Trait>();
  const segments = new Map<string, Segment>();
  const segmentations = new Map<string, Segmentation>();
  const splits = new Map<string, Split>();
  const tests: Test[] = [];
  const asserts: Assert[] = [];
  const policies: Policy[] = [];
  const snapshots = new Map<string, Snapshot>();
  const contextOf = (unit: Unit): LowerContext => {
    const ctx = { analysis, model, unit, text: texts.get(unit.file) ?? "", entityOf, lists, zone: null };
    const own = unit.kind === "segment" ? unit.decl.zone : null;
    return own === null ? ctx : { ...ctx, zone: lowerValue(own, 1, ctx) };
  };
  for (const unit of units) if (unit.kind === "list") lists.set(unit.name, lowerList(unit, analysis));
  for (const unit of units) {
    switch (unit.kind) {
      case "header":
        filters.set(unit.name, lowerCondition(unit.expr, 1, contextOf(unit)));
        break;
      case "param":
        params.set(unit.name, lowerParam(unit, analysis));
        break;
      case "trait":
        traits.set(unit.name, lowerTrait(unit, contextOf(unit)));
        break;
      case "segment":
        segments.set(unit.name, lowerSegment(unit, contextOf(unit)));
        break;
      case "segmentation":
      case "split": {
        const division = lowerDivision(unit, contextOf(unit));
        if (division.kind === "segmentation") segmentations.set(unit.name, division.segmentation);
        else splits.set(unit.name, division.split);
        for (const part of division.parts) segments.set(part.name, part);
        break;
      }
      case "policy":
        policies.push(lowerPolicy(unit, contextOf(unit)));
        break;
      case "assert":
        asserts.push(lowerAssert(unit, contextOf(unit)));
        break;
      case "test":
        tests.push(lowerTest(unit, contextOf(unit)));
        break;
      case "snapshot": {
        const { snapshot, segment } = lowerSnapshot(unit, contextOf(unit));
        snapshots.set(unit.name, snapshot);
        segments.set(unit.name, segment);
        break;
      }
      case "list":
        break;
    }
  }
  return {
    model,
    filters,
    params,
    traits,
    segments,
    segmentations,
    splits,
    snapshots,
    claims: { tests, asserts, policies },
  };
}

const nameOrigin = (unit: Exclude<Unit, { kind: "header" }>) => ({ file: unit.file, span: unit.decl.name.span });

function lowerList(unit: Of<"list">, analysis: Analysis): readonly Const[] {
  const list = strip(unit.expr);
  const of = analysis.valueTypes.get(unit.name);
  if (list.kind !== "list" || of === undefined) throw new InternalError(`${unit.name} is no list`);
  return list.items.map((item) => writtenValue(item, of, unit));
}

function lowerParam(unit: Of<"param">, analysis: Analysis): Param {
  const type = analysis.valueTypes.get(unit.name);
  if (type == null) throw new InternalError(`${unit.name} has no type`);
  return { name: unit.name, type, value: writtenValue(unit.expr, type, unit), origin: nameOrigin(unit) };
}

function writtenValue(expr: Expr, type: ScalarType | null, unit: Unit): Const {
  const constant = constantOf(expr);
  if (constant === null) throw new InternalError(`${expr.kind} is no plain value`);
  const value = lowerConstant(constant, { file: unit.file, span: expr.span });
  return type === null ? value : convertConst(value, type);
}

function lowerTrait(unit: Of<"trait">, ctx: LowerContext): Trait {
  const { decl, name } = unit;
  if (unit.entity === null) throw new InternalError(`${name} is about nothing`);
  return {
    name,
    title: decl.title?.value ?? null,
    doc: decl.doc,
    entity: unit.entity,
    value: lowerValue(unit.expr, 1, ctx),
    kpi: decl.annotations.some((a) => a.name.text === "kpi"),
    origin: nameOrigin(unit),
  };
}

function lowerSegment(unit: Of<"segment">, ctx: LowerContext): Segment {
  const { decl, name } = unit;
  if (unit.entity === null) throw new InternalError(`${name} is about nothing`);
  return {
    name,
    kind: "segment",
    partOf: null,
    title: decl.title?.value ?? null,
    doc: decl.doc,
    entity: unit.entity,
    owner: annotationText(decl.annotations, "owner"),
    tags: annotationWords(decl.annotations, "tags"),
    deprecated: annotationText(decl.annotations, "deprecated"),
    condition: lowerCondition(unit.expr, 1, ctx),
    origin: nameOrigin(unit),
  };
}
