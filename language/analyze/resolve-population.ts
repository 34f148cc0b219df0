import type { Fix } from "../diagnostics/diagnostic.ts";
import type { Operand } from "../operators/operator.ts";
import { placeArguments } from "../operators/signature.ts";
import { OPERATORS } from "../operators/table.ts";
import type { Expr } from "../syntax/ast.ts";
import type { Span } from "../text/span.ts";
import { ERROR } from "../types/type.ts";
import { type Context, report } from "./context.ts";
import { resolve, type Shape } from "./resolve.ts";
import type { Scope } from "./scope.ts";

/** The functions about the whole population. */
export type PopulationId = "ntile" | "quintile" | "decile" | "percentileRank" | "sample";

const PARTS: ReadonlySet<string> = new Set<PopulationId>(["ntile", "quintile", "decile", "percentileRank", "sample"]);

export const isPopulationCall = (id: string): id is PopulationId => PARTS.has(id);

/** `ntile(5, x, of: S, per: f)`, `sample(10%, "spring")`. */
export function resolvePopulationCall(
  expr: Extract<Expr, { kind: "call" }>,
  id: PopulationId,
  scope: Scope,
  ctx: Context,
): Shape {
  const name = expr.name.text;
  if (argumentsOf(expr, id) === null) {
    report(ctx, "wrong-arguments", { name, example: `${name}(${exampleOf(id)})` }, expr.name.span);
    return ERROR;
  }
  const stands = standsOverPopulation(name, expr.name.span, scope, ctx);
  for (const arg of expr.args) resolve(arg.value, scope, ctx);
  return stands ? null : ERROR;
}

/** What a call is given for each operand, by the operand's name; null where it does not fit. */
export function argumentsOf(
  expr: Extract<Expr, { kind: "call" }>,
  id: PopulationId,
): ReadonlyMap<string, { readonly operand: Operand; readonly value: Expr }> | null {
  const [signature] = OPERATORS[id].signatures;
  const labels = expr.args.map(({ label }) => label?.text ?? null);
  const places = signature === undefined ? null : placeArguments(signature, labels, 0);
  if (signature === undefined || places === null) return null;
  const found = new Map<string, { readonly operand: Operand; readonly value: Expr }>();
  for (const [i, { value }] of expr.args.entries()) {
    const operand = signature.operands[places[i] ?? 0];
    if (operand !== undefined) found.set(operand.name, { operand, value });
  }
  return found;
}

const exampleOf = (id: PopulationId): string =>
  (OPERATORS[id].signatures[0]?.operands ?? []).flatMap(({ name, required }) => (required ? [name] : [])).join(", ");

/** `top 10% by x of S per f with ties`. */
export function resolveRank(expr: Extract<Expr, { kind: "rank" }>, scope: Scope, ctx: Context): Shape {
  const stands = standsOverPopulation(expr.which, expr.wordSpan, scope, ctx);
  for (const part of [expr.by, expr.per]) if (part !== null) resolve(part, scope, ctx);
  if (expr.of !== null) resolveGroup(expr.of, scope, ctx);
  return stands ? null : ERROR;
}

/** What stands after `of`: a condition that a fix puts there needs parentheses. */
function resolveGroup(of: Expr, scope: Scope, ctx: Context): void {
  const { diagnostics } = ctx.tables;
  const known = diagnostics.length;
  resolve(of, scope, ctx);
  const isWhole = ({ span }: Fix["edits"][number]): boolean => span.start === of.span.start && span.end === of.span.end;
  const inParentheses = (edit: Fix["edits"][number]): Fix["edits"][number] =>
    isWhole(edit) && edit.newText.includes(" ") ? { ...edit, newText: `(${edit.newText})` } : edit;
  for (const finding of diagnostics.splice(known)) {
    const fixes = finding.fixes.map((fix) => ({ ...fix, edits: fix.edits.map(inParentheses) }));
    diagnostics.push({ ...finding, fixes });
  }
}

/** Whether the subject is all there is where something about its whole population stands; what is wrong is reported. */
function standsOverPopulation(name: string, at: Span, scope: Scope, ctx: Context): boolean {
  const [subject] = scope.rows;
  if (subject === undefined) return false;
  if (scope.header) report(ctx, "not-in-a-header", { name }, at);
  else if (scope.rows.length > 1) report(ctx, "population-inside-elements", { name, trait: null }, at);
  else if (subject.entity.kind === "event")
    report(ctx, "population-of-event", { name, event: subject.entity.name }, at);
  else return true;
  return false;
}
