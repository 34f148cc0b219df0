import type { Fix } from "../diagnostics/diagnostic.ts";
import { OPERATORS, STEP_WORDS, type StepId } from "../operators/table.ts";
import type { Expr } from "../syntax/ast.ts";
import { ERROR } from "../types/type.ts";
import { calendarUnit } from "./calendar-unit.ts";
import { type Context, replace, report, strip, words } from "./context.ts";
import { resolve, type Shape } from "./resolve.ts";
import type { NameExpr } from "./resolve-name.ts";
import { type Candidate, groupOf, insideMember, lookup, namesOf, type Scope, type ScopeRow } from "./scope.ts";
import { quoteName } from "./spelling.ts";

type Of<K extends Expr["kind"]> = Extract<Expr, { kind: K }>;

/** The step that gives one value of a collection, by its word: what is also written like a function, over the elements of a group. */
export function aggregateNamed(word: string): StepId | null {
  const id = STEP_WORDS.get(word);
  if (id === undefined) return null;
  const [signature] = OPERATORS[id].signatures;
  const { kind } = signature?.result ?? { kind: "same" };
  const isValue = kind === "fixed" || kind === "sum" || (kind === "same" && signature?.operands.length === 2);
  return signature?.operands[0]?.accepts === "collection" && isValue && id !== "where" ? id : null;
}

/** `group`, `count`, and what is a name of one element only, where a group is what conditions are about. Undefined for every other name. */
export function resolveInGroup(
  expr: NameExpr,
  candidates: readonly Candidate[],
  scope: Scope,
  ctx: Context,
): Shape | undefined {
  const found = groupOf(scope);
  if (found === null || expr.name.quoted) return undefined;
  const name = expr.name.text;
  const isWord = name === "group" || (name === "count" && found.isOpen);
  if (!isWord) return found.isOpen ? ofElementOnly(expr, found.group, candidates, scope, ctx) : undefined;
  const inner = candidates.filter((c) => c.kind !== "param" && c.kind !== "list" && c.row.depth > found.group.depth);
  if (inner.length > 0) {
    const [first] = inner;
    const whole = first !== undefined && "row" in first ? `${quoteName(first.row.entity.name)}.${name}` : name;
    const fixes = [replace(ctx, `Write \`${whole}\``, expr.span, whole, false)];
    report(ctx, "ambiguous-name", { name, places: [`\`${whole}\``, `that of the group`] }, expr.span, { fixes });
    return ERROR;
  }
  const { depth, per } = found.group;
  if (name === "count") ctx.tables.resolved.set(expr, { kind: "groupAggregate", depth, name: "count" });
  else if (per !== null) ctx.tables.resolved.set(expr, { kind: "group", depth, per });
  return null;
}

/** A field, link, trait or segment of the elements, where no element is in play. */
function ofElementOnly(
  expr: NameExpr,
  { entity, depth, per }: ScopeRow,
  candidates: readonly Candidate[],
  scope: Scope,
  ctx: Context,
): Shape | undefined {
  const name = expr.name.text;
  const isOfElement = namesOf(entity, ctx.declared).includes(name);
  const isOfInnerRow = candidates.some((c) => "row" in c && c.row.depth > depth);
  if (!isOfElement || isOfInnerRow || scope.header) return undefined;
  const written = quoteName(name);
  const isKey = per !== null && words(ctx, per.span) === written;
  const field = entity.fields.get(name);
  const steps = isKey ? ["group"] : stepsFor(written, field?.type.kind);
  const fixes: Fix[] = steps.map((step, i) => replace(ctx, `Write \`${step}\``, expr.span, step, isKey && i === 0));
  for (const candidate of candidates) {
    if (!("row" in candidate)) continue;
    const whole = `${quoteName(candidate.row.entity.name)}.${written}`;
    steps.push(whole);
    fixes.push(replace(ctx, `Write \`${whole}\``, expr.span, whole, false));
  }
  report(ctx, "field-of-group", { name, steps }, expr.span, { fixes });
  return ERROR;
}

function stepsFor(name: string, kind: string | undefined): string[] {
  switch (kind) {
    case "integer":
    case "decimal":
    case "float":
      return [`sum(${name})`, `min(${name})`, `max(${name})`];
    case "date":
    case "timestamp":
      return [`min(${name})`, `max(${name})`];
    case "text":
      return [`min(${name})`, `distinct(${name})`];
    case "boolean":
    case undefined:
      return [`share(${name}) > 0`];
    default:
      return [`share(${name} …) > 0`];
  }
}

/** `sum(amount)` over the elements of a group. Undefined where the name is no such thing, or no group is there. */
export function resolveGroupCall(expr: Of<"call">, scope: Scope, ctx: Context): Shape | undefined {
  const found = groupOf(scope);
  const id = aggregateNamed(expr.name.text);
  if (found === null || id === null) return undefined;
  const name = expr.name.text;
  if (!found.isOpen) {
    const hint = `Inside an aggregate over a group stands something of one element, without another aggregate.`;
    report(ctx, "unknown-function", { name, suggestion: null, hint }, expr.name.span);
    return ERROR;
  }
  const operands = OPERATORS[id].signatures[0]?.operands.slice(1) ?? [];
  if (expr.args.length !== operands.length || expr.args.some((arg) => arg.label !== null)) {
    const example = operands.length === 0 ? name : `${name}(${operands.map((o) => o.name).join(", ")})`;
    const fixes =
      operands.length === 0 && expr.args.length === 0 ? [replace(ctx, `Write \`${name}\``, expr.span, name)] : [];
    report(ctx, "wrong-arguments", { name, example }, expr.name.span, { fixes });
    return ERROR;
  }
  ctx.tables.resolved.set(expr, { kind: "groupAggregate", depth: found.group.depth, name: id });
  const inner = insideMember(scope, found.group);
  for (const arg of expr.args) resolve(arg.value, inner, ctx);
  return null;
}

/** What groups are made by. The words of calendar periods are such, also where a row around has a field of that name. */
export function resolveGrouping(arg: Expr, scope: Scope, ctx: Context): void {
  const bare = strip(arg);
  const unit = calendarUnit(arg);
  const element = scope.rows.at(-1);
  if (unit === null || element === undefined) {
    resolve(arg, scope, ctx);
    return;
  }
  const isField = lookup(unit, scope, ctx.declared).some((c) => "row" in c && c.row.depth === element.depth);
  if (!isField) {
    ctx.tables.resolved.set(bare, { kind: "period", unit });
    return;
  }
  const field = `${quoteName(element.entity.name)}.${unit}`;
  const { at } = element.entity;
  const fixes = [replace(ctx, `Write \`${field}\``, arg.span, field, false)];
  if (at !== null) {
    const period = `start_of(${unit}, ${quoteName(at)})`;
    fixes.push(replace(ctx, `Write \`${period}\``, arg.span, period, false));
  }
  report(ctx, "ambiguous-name", { name: unit, places: [`\`${field}\``, `the calendar's ${unit}`] }, arg.span, {
    fixes,
  });
  ctx.tables.types.set(arg, ERROR);
}
