import type { Entity, Link } from "../model/model.ts";
import type { Expr } from "../syntax/ast.ts";
import type { CaseDecl, Outcome, TestField, TestObject, TestValue } from "../syntax/claim-nodes.ts";
import { isScalar } from "../types/kinds.ts";
import type { ScalarType, Type } from "../types/type.ts";
import { partName, partsOf, type ReferenceTarget, type Unit } from "./analysis.ts";
import { constantOf } from "./constants.ts";
import { checkPromise } from "./constraints.ts";
import { type Context, entityOf, fail, replace, report, strip, words } from "./context.ts";
import { type FieldsRead, fieldsRead } from "./fields-read.ts";
import { fits } from "./fits.ts";
import { describe, unquoteFix } from "./reject.ts";
import { divisionNamed } from "./resolve-part.ts";
import { quoteName, suggest } from "./spelling.ts";

type TestUnit = Extract<Unit, { kind: "test" }>;

/** What a case may hold at most, copies counted. */
export const MOST_ROWS = 10_000;

/** What checking an object is given besides the context. */
interface Reading {
  readonly ctx: Context;
  /** What the tested segment is called. */
  readonly group: string;
  readonly read: FieldsRead;
}

/** A test: as of when, people that the model can have, everything that the segment needs of them, and what is expected. */
export function checkTest(unit: TestUnit, ctx: Context): void {
  const { decl, entity: name } = unit;
  if (decl.broken) fail(ctx);
  const asOf = decl.asOf === null ? null : strip(decl.asOf);
  const group = words(ctx, decl.group.span);
  if (asOf === null) {
    if (!decl.broken) report(ctx, "no-as-of", { group }, decl.group.span);
  } else if (asOf.kind !== "date" && asOf.kind !== "timestamp" && asOf.kind !== "error")
    report(ctx, "not-an-instant", { text: words(ctx, asOf.span) }, asOf.span);
  const entity = name === null ? null : entityOf(ctx, name);
  const tested = testedUnit(unit, ctx);
  if (entity === null || tested === null) {
    fail(ctx);
    return;
  }
  const reading: Reading = { ctx, group, read: fieldsRead(tested, (to) => unitOf(to, ctx), ctx) };
  const given = decl.given === null ? new Set<string>() : checkFields(decl.given, entity, reading);
  const isWhole = ctx.tables.resolved.get(strip(decl.group))?.kind === "division";
  for (const one of decl.cases) checkCase(one, entity, given, decl.given, reading);
  for (const one of decl.cases)
    for (const { outcome } of one.people) if (outcome !== null) checkOutcome(outcome, tested, isWhole, group, ctx);
}

/** The declaration of what is tested; null where it is reported. */
function testedUnit(unit: TestUnit, ctx: Context): Unit | null {
  const bare = strip(unit.decl.group);
  const resolved = ctx.tables.resolved.get(bare);
  if (resolved?.kind !== "segment" && resolved?.kind !== "division") return null;
  return unitOf({ kind: resolved.kind, name: resolved.name }, ctx);
}

function unitOf(to: ReferenceTarget, ctx: Context): Unit | null {
  if (to.kind === "field" || to.kind === "link" || to.kind === "entity") return null;
  const unit = ctx.declared.get(to.name);
  if (unit !== undefined) return unit.kind === "unreadable" ? null : unit;
  for (const other of ctx.declared.values())
    if (other.kind === "segmentation" || other.kind === "split")
      if (partsOf(other).some((part) => partName(other, part.name.text) === to.name)) return other;
  return null;
}

function checkCase(
  one: CaseDecl,
  entity: Entity,
  given: ReadonlySet<string>,
  shared: TestObject | null,
  reading: Reading,
): void {
  const { ctx } = reading;
  const common = shared === null ? 0 : rowsIn(shared);
  const rows = one.people.reduce((sum, { object }) => sum + rowsIn(object) + common, 0);
  if (rows > MOST_ROWS) {
    report(ctx, "too-many-rows", { limit: String(MOST_ROWS) }, one.title.span);
    return;
  }
  for (const { object } of one.people) {
    const own = checkFields(object, entity, reading);
    required(object, entity, new Set([...given, ...own]), reading);
  }
}

/** How many rows an object stands for, with all that is inside. */
function rowsIn(value: TestValue): number {
  switch (value.kind) {
    case "object":
      return value.fields.reduce((sum, field) => sum + rowsIn(field.value), 1);
    case "listing":
      return value.items.reduce((sum, item) => sum + rowsIn(item), 0);
    case "copies":
      return Math.min(Number(value.count.text), MOST_ROWS + 1) * rowsIn(value.object);
    case "plain":
    case "absent":
      return 0;
  }
}

/** Required fields and links that the segment reads, and an event's time, have to be given. */
function required(object: TestObject, entity: Entity, given: ReadonlySet<string>, { ctx, group, read }: Reading): void {
  const missing: string[] = [];
  for (const field of entity.fields.values()) {
    if (field.hidden || field.name === entity.key || given.has(field.name)) continue;
    const isTime = entity.kind === "event" && field.name === entity.at;
    if (isTime || (!field.optional && read.has(`${entity.name}.${field.name}`))) missing.push(field.name);
  }
  for (const link of entity.links.values())
    if (link.kind === "one" && !link.optional && !given.has(link.name) && read.has(`${entity.name}.${link.name}`))
      missing.push(link.name);
  const [first] = missing;
  if (first === undefined) return;
  const at = { start: object.span.start, end: Math.min(object.span.end, object.span.start + 1) };
  report(ctx, "not-given", { fields: missing, entity: entity.name, group }, at);
}

/** The names that an object gives, each checked against the model. */
function checkFields(object: TestObject, entity: Entity, reading: Reading): ReadonlySet<string> {
  const { ctx } = reading;
  const given = new Set<string>();
  for (const field of object.fields) {
    const name = field.name.text;
    if (name === "") continue;
    if (given.has(name)) report(ctx, "given-twice", { name }, field.name.span);
    given.add(name);
    const own = entity.fields.get(name);
    const link = entity.links.get(name);
    if (own !== undefined && !own.hidden) checkGiven(field, own.type, entity, ctx);
    else if (link !== undefined) checkLinked(field, link, reading);
    else unknownField(field, entity, ctx);
  }
  return given;
}

function unknownField(field: TestField, entity: Entity, ctx: Context): void {
  if (ctx.lost.entities.has(entity.name)) {
    fail(ctx);
    return;
  }
  const name = field.name.text;
  const names = () => [
    ...[...entity.fields.values()].filter((f) => !f.hidden).map((f) => f.name),
    ...entity.links.keys(),
  ];
  const suggestion = suggest(name, names, ctx.tables.diagnostics);
  const fixes =
    suggestion === null ? [] : [replace(ctx, `Write \`${suggestion}\``, field.name.span, quoteName(suggestion))];
  const isTrait = ctx.declared.get(name)?.kind === "trait";
  const hint = isTrait && suggestion === null ? "A trait is worked out; give the fields that it reads." : null;
  report(ctx, "unknown-member", { name, entity: entity.name, suggestion, hint }, field.name.span, { fixes });
}

function checkLinked({ name, value }: TestField, link: Link, reading: Reading): void {
  const { ctx } = reading;
  const target = entityOf(ctx, link.target);
  if (target === null) {
    fail(ctx);
    return;
  }
  const wanted = link.kind === "one" ? "one object" : "objects in `[ ]`, or `3 of { … }`";
  for (const object of objectsIn(value, link.kind === "many")) {
    if (object === null) report(ctx, "given-shape", { name: name.text, wanted }, value.span);
    else required(object, target, checkFields(object, target, reading), reading);
  }
}

/** The objects of a value; null for each part that is none. */
function objectsIn(value: TestValue, many: boolean): readonly (TestObject | null)[] {
  switch (value.kind) {
    case "object":
      return [value];
    case "absent":
      return [];
    case "copies":
      return /^\d+$/.test(value.count.text) && !value.count.percent && many ? [value.object] : [null];
    case "listing":
      return many ? value.items.flatMap((item) => (item.kind === "listing" ? [null] : objectsIn(item, true))) : [null];
    case "plain":
      return value.value.kind === "error" ? [] : [null];
  }
}

/** A value for a field of the model. */
function checkGiven({ name, value }: TestField, type: Type, entity: Entity, ctx: Context): void {
  if (type.kind === "error") fail(ctx);
  else if (value.kind === "absent") return;
  else if (type.kind === "list") checkItems(name.text, value, type.of, ctx);
  else if (type.kind === "json") checkJson(name.text, value, type.paths, ctx);
  else if (value.kind !== "plain") report(ctx, "given-shape", { name: name.text, wanted: describe(type) }, value.span);
  else if (isScalar(type)) {
    if (!checkPlain(name.text, value.value, type, ctx)) return;
    const constraint = entity.fields.get(name.text)?.constraint ?? null;
    if (constraint !== null) checkPromise(name.text, constraint, value.value, "equality", ctx);
  }
}

function checkItems(name: string, value: TestValue, of: ScalarType, ctx: Context): void {
  if (value.kind !== "listing") {
    report(ctx, "given-shape", { name, wanted: "a list in `[ ]`" }, value.span);
    return;
  }
  for (const item of value.items) {
    if (item.kind === "plain") checkPlain(name, item.value, of, ctx);
    else report(ctx, "given-shape", { name, wanted: `a list of ${of.kind}` }, item.span);
  }
}

function checkJson(
  name: string,
  value: TestValue,
  paths: readonly { readonly name: string; readonly type: ScalarType }[],
  ctx: Context,
): void {
  if (value.kind !== "object") {
    report(ctx, "given-shape", { name, wanted: "an object in `{ }`" }, value.span);
    return;
  }
  for (const field of value.fields) {
    const path = paths.find((one) => one.name === field.name.text);
    if (path === undefined) {
      const suggestion = suggest(field.name.text, () => paths.map((one) => one.name), ctx.tables.diagnostics);
      const fixes =
        suggestion === null ? [] : [replace(ctx, `Write \`${suggestion}\``, field.name.span, quoteName(suggestion))];
      report(ctx, "unknown-member", { name: field.name.text, entity: name, suggestion, hint: null }, field.name.span, {
        fixes,
      });
    } else if (field.value.kind === "plain") checkPlain(field.name.text, field.value.value, path.type, ctx);
    else if (field.value.kind !== "absent")
      report(ctx, "given-shape", { name: field.name.text, wanted: describe(path.type) }, field.value.span);
  }
}

/** A plain value of the type, or `30d ago` where that is a timestamp. Whether it is one; reported where not. */
function checkPlain(name: string, expr: Expr, type: ScalarType, ctx: Context): boolean {
  const bare = strip(expr);
  if (bare.kind === "error") {
    fail(ctx);
    return false;
  }
  if (bare.kind === "ago" && type.kind === "timestamp") return true;
  const constant = constantOf(bare);
  if (constant !== null && fits(type, constant)) return true;
  const unquoted = unquoteFix(bare, type, ctx);
  const quoted = bare.kind === "name" && type.kind === "text" ? `"${bare.name.text}"` : null;
  const day = constant?.type.kind === "date" && type.kind === "timestamp" ? `${constant.value}T00:00` : null;
  const text = quoted ?? day;
  const fixes =
    unquoted !== null ? [unquoted] : text === null ? [] : [replace(ctx, `Write \`${text}\``, bare.span, text)];
  report(ctx, "given-shape", { name, wanted: describe(type) }, bare.span, { fixes });
  return false;
}

/** `is in` and `is out` of a segment; `is Active` of a segmentation or a split, whose people may also be out of all its parts. */
function checkOutcome(outcome: Outcome, tested: Unit, isWhole: boolean, group: string, ctx: Context): void {
  const division = isWhole ? divisionNamed(tested.name, ctx.declared) : null;
  if (outcome.says === null) {
    fail(ctx);
    return;
  }
  if (division === null) {
    if (outcome.says !== "tier") return;
    report(ctx, "no-such-outcome", { group, hint: "Write `is in` or `is out`." }, outcome.span);
    return;
  }
  if (outcome.says === "out") return;
  const parts = partsOf(division).map(({ name }) => name.text);
  const what = division.kind === "segmentation" ? "tier" : "arm";
  if (outcome.says === "in") {
    const hint = `Name the ${what}: \`is ${quoteName(parts[0] ?? "…")}\`.`;
    report(ctx, "no-such-outcome", { group, hint }, outcome.span);
    return;
  }
  const name = outcome.tier?.text ?? "";
  if (name === "" || parts.includes(name)) return;
  const suggestion = suggest(name, () => parts, ctx.tables.diagnostics);
  const at = outcome.tier?.span ?? outcome.span;
  const fixes = suggestion === null ? [] : [replace(ctx, `Write \`${suggestion}\``, at, quoteName(suggestion))];
  report(ctx, "unknown-tier", { name, of: tested.name, what, suggestion }, at, { fixes });
}
