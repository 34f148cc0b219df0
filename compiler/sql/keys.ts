import {
  AliasNode,
  IdentifierNode,
  type OperationNode,
  SelectQueryNode,
  SetOperationNode,
  sql,
  WhereNode,
} from "kysely";
import { bind } from "../../language/meaning/bind.ts";
import { normalize } from "../../language/meaning/normalize.ts";
import type { Program } from "../../language/meaning/program.ts";
import { TEXT } from "../../language/types/type.ts";
import { type KeyPlan, planKeys } from "../plan/plan-keys.ts";
import { planSegments } from "../plan/plan-segments.ts";
import { reachable } from "../plan/reachable.ts";
import { byEntity, dialectOf, type SqlOptions, tableNames } from "./compile.ts";
import { constantSql, type Emitter } from "./emitter.ts";
import { plain, ref, type Sql } from "./fragment.ts";
import { orderBy, withNode } from "./query.ts";
import { compileQuery } from "./query-compiler.ts";
import { countName, relationNode, selection } from "./relation.ts";
import type { Answer } from "./runner.ts";
import { scalarOf } from "./scale.ts";
import type { Parameter } from "./statement.ts";
import { USUAL_STORAGE } from "./storage.ts";
import { writing } from "./writing.ts";

/** A statement that finds what is wrong with the keys of a table; `keyProblems` reads its rows. */
export interface KeyCheck {
  readonly entity: string;
  /** As written in the model. */
  readonly table: readonly string[];
  readonly sql: string;
  readonly parameters: readonly Parameter[];
}

/** Why a run must stop. */
export interface KeyProblem {
  readonly kind: "missingKey" | "duplicateKey";
  readonly entity: string;
  readonly table: readonly string[];
  /** Up to three keys, in the order of their bytes; none where it is the key that is missing. */
  readonly offenders: readonly string[];
  /** How many rows have no key; how many keys stand there more than once. */
  readonly count: number;
}

/**
 * A check of each table whose keys the segments rely on: that of their entities, of what they link to, of extensions they read.
 * They are run before the segments themselves; a problem stops the run.
 */
export function keyCheckSql(program: Program, options: Omit<SqlOptions, "shape">): readonly KeyCheck[] {
  const { asOf, zone } = options;
  const normal = normalize(bind(reachable(program, options.segments), options), zone);
  const segments = options.segments.filter((name) => normal.segments.has(name));
  const keyed = new Map<string, Set<number>>();
  for (const some of byEntity(normal, segments)) {
    for (const { entity, extensions } of planSegments(normal, some, asOf, zone).keyed) {
      const known = keyed.get(entity) ?? new Set();
      keyed.set(entity, known);
      for (const extension of extensions) known.add(extension);
    }
  }
  const all = [...keyed].map(([entity, extensions]) => ({ entity, extensions: [...extensions].sort((a, b) => a - b) }));
  return planKeys(normal, all, asOf, zone).map((plan) => checkOf(normal, plan, options));
}

function checkOf(program: Program, plan: KeyPlan, options: Omit<SqlOptions, "shape">): KeyCheck {
  const { zone, inline } = options;
  const dialect = dialectOf(options.dialect);
  const session = writing({
    dialect,
    storage: options.storage ?? USUAL_STORAGE,
    inline,
    zone,
    longestList: 1000,
    names: [...plan.relations.map(({ name }) => name), ...tableNames(program)],
  });
  const named = plan.relations.map((relation) => ({
    name: relation.name,
    node: relationNode(session.emitterOf(relation), relation) as OperationNode,
  }));
  const keys = plan.relations.at(-1)?.name ?? "";
  const node = problemsNode(session.emitterOf({ sources: [] }), plan, keys);
  const compiled = compileQuery(dialect, inline, {
    ...node,
    ...withNode([...session.lists(), ...named]),
  } as SelectQueryNode);
  return { entity: plan.entity, table: plan.table, ...compiled };
}

/** Rows of `problem`, `key` (missing where that is the problem) and `count`. */
function problemsNode(by: Emitter, plan: KeyPlan, keys: string): SelectQueryNode {
  const key = ref("k", "key");
  const text = by.operators.text.order(by.operators.keyText(key, scalarOf(plan.key)));
  const place = sql`row_number() over (order by ${text})`;
  const duplicates = select(keys, "k", sql`${key} is not null and ${ref("k", "rows")} > 1`, {
    key: by.operators.keyText(key, scalarOf(plan.key)),
    count: sql`${countName(by)}(*) over ()`,
    place,
  });
  const first = SelectQueryNode.cloneWithSelections(
    SelectQueryNode.createFrom([AliasNode.create(duplicates, IdentifierNode.create("d"))]),
    [
      selection(plain("'duplicateKey'"), "problem"),
      selection(ref("d", "key"), "key"),
      selection(ref("d", "count"), "count"),
      selection(ref("d", "place"), "place"),
    ],
  );
  const three = { ...first, where: WhereNode.create(sql`${ref("d", "place")} <= 3`.toOperationNode()) };
  const missing = select(keys, "k", sql`${key} is null`, {
    problem: plain("'missingKey'"),
    key: constantSql(by, { kind: "constant", type: TEXT, value: null }),
    count: ref("k", "rows"),
    place: plain("0"),
  });
  const both = plan.isRequired
    ? SelectQueryNode.cloneWithSetOperations(missing, [SetOperationNode.create("union", three, true)])
    : three;
  const problems = SelectQueryNode.createFrom([AliasNode.create(both, IdentifierNode.create("p"))]);
  const columns = ["problem", "key", "count"].map((name) => selection(ref("p", name), name));
  return { ...SelectQueryNode.cloneWithSelections(problems, columns), ...orderBy(ref("p", "place")) };
}

function select(from: string, alias: string, where: Sql, columns: Readonly<Record<string, Sql>>): SelectQueryNode {
  const source = AliasNode.create(sql`${sql.id(from)}`.toOperationNode(), IdentifierNode.create(alias));
  const node = SelectQueryNode.cloneWithSelections(
    SelectQueryNode.createFrom([source]),
    Object.entries(columns).map(([name, value]) => selection(value, name)),
  );
  return { ...node, where: WhereNode.create(where.toOperationNode()) };
}

/** What the rows of a key check say. */
export function keyProblems(
  { entity, table }: Pick<KeyCheck, "entity" | "table">,
  rows: readonly Readonly<Record<string, Answer>>[],
): readonly KeyProblem[] {
  const problems: KeyProblem[] = [];
  for (const row of rows) {
    const kind = row["problem"] === "missingKey" ? "missingKey" : "duplicateKey";
    const count = Number(row["count"]);
    const last = problems.at(-1);
    const offenders = row["key"] === null || row["key"] === undefined ? [] : [String(row["key"])];
    if (last?.kind === kind) problems[problems.length - 1] = { ...last, offenders: [...last.offenders, ...offenders] };
    else problems.push({ kind, entity, table, offenders, count });
  }
  return problems;
}
