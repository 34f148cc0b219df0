import type { Fix } from "../diagnostics/diagnostic.ts";
import type { Entity } from "../model/model.ts";
import { FUNCTION_WORDS, OPERATORS, STEP_WORDS, type StepId, TAKING_MORE } from "../operators/table.ts";
import type { Expr, Name } from "../syntax/ast.ts";
import type { Span } from "../text/span.ts";
import { type EntityType, ERROR } from "../types/type.ts";
import { checkUnitWord } from "./calendar-unit.ts";
import { type Context, entityOf, refer, replace, report, strip, words } from "./context.ts";
import { resolve, type Shape } from "./resolve.ts";
import { resolveGroupCall, resolveGrouping } from "./resolve-group.ts";
import { useMember } from "./resolve-name.ts";
import { resolvePart } from "./resolve-part.ts";
import { isPopulationCall, resolvePopulationCall } from "./resolve-population.ts";
import { fieldNamed, inside, insideGroup, lookup, namesOf, rowOf, type Scope, visibleRows } from "./scope.ts";
import { suggest } from "./spelling.ts";
import { isNarrowing, isOverElements, type StepForm, stepExample, stepForm } from "./step-signature.ts";
import { reportUnknownMember } from "./unknown-name.ts";

/** `last_90d`, `Last90d`: a window in other letters. */
function windowMeant(name: string): string | null {
  const plain = name.replaceAll("_", "").toLowerCase();
  return plain !== name && /^(?:last|next)\d{1,5}(?:min|h|d|w|mo|q|y)$/.test(plain) ? plain : null;
}

/** What other languages call the steps. */
const STEPS_OF_OTHERS: ReadonlyMap<string, string> = new Map([
  ["filter", "where"],
  ["with", "where"],
  ["size", "count"],
  ["length", "count"],
  ["average", "avg"],
  ["mean", "avg"],
  ["total", "sum"],
  ["maximum", "max"],
  ["minimum", "min"],
  ["unique", "distinct"],
  ["newest", "latest"],
  ["oldest", "first"],
]);

type Collection = Extract<Shape, { kind: "collection" }>;
type Of<K extends Expr["kind"]> = Extract<Expr, { kind: K }>;

/** `object.name`: a field, link or trait of a row, or a step without parentheses. */
export function resolveMember(expr: Of<"member">, scope: Scope, ctx: Context): Shape {
  const part = resolvePart(expr, scope, ctx);
  if (part !== undefined) return part;
  const shape = resolveObject(expr.object, scope, ctx);
  if (expr.name.text === "" || shape?.kind === "error") return ERROR;
  if (shape === null) return afterValue(expr, ctx);
  const entity = entityOf(ctx, shape.kind === "entity" ? shape.name : shape.of);
  if (entity === null) return ERROR;
  if (shape.kind === "gaps") return ofGaps(expr, expr.name, shape, ctx);
  if (shape.kind === "entity") return memberOfRow(expr, entity, scope, ctx);
  return memberOfCollection(expr, shape, entity, scope, ctx);
}

/** `object.name(…)`: a step with what it is given. */
export function resolveStep(expr: Of<"step">, scope: Scope, ctx: Context): Shape {
  const shape = resolveObject(expr.object, scope, ctx);
  if (expr.name.text === "" || shape?.kind === "error") return ERROR;
  if (shape?.kind === "gaps") return ofGaps(expr, expr.name, shape, ctx);
  if (shape?.kind !== "collection") return notACollection(expr.object, expr.name, shape, ctx);
  const entity = entityOf(ctx, shape.of);
  const id = stepNamed(expr.name, entity, ctx);
  if (entity === null || id === null) return ERROR;
  ctx.tables.resolved.set(expr, { kind: "step", name: id });
  if (!takesGroups(id, shape, expr.name, ctx)) return ERROR;
  const form = stepForm(id, shape, expr.args);
  if (form === null) return wrongArguments(id, expr.name.span, expr.args.length, ctx);
  resolveArguments(expr, form, shape, entity, scope, ctx);
  return given(form, shape);
}

/** What a step is given: asked of each element, or of each group, or once where the chain stands. */
function resolveArguments(
  { object, args }: Of<"step">,
  form: StepForm,
  shape: Collection,
  entity: Entity,
  scope: Scope,
  ctx: Context,
): void {
  const per = shape.grouped ? perOf(object, ctx.tables) : null;
  const inner = per === null ? inside(scope, entity) : insideGroup(scope, entity, per);
  for (const [i, arg] of args.entries()) {
    const place = form.signature.operands[form.places[i] ?? 0]?.accepts;
    if (place === "fields") continue;
    if (place === "grouping") resolveGrouping(arg.value, inner, ctx);
    else resolve(arg.value, isOverElements(form, i) ? inner : scope, ctx);
  }
}

/** `object.last90d`. */
export function resolveWindowStep(expr: Of<"windowStep">, scope: Scope, ctx: Context): Shape {
  const shape = resolveObject(expr.object, scope, ctx);
  if (shape?.kind === "error") return shape;
  if (shape?.kind === "collection") {
    const step = ctx.text.slice(expr.stepSpan.start, expr.stepSpan.end);
    return shape.grouped ? notAfterPer(step, expr.stepSpan, ctx) : shape;
  }
  const name: Name = {
    text: ctx.text.slice(expr.stepSpan.start, expr.stepSpan.end),
    span: expr.stepSpan,
    quoted: false,
  };
  return shape?.kind === "gaps" ? ofGaps(expr, name, shape, ctx) : notACollection(expr.object, name, shape, ctx);
}

/** `purchases.gaps.median`: nothing else stands after the waits. */
function ofGaps(
  expr: Of<"member"> | Of<"step"> | Of<"windowStep">,
  name: Name,
  gaps: Extract<Shape, { kind: "gaps" }>,
  ctx: Context,
): Shape {
  const id = expr.kind === "member" ? STEP_WORDS.get(name.text) : undefined;
  if (id === undefined || stepForm(id, gaps, []) === null) {
    report(ctx, "not-of-gaps", { name: name.text }, name.span);
    return ERROR;
  }
  ctx.tables.resolved.set(expr, { kind: "step", name: id });
  return null;
}

/** `name(…)`: a function. */
export function resolveCall(expr: Of<"call">, scope: Scope, ctx: Context): Shape {
  const name = expr.name.text;
  const inGroup = resolveGroupCall(expr, scope, ctx);
  if (inGroup !== undefined) return inGroup;
  const id = FUNCTION_WORDS.get(name);
  if (id === undefined) {
    const step = stepMeant(expr, scope, ctx);
    if (step !== null) {
      const fixes = [replace(ctx, `Write \`${step}\``, expr.span, step)];
      report(ctx, "unknown-function", { name, suggestion: null, hint: `Write \`${step}\`.` }, expr.name.span, {
        fixes,
      });
      return ERROR;
    }
    for (const arg of expr.args) resolve(arg.value, scope, ctx);
    if (name !== "") {
      const suggestion = suggest(name, () => FUNCTION_WORDS.keys(), ctx.tables.diagnostics);
      const fixes = suggestion === null ? [] : [replace(ctx, `Write \`${suggestion}\``, expr.name.span, suggestion)];
      report(ctx, "unknown-function", { name, suggestion, hint: null }, expr.name.span, { fixes });
    }
    return ERROR;
  }
  ctx.tables.resolved.set(expr, { kind: "function", name: id });
  if (isPopulationCall(id)) return resolvePopulationCall(expr, id, scope, ctx);
  const operands = OPERATORS[id].signatures[0]?.operands ?? [];
  const isMore = TAKING_MORE.has(id) && expr.args.length > operands.length;
  if ((expr.args.length !== operands.length && !isMore) || expr.args.some((a) => a.label !== null)) {
    const example = operands.length === 0 ? name : `${name}(${operands.map((o) => o.name).join(", ")})`;
    report(ctx, "wrong-arguments", { name, example }, expr.name.span);
    return ERROR;
  }
  for (const [i, arg] of expr.args.entries()) {
    if (operands[i]?.accepts !== "unit") resolve(arg.value, scope, ctx);
    else if (!checkUnitWord(arg.value, ctx)) return ERROR;
  }
  return null;
}

/** `SUM(purchases.amount)` as SQL and spreadsheets write it: the same as a step; null for anything else. */
function stepMeant(expr: Of<"call">, scope: Scope, ctx: Context): string | null {
  const word = expr.name.text.toLowerCase();
  const step = STEP_WORDS.has(word) ? word : (STEPS_OF_OTHERS.get(word) ?? null);
  const only = expr.args.length === 1 ? expr.args[0]?.value : undefined;
  if (step === null || only === undefined) return null;
  const written = (part: Expr): string => ctx.text.slice(part.span.start, part.span.end);
  const isMany = (part: Expr): boolean => {
    if (part.kind === "windowStep" || part.kind === "step") return isMany(part.object);
    if (part.kind !== "name") return false;
    const [found, ...others] = lookup(part.name.text, scope, ctx.declared);
    if (found?.kind !== "link" || others.length > 0) return false;
    return found.row.entity.links.get(found.name)?.kind === "many";
  };
  if (isMany(only)) return step === "count" ? `${written(only)}.count` : null;
  if (only.kind !== "member" || !isMany(only.object) || step === "count") return null;
  const many = { kind: "collection", of: "", grouped: false } as const;
  const isStep = stepForm(STEP_WORDS.get(step) as StepId, many, expr.args) !== null;
  return isStep ? `${written(only.object)}.${step}(${only.name.text})` : null;
}

/** An entity's name that means a row in play, as in `Customer.country`; null for any other name. */
export function rowQualifier(expr: Of<"name">, scope: Scope, ctx: Context): EntityType | null {
  const name = expr.name.text;
  if (!ctx.model.entities.has(name) || lookup(name, scope, ctx.declared).length > 0) return null;
  const row = rowOf(scope, name);
  if (row === null) return null;
  const type: EntityType = { kind: "entity", name };
  ctx.tables.resolved.set(expr, { kind: "scope", depth: row.depth, entity: name });
  ctx.tables.types.set(expr, type);
  refer(ctx, { kind: "entity", name }, expr.span);
  return type;
}

/** What stands before a dot: an expression, or an entity's name. */
function resolveObject(object: Expr, scope: Scope, ctx: Context): Shape {
  if (object.kind !== "name") return resolve(object, scope, ctx);
  const row = rowQualifier(object, scope, ctx);
  if (row !== null) return row;
  const name = object.name.text;
  if (!ctx.model.entities.has(name) || scope.rows.length === 0 || lookup(name, scope, ctx.declared).length > 0) {
    return resolve(object, scope, ctx);
  }
  ctx.tables.types.set(object, ERROR);
  report(ctx, "entity-out-of-scope", { name, here: visibleRows(scope).map((r) => r.entity.name) }, object.span);
  return ERROR;
}

function memberOfRow(expr: Of<"member">, entity: Entity, scope: Scope, ctx: Context): Shape {
  const { text: name, span } = expr.name;
  const field = fieldNamed(entity, name, scope.header);
  if (field !== null) return useMember(expr, field, "field", entity.name, null, span, scope, ctx);
  if (scope.header && (entity.links.has(name) || ctx.declared.has(name))) {
    report(ctx, "not-in-a-header", { name }, span);
    return ERROR;
  }
  if (entity.links.has(name)) return useMember(expr, name, "link", entity.name, null, span, scope, ctx);
  const unit = ctx.declared.get(name);
  if (unit?.kind === "trait" && unit.entity === entity.name) {
    return useMember(expr, name, "trait", entity.name, null, span, scope, ctx);
  }
  if (unit?.kind === "unreadable" || (unit?.kind === "trait" && unit.entity === null)) return ERROR;
  if (isStepWord(name)) return notACollection(expr.object, expr.name, { kind: "entity", name: entity.name }, ctx);
  reportUnknownMember(expr, entity, scope, ctx);
  return ERROR;
}

function memberOfCollection(expr: Of<"member">, shape: Collection, entity: Entity, scope: Scope, ctx: Context): Shape {
  const { text: name, span } = expr.name;
  const field = entity.fields.get(name);
  const isStep = STEP_WORDS.has(name);
  if (shape.grouped && !isStep && (field !== undefined || entity.links.has(name))) return notAfterPer(name, span, ctx);
  if (!isStep) {
    const link = words(ctx, expr.object.span);
    if (field !== undefined && !field.hidden) {
      const numeric = field.type.kind === "integer" || field.type.kind === "decimal" || field.type.kind === "float";
      report(ctx, "field-of-many", { name, link, numeric, timed: entity.kind === "event" }, span);
      return ERROR;
    }
    const behind = entity.links.get(name);
    if (behind?.kind === "many") return useMember(expr, name, "link", entity.name, null, span, scope, ctx);
    if (behind !== undefined) {
      report(ctx, "link-of-many", { name, link, timed: entity.kind === "event" }, span);
      return ERROR;
    }
  }
  const id = stepNamed(expr.name, entity, ctx);
  if (id === null) return ERROR;
  ctx.tables.resolved.set(expr, { kind: "step", name: id });
  if (!takesGroups(id, shape, expr.name, ctx)) return ERROR;
  const form = stepForm(id, shape, []);
  return form === null ? wrongArguments(id, span, 0, ctx) : given(form, shape);
}

/** The step that a name means; null when it is none, which is reported here. */
function stepNamed(name: Name, entity: Entity | null, ctx: Context): StepId | null {
  const id = STEP_WORDS.get(name.text);
  if (id !== undefined) return id;
  const suggestion =
    STEPS_OF_OTHERS.get(name.text.toLowerCase()) ??
    windowMeant(name.text) ??
    suggest(name.text, () => STEP_WORDS.keys(), ctx.tables.diagnostics);
  const fixes: Fix[] = suggestion === null ? [] : [replace(ctx, `Write \`.${suggestion}\``, name.span, suggestion)];
  const fields = () => (entity === null ? [] : namesOf(entity, ctx.declared));
  const field = suggestion === null ? suggest(name.text, fields, ctx.tables.diagnostics) : null;
  const hint =
    field === null ? null : `Did you mean the field \`${field}\`? It can stand inside a step: \`.where(${field} …)\`.`;
  report(ctx, "unknown-step", { name: name.text, suggestion, hint }, name.span, { fixes });
  return null;
}

/** What a step over a collection gives, as far as names need it. */
function given(form: StepForm, shape: Collection): Shape {
  const { result } = form.signature;
  if (result.kind === "element") return { kind: "entity", name: shape.of };
  if (result.kind === "gaps") return { kind: "gaps", of: shape.of };
  if (result.kind === "groups") return { ...shape, grouped: true };
  return isNarrowing(form) ? shape : null;
}

/** Whether the step may follow: after `.per(…)` only what asks neither when nor which element. */
function takesGroups(id: StepId, shape: Collection, name: Name, ctx: Context): boolean {
  if (!shape.grouped || OPERATORS[id].signatures[0]?.operands[0]?.accepts === "collection") return true;
  notAfterPer(name.text, name.span, ctx);
  return false;
}

function notAfterPer(step: string, at: Span, ctx: Context): Shape {
  report(ctx, "after-per", { step: `.${step}` }, at);
  return ERROR;
}

/** What the groups of a chain are made by. */
function perOf(chain: Expr, tables: Context["tables"]): Expr | null {
  let at = strip(chain);
  while (at.kind === "step") {
    const named = tables.resolved.get(at);
    if (named?.kind === "step" && named.name === "per") return at.args[0]?.value ?? null;
    at = strip(at.object);
  }
  return null;
}

function wrongArguments(id: StepId, at: Span, count: number, ctx: Context): Shape {
  report(ctx, "wrong-arguments", { name: `.${OPERATORS[id].words[0]}`, example: stepExample(id, count) }, at);
  return ERROR;
}

const isStepWord = (name: string) => STEP_WORDS.has(name);

/** A dot after a value: a path of a JSON value, and nothing behind any other one. */
function afterValue(expr: Of<"member">, ctx: Context): Shape {
  const { object, name } = expr;
  const field = ctx.tables.resolved.get(strip(object));
  const type = field?.kind === "field" ? entityOf(ctx, field.entity)?.fields.get(field.name)?.type : undefined;
  if (field?.kind !== "field" || type?.kind !== "json" || name.text === "")
    return notACollection(object, name, null, ctx);
  const paths = type.paths.map((path) => path.name);
  if (paths.includes(name.text)) {
    ctx.tables.resolved.set(expr, { kind: "json", entity: field.entity, field: field.name, path: name.text });
    return null;
  }
  const suggestion = suggest(name.text, () => paths, ctx.tables.diagnostics);
  const fixes = suggestion === null ? [] : [replace(ctx, `Write \`${suggestion}\``, name.span, suggestion)];
  report(ctx, "unknown-path", { name: name.text, field: field.name, paths, suggestion }, name.span, { fixes });
  return ERROR;
}

function notACollection(object: Expr, name: Name, shape: Shape, ctx: Context): Shape {
  const text = words(ctx, object.span);
  const what = shape?.kind === "entity" ? `\`${text}\` is one \`${shape.name}\`` : `\`${text}\` is a value`;
  report(ctx, "nothing-behind", { step: name.text, what }, name.span);
  return ERROR;
}
