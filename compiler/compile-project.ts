import type { Diagnostic } from "../language/diagnostics/diagnostic.ts";
import { nearest } from "../language/diagnostics/suggest.ts";
import { isZone, parseInstant } from "../language/meaning/calendar.ts";
import type { Const } from "../language/meaning/ir.ts";
import { groupsNamed, type Program } from "../language/meaning/program.ts";
import { loadProject } from "../language/project.ts";
import { sourceFile } from "../language/text/source.ts";
import { paramValue } from "./plan/param-value.ts";
import { compileSql } from "./sql/compile.ts";
import { DIALECTS } from "./sql/index.ts";
import type { Shape, Statement } from "./sql/statement.ts";

/** What `compileProject` is asked. The same request gives the same answer: there is no clock and no environment in it. */
export interface CompileRequest {
  /** The texts of all `.seg` files of the project by path, as `segments.seg` or `shop/model.seg`. */
  readonly files: Readonly<Record<string, string>>;
  /** `duckdb`, `postgres`, `sqlite`: a name of `DIALECTS`. */
  readonly dialect: string;
  /** A date (its start) or a timestamp: `2026-06-30`, `2026-06-30T10:00`, `2026-06-30T10:00Z`. */
  readonly asOf: string;
  /** An IANA name; UTC without it. */
  readonly timezone?: string;
  /** Names of segments; that of a segmentation means all its tiers, that of a split all its arms. All of the project without it. */
  readonly segments?: readonly string[];
  /** `members` without it: the keys of each segment. */
  readonly shape?: Shape;
  /** Values written into the SQL instead of parameters. */
  readonly inline?: boolean;
  /** Values that stand in for those of params. */
  readonly params?: Readonly<Record<string, string | number | boolean>>;
}

/** What a project means, what is wrong with it, and its SQL. */
export interface CompiledProject {
  /** What is sound of it. */
  readonly program: Program;
  /** What the texts are told, in order of path and place; then what the dialect cannot express. */
  readonly diagnostics: readonly Diagnostic[];
  /** What is wrong with the request itself, as sentences: an unknown segment, dialect, zone or param, an as-of that is no time. */
  readonly problems: readonly string[];
  /** None where there is an error among the diagnostics, or a problem. */
  readonly statements: readonly Statement[];
}

/** Text files in; program, diagnostics and SQL out. Runs wherever JavaScript does, and never throws for what a text or a request says. */
export function compileProject(request: CompileRequest): CompiledProject {
  const sources = Object.entries(request.files).map(([path, text]) => sourceFile(path, text));
  const { program, diagnostics } = loadProject(sources);
  const zone = request.timezone ?? "UTC";
  const zoned = isZone(zone);
  const asOf = zoned ? parseInstant(request.asOf, zone) : null;
  const params = new Map<string, Const>();
  const hasErrors = diagnostics.some(({ severity }) => severity === "error");
  const asked = request.segments ?? [...program.segments.keys()];
  const segments = asked.flatMap((name) => groupsNamed(program, name) ?? [name]);
  const problems = [
    ...unknown("dialect", [request.dialect], DIALECTS.keys()),
    ...(zoned ? [] : [`There is no time zone \`${zone}\`.`]),
    ...(zoned && asOf === null ? [`\`${request.asOf}\` is neither a date nor a timestamp.`] : []),
    // A segment or param with an error in it is not unknown.
    ...(hasErrors ? [] : unknown("segment", segments, program.segments.keys())),
    ...(hasErrors || !zoned ? [] : readParams(request.params ?? {}, program, zone, params)),
  ];
  if (hasErrors || problems.length > 0 || asOf === null) return { program, diagnostics, problems, statements: [] };
  const { dialect, shape = "members", inline = false } = request;
  const sql = compileSql(program, { dialect, segments, shape, inline, asOf, zone, params });
  return { program, diagnostics: [...diagnostics, ...sql.diagnostics], problems, statements: sql.statements };
}

function unknown(what: string, names: readonly string[], known: Iterable<string>): readonly string[] {
  const all = new Set(known);
  return names
    .filter((name) => !all.has(name))
    .map((name) => {
      const near = nearest(name, all);
      return `There is no ${what} \`${name}\`.${near === null ? "" : ` \`${near}\` is the nearest.`}`;
    });
}

/** Fills `into`, and answers what is wrong. */
function readParams(
  given: Readonly<Record<string, string | number | boolean>>,
  program: Program,
  zone: string,
  into: Map<string, Const>,
): readonly string[] {
  return Object.entries(given).flatMap(([name, value]) => {
    const param = program.params.get(name);
    if (param === undefined) return unknown("param", [name], program.params.keys());
    const read = paramValue(param, String(value), zone);
    if (read === null)
      return [`\`${String(value)}\` is no value for the param \`${name}\`, whose type is ${param.type.kind}.`];
    into.set(name, read);
    return [];
  });
}
