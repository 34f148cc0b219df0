/** What `language` offers: a text into a checked, typed meaning, and what people are told on the way. */

export type { Analysis, Reference, ReferenceTarget, Resolved, Unit } from "./analyze/analysis.ts";
export { CATALOG, type Code, diagnose, type Entry, type ParamsOf, type Slug } from "./diagnostics/catalog.ts";
export type { Diagnostic, Fix, Related, Severity, TextEdit } from "./diagnostics/diagnostic.ts";
export { codeFrame, PLAIN, renderDiagnostic, type Style } from "./diagnostics/render.ts";
export { nearest } from "./diagnostics/suggest.ts";
export { type Formatted, format } from "./format/format.ts";
export { bind } from "./meaning/bind.ts";
export {
  civil,
  dayOf,
  formatDay,
  formatInstant,
  isZone,
  parseDay,
  parseInstant,
  startOfDay,
} from "./meaning/calendar.ts";
export type {
  AggregateFn,
  Bound,
  Collection,
  Const,
  Origin,
  Pred,
  Row,
  Step,
  Test,
  Value,
  Window,
} from "./meaning/ir.ts";
export { normalize } from "./meaning/normalize.ts";
export { printPred, printValue } from "./meaning/print.ts";
export type { Circumstances, Param, Program, Segment, Trait } from "./meaning/program.ts";
export { buildModel } from "./model/build.ts";
export type {
  CalendarUnit,
  Constraint,
  Duration,
  DurationUnit,
  Entity,
  Extension,
  Field,
  Link,
  Model,
  Place,
} from "./model/model.ts";
export {
  FUNCTION_WORDS,
  OPERATOR_IDS,
  OPERATORS,
  type OperatorId,
  operatorsNamed,
  STEP_WORDS,
} from "./operators/table.ts";
export { loadProject, type Project } from "./project.ts";
export type { Declaration, Expr, SegFile } from "./syntax/ast.ts";
export { type ParseResult, parse } from "./syntax/parse.ts";
export { assertNever, InternalError } from "./text/assert.ts";
export { compareText } from "./text/compare.ts";
export { type Position, positionAt, type SourceFile, sourceFile } from "./text/source.ts";
export { cover, type Span, span, touches } from "./text/span.ts";
export { describeType, printType } from "./types/print.ts";
export type { ScalarType, Type } from "./types/type.ts";
