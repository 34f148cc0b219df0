import { partName, type Unit } from "../analyze/analysis.ts";
import { constantOf } from "../analyze/constants.ts";
import { strip } from "../analyze/context.ts";
import type { Entity } from "../model/model.ts";
import type { Expr } from "../syntax/ast.ts";
import type { CaseDecl, Outcome, PersonDecl, TestObject, TestValue } from "../syntax/claim-nodes.ts";
import { InternalError } from "../text/assert.ts";
import { isScalar } from "../types/kinds.ts";
import type { ScalarType, Type } from "../types/type.ts";
import type { Expected, Given, Test, TestCase, TestPerson, TestRow } from "./claims.ts";
import type { Const } from "./ir.ts";
import { convertConst, lowerConstant } from "./lower-const.ts";
import { type LowerContext, originOf, wordsOf } from "./lower-context.ts";
import { lowerDuration } from "./lower-window.ts";

type TestUnit = Extract<Unit, { kind: "test" }>;

/** A test of the program. */
export function lowerTest(unit: TestUnit, ctx: LowerContext): Test {
  const { decl } = unit;
  const entity = entityOf(unit.entity ?? "", ctx);
  const resolved = ctx.analysis.resolved.get(strip(decl.group));
  const asOf = decl.asOf === null ? null : constantOf(decl.asOf);
  if (asOf === null || decl.asOf === null || (resolved?.kind !== "segment" && resolved?.kind !== "division"))
    throw new InternalError("a test of nothing");
  const shared = decl.given === null ? emptyRow(entity) : lowerRow(decl.given, entity, ctx);
  return {
    group: resolved.name,
    kind: resolved.kind,
    entity: entity.name,
    asOf: lowerConstant(asOf, originOf(decl.asOf.span, ctx)),
    cases: decl.cases.map((one) => lowerCase(one, shared, resolved.name, ctx)),
    origin: originOf(decl.span, ctx),
  };
}

function lowerCase(one: CaseDecl, shared: TestRow, group: string, ctx: LowerContext): TestCase {
  return {
    title: one.title.value,
    people: one.people.map((person) => lowerPerson(person, shared, group, ctx)),
    origin: originOf(one.title.span, ctx),
  };
}

function lowerPerson(
  { title, object, outcome, span }: PersonDecl,
  shared: TestRow,
  group: string,
  ctx: LowerContext,
): TestPerson {
  const own = lowerRow(object, entityOf(shared.entity, ctx), ctx);
  const row: TestRow = {
    entity: own.entity,
    cells: new Map([...shared.cells, ...own.cells]),
    one: new Map([...shared.one, ...own.one]),
    many: new Map([...shared.many, ...own.many]),
  };
  const expected = outcome === null ? null : lowerOutcome(outcome, group);
  return { title: title?.value ?? null, row, expected, origin: originOf(span, ctx) };
}

function lowerOutcome({ says, tier }: Outcome, group: string): Expected {
  if (says === "in" || says === "out") return { kind: says };
  if (tier === null) throw new InternalError("an outcome of nothing");
  return { kind: "part", part: partName({ name: group }, tier.text) };
}

const emptyRow = ({ name }: Entity): TestRow => ({
  entity: name,
  cells: new Map(),
  one: new Map(),
  many: new Map(),
});

function lowerRow(object: TestObject, entity: Entity, ctx: LowerContext): TestRow {
  const cells = new Map<string, Given>();
  const one = new Map<string, TestRow>();
  const many = new Map<string, readonly TestRow[]>();
  for (const { name, value } of object.fields) {
    const field = entity.fields.get(name.text);
    const link = entity.links.get(name.text);
    if (field !== undefined) cells.set(name.text, lowerGiven(value, field.type, ctx));
    else if (link !== undefined) {
      const rows = rowsOf(value, entityOf(link.target, ctx), ctx);
      const [first] = rows;
      if (link.kind === "many") many.set(name.text, rows);
      else if (first !== undefined) one.set(name.text, first);
    } else throw new InternalError(`${entity.name} has no ${name.text}`);
  }
  return { entity: entity.name, cells, one, many };
}

function rowsOf(value: TestValue, entity: Entity, ctx: LowerContext): readonly TestRow[] {
  switch (value.kind) {
    case "object":
      return [lowerRow(value, entity, ctx)];
    case "copies":
      return new Array<TestRow>(Number(value.count.text)).fill(lowerRow(value.object, entity, ctx));
    case "listing":
      return value.items.flatMap((item) => rowsOf(item, entity, ctx));
    case "absent":
      return [];
    case "plain":
      throw new InternalError("a value is no row");
  }
}

function lowerGiven(value: TestValue, type: Type, ctx: LowerContext): Given {
  if (type.kind === "list" && value.kind === "listing")
    return { kind: "list", items: value.items.map((item) => plain(item, type.of, ctx)) };
  if (type.kind === "json" && value.kind === "object") return { kind: "json", text: jsonOf(value, type.paths, ctx) };
  if (value.kind === "absent")
    return {
      kind: "value",
      value: { kind: "const", type: { kind: "text" }, value: null, origin: originOf(value.span, ctx) },
    };
  if (!isScalar(type)) throw new InternalError(`a ${type.kind} is given no value`);
  if (value.kind === "plain" && strip(value.value).kind === "ago") {
    const ago = strip(value.value) as Extract<Expr, { kind: "ago" }>;
    return { kind: "ago", by: lowerDuration(ago.duration, -1) };
  }
  return { kind: "value", value: plain(value, type, ctx) };
}

function plain(value: TestValue, type: ScalarType, ctx: LowerContext): Const {
  const constant = value.kind === "plain" ? constantOf(value.value) : null;
  if (constant === null) throw new InternalError(`${wordsOf(value.span, ctx)} is no plain value`);
  return convertConst(lowerConstant(constant, originOf(value.span, ctx)), type);
}

type Paths = readonly { readonly name: string; readonly type: ScalarType }[];

/** A JSON value as text: numbers as written, a path that is `missing` left out. A dotted path is an object inside. */
function jsonOf({ fields }: TestObject, paths: Paths, ctx: LowerContext): string {
  const parts = fields.flatMap(({ name, value }) => {
    const type = paths.find((path) => path.name === name.text)?.type;
    if (value.kind === "absent" || type === undefined) return [];
    const { value: own } = plain(value, type, ctx);
    const written = typeof own === "string" && type.kind !== "text" ? own : JSON.stringify(own);
    return [`${JSON.stringify(name.text)}: ${written}`];
  });
  return `{${parts.join(", ")}}`;
}

function entityOf(name: string, ctx: LowerContext): Entity {
  const entity = ctx.model.entities.get(name);
  if (entity === undefined) throw new InternalError(`no entity ${name}`);
  return entity;
}
