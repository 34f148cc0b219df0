import { diagnose } from "../../language/diagnostics/catalog.ts";
import type { Diagnostic } from "../../language/diagnostics/diagnostic.ts";
import { bind } from "../../language/meaning/bind.ts";
import type { Const, Origin } from "../../language/meaning/ir.ts";
import { normalize } from "../../language/meaning/normalize.ts";
import type { Program } from "../../language/meaning/program.ts";
import { InternalError } from "../../language/text/assert.ts";
import type { Plan } from "../plan/plan.ts";
import { planSegments } from "../plan/plan-segments.ts";
import { reachable } from "../plan/reachable.ts";
import { MEMBERSHIP_TABLE } from "../plan/stored-tables.ts";
import type { Dialect } from "./dialect.ts";
import { DIALECTS } from "./index.ts";
import { type Excess, excessOf, excessOfPlan, HANDY_TEXT, longestText, tooMuchText } from "./limits.ts";
import { memberProblems } from "./member-problems.ts";
import { needleProblems } from "./needles.ts";
import { statementNode } from "./query.ts";
import { type Compiled, compileQuery, TooMuchText } from "./query-compiler.ts";
import { sampleProblems } from "./samples.ts";
import type { Shape, Statement } from "./statement.ts";
import { type Storage, USUAL_STORAGE } from "./storage.ts";
import { textProblems } from "./texts.ts";
import { viewOf } from "./views.ts";
import { type Finding, writing } from "./writing.ts";
import { zoneProblems } from "./zone-problems.ts";

/** What SQL is compiled for. */
export interface SqlOptions {
  /** The name of a registered dialect. */
  readonly dialect: string;
  /** Names of segments of the program. */
  readonly segments: readonly string[];
  readonly shape: Shape;
  /** Literals instead of parameters; a view has never any. */
  readonly inline: boolean;
  readonly asOf: bigint;
  readonly zone: string;
  readonly params: ReadonlyMap<string, Const>;
  /** How the connection found the data to be stored; nothing unusual without it. */
  readonly storage?: Storage;
}

export interface CompiledSql {
  /** Of each entity one statement, of views one each, or more where one would be too large; none where there are diagnostics. */
  readonly statements: readonly Statement[];
  readonly diagnostics: readonly Diagnostic[];
}

/** SQL for segments of a program as written. The same input gives the same bytes. */
export function compileSql(program: Program, options: SqlOptions): CompiledSql {
  const { shape } = options;
  const dialect = dialectOf(options.dialect);
  const normal = normalize(bind(reachable(program, options.segments), options), options.zone);
  const segments = options.segments.filter((name) => normal.segments.has(name));
  const problems = [
    ...textProblems(normal, segments),
    ...zoneProblems(normal, segments),
    ...memberProblems(normal, segments, dialect),
    ...sampleProblems(normal, segments, dialect, options.storage ?? USUAL_STORAGE),
    ...needleProblems(normal, segments, dialect),
  ];
  if (problems.length > 0) return { statements: [], diagnostics: problems };
  const statements: Statement[] = [];
  const diagnostics: Diagnostic[] = [];
  const add = (compiled: CompiledSql): void => {
    statements.push(...compiled.statements);
    diagnostics.push(...compiled.diagnostics);
  };
  if (shape === "view")
    for (const name of segments) {
      const view = viewOf(program, name, options);
      if ("plan" in view)
        add(compileSome(normal, { ...options, dialect, inline: true, segments: [name], plan: view.plan }));
      else diagnostics.push(...view.diagnostics);
    }
  else
    for (const some of byEntity(normal, segments))
      add(compileSome(normal, { ...options, dialect, segments: some, plan: null }));
  return { statements: diagnostics.length > 0 ? [] : statements, diagnostics };
}

/** The registered dialect of that name. */
export function dialectOf(name: string): Dialect {
  const dialect = DIALECTS.get(name);
  if (dialect === undefined) throw new InternalError(`no dialect ${name}`);
  return dialect;
}

const originOf = (program: Program, segment: string): Origin => {
  const found = program.segments.get(segment);
  if (found === undefined) throw new InternalError(`no segment ${segment}`);
  return found.origin;
};

/** Segments of one entity together, in the order in which they are asked for. */
export function byEntity(program: Program, segments: readonly string[]): readonly (readonly string[])[] {
  const found = new Map<string, string[]>();
  for (const name of new Set(segments)) {
    const entity = program.segments.get(name)?.entity ?? "";
    const some = found.get(entity);
    if (some === undefined) found.set(entity, [name]);
    else some.push(name);
  }
  return [...found.values()];
}

interface Compilation extends Omit<SqlOptions, "dialect"> {
  readonly dialect: Dialect;
  /** The plan of the segments, where it is not that of as-of. */
  readonly plan: Plan | null;
}

/** One statement, or, where that is too large for the engine, two halves. */
function compileSome(program: Program, options: Compilation): CompiledSql {
  const [first] = options.segments;
  if (first === undefined) return { statements: [], diagnostics: [] };
  const attempt = attemptOf(program, options);
  if ("statement" in attempt) return { statements: [attempt.statement], diagnostics: attempt.findings };
  if (options.segments.length > 1) {
    const half = options.segments.length >> 1;
    const halves = [options.segments.slice(0, half), options.segments.slice(half)];
    const [left, right] = halves.map((segments) => compileSome(program, { ...options, segments })) as [
      CompiledSql,
      CompiledSql,
    ];
    return {
      statements: [...left.statements, ...right.statements],
      diagnostics: [...left.diagnostics, ...right.diagnostics],
    };
  }
  const engine = options.dialect.title;
  const { kind, has, most } = attempt.excess;
  const at = originOf(program, first);
  const found =
    kind === "depth"
      ? diagnose("statement-too-deep", { segment: first, engine }, at)
      : diagnose("statement-too-large", { segment: first, has, most, engine }, at);
  return { statements: [], diagnostics: [found] };
}

type Attempt =
  | { readonly statement: Statement; readonly findings: readonly Diagnostic[] }
  | { readonly excess: Excess };

const TOO_DEEP: Excess = { kind: "depth", has: "", most: "" };

/** What one statement may write out. */
interface Room {
  /** Lists of more values stand apart. */
  readonly longestList: number;
  /** Of its text, in bytes of UTF-8. */
  readonly bytes: number;
}

function attemptOf(program: Program, options: Compilation): Attempt {
  try {
    const { dialect, segments, asOf, zone } = options;
    const plan = options.plan ?? planSegments(program, segments, asOf, zone);
    const excess = excessOfPlan(plan, options.shape, dialect.limits);
    if (excess !== null) return { excess };
    const first = write(program, plan, options, { longestList: 1000, bytes: HANDY_TEXT });
    if ("statement" in first || first.excess.kind === "depth") return first;
    // There are too many values in all, or what cannot be divided is long.
    const most = segments.length === 1 ? longestText(dialect.limits) : HANDY_TEXT;
    return write(program, plan, options, { longestList: 20, bytes: most });
  } catch (error) {
    // Conditions that lie thousands deep in one another, where no engine would follow either.
    if (error instanceof RangeError) return { excess: TOO_DEEP };
    throw error;
  }
}

function write(program: Program, plan: Plan, options: Compilation, { longestList, bytes }: Room): Attempt {
  const { dialect, inline, zone, shape, segments } = options;
  const names = [...plan.relations.map(({ name }) => name), ...tableNames(program)];
  const session = writing({ dialect, storage: options.storage ?? USUAL_STORAGE, inline, zone, longestList, names });
  const { node, columns } = statementNode(session.emitterOf, session, names, plan, shape);
  let compiled: Compiled;
  try {
    compiled = compileQuery(dialect, inline, node, bytes);
  } catch (error) {
    if (error instanceof TooMuchText) return { excess: tooMuchText(bytes) };
    throw error;
  }
  const excess = excessOf(compiled, dialect.limits, bytes);
  if (excess !== null) return { excess };
  const { sql, parameters } = compiled;
  return {
    statement: { entity: plan.entity, segments, columns, sql, parameters },
    findings: session.findings.map((finding) => report(program, segments, dialect, finding)),
  };
}

/** Names that a relation of ours must not have. */
export const tableNames = (program: Program): readonly string[] => [
  ...[...program.model.entities.values()].flatMap(({ table, extensions }) => [
    ...table,
    ...extensions.flatMap((extension) => extension.table),
  ]),
  ...MEMBERSHIP_TABLE,
];

/** A finding at the first segment that asks for it. */
function report(program: Program, segments: readonly string[], dialect: Dialect, finding: Finding): Diagnostic {
  const { table, column, digits, most } = finding;
  for (const entity of program.model.entities.values()) {
    for (const field of entity.fields.values()) {
      const home = field.extension === null ? entity.table : (entity.extensions[field.extension]?.table ?? []);
      if (field.column !== column || home.join("\0") !== table.join("\0")) continue;
      const related = [{ ...field.place, message: "The field is declared here." }];
      return diagnose(
        "decimal-too-precise",
        { field: field.name, digits, engine: dialect.title, most },
        originOf(program, segments[0] as string),
        { related },
      );
    }
  }
  throw new InternalError(`no field reads ${table.join(".")}.${column}`);
}
