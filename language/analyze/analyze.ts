import type { Model } from "../model/model.ts";
import type { SegFile } from "../syntax/ast.ts";
import type { Analysis, Unit } from "./analysis.ts";
import { checkUnit } from "./check-unit.ts";
import { type Context, emptyTables, type Tables } from "./context.ts";
import { declare } from "./declare.ts";
import { dependencies, reportCycle } from "./depend.ts";
import { limitGrowth } from "./grow.ts";
import { components } from "./order.ts";
import { resolveUnit } from "./resolve-unit.ts";
import { type Scope, subjectRow } from "./scope.ts";

/** One file as analysis needs it. */
export interface AnalyzedFile {
  readonly file: SegFile;
  readonly text: string;
}

/** Resolves, checks and orders everything that a project declares over its model. `files` are in order of path. */
export function analyze(files: readonly AnalyzedFile[], model: Model): Analysis {
  const declarations = declare(
    files.map((f) => f.file),
    model,
  );
  const { units, declared, lost } = declarations;
  const tables = emptyTables();
  tables.diagnostics.push(...declarations.diagnostics);
  for (const unit of declarations.failed) tables.failed.add(unit);
  const texts = new Map(files.map((f) => [f.file.path, f.text]));
  const contextOf = (unit: Unit): Context => ({
    model,
    declared,
    lost,
    tables,
    unit,
    text: texts.get(unit.file) ?? "",
  });

  for (const unit of units) resolveUnit(unit, scopeOf(unit, model), contextOf(unit));
  const found = dependencies(units, declared, tables);
  const { reads, next } = found;
  const parts = components(units.length, next);
  for (const part of parts) reportCycle(part, units, found, tables);
  const order = parts.flat().map((i) => units[i] as Unit);
  for (const unit of order) checkUnit(unit, contextOf(unit));
  failWithWhatIsRead(parts.flat(), units, next, tables);
  limitGrowth(order, reads, tables);
  const { resolved, types, wanted, uses, references, valueTypes, diagnostics } = tables;
  const sound = order.filter((unit) => !tables.failed.has(unit));
  return { units, resolved, types, wanted, uses, references, sound, valueTypes, diagnostics };
}

/** What the unit's own expression sees. */
function scopeOf(unit: Unit, model: Model): Scope {
  const entity = unit.entity === null ? undefined : model.entities.get(unit.entity);
  return { rows: entity === undefined ? [] : [subjectRow(entity)], header: unit.kind === "header" };
}

/** A unit that reads one with an error is left out with it, without another report. `order` has what is read first. */
function failWithWhatIsRead(
  order: readonly number[],
  units: readonly Unit[],
  next: readonly (readonly number[])[],
  tables: Tables,
): void {
  for (const i of order) {
    if (next[i]?.some((target) => tables.failed.has(units[target] as Unit))) tables.failed.add(units[i] as Unit);
  }
}
