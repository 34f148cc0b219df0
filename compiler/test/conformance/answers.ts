import { parseInstant } from "../../../language/meaning/calendar.ts";
import type { Program } from "../../../language/meaning/program.ts";
import { compileSql, type SqlOptions } from "../../sql/compile.ts";
import { keyCheckSql, keyProblems } from "../../sql/keys.ts";
import type { Runner } from "../../sql/runner.ts";
import type { Shape } from "../../sql/statement.ts";
import type { TestEngine } from "../load/creation.ts";
import type { Group } from "./cases.ts";

/** A group whose rows an engine has. */
export interface LoadedGroup {
  readonly engine: TestEngine;
  readonly runner: Runner;
  readonly program: Program;
  readonly group: Group;
}

/** The form of the statements that are asked. */
export interface Form {
  readonly shape: Exclude<Shape, "view">;
  readonly inline: boolean;
}

const optionsOf = ({ engine, group }: LoadedGroup, segments: readonly string[], inline: boolean) =>
  ({
    dialect: engine.dialect,
    segments,
    inline,
    asOf: parseInstant(group.asOf, group.timezone) as bigint,
    zone: group.timezone,
    params: new Map(),
    storage: engine.storage,
  }) satisfies Omit<SqlOptions, "shape">;

/** What the engine says of one segment: its members, how many they are, what is wrong with keys, or why there is no statement. */
export async function answerOf(loaded: LoadedGroup, segment: string, { shape, inline }: Form): Promise<unknown> {
  const { program, runner } = loaded;
  const options = optionsOf(loaded, [segment], inline);
  for (const check of keyCheckSql(program, options)) {
    const [problem] = keyProblems(check, await runner.execute(check));
    if (problem) return { kind: problem.kind, table: problem.table.join(".") };
  }
  const { statements, diagnostics } = compileSql(program, { ...options, shape });
  const [statement] = statements;
  if (!statement) return diagnostics;
  const rows = await runner.execute(statement);
  const column = statement.columns[0] as string;
  if (shape === "sizes") return Number(rows[0]?.[column]);
  return rows.filter((row) => shape === "members" || Number(row[column]) === 1).map((row) => String(row["key"]));
}

/** What it says of many segments, in as few statements as it takes. Keys are not checked. */
export async function answersTogether(
  loaded: LoadedGroup,
  segments: readonly string[],
  { shape, inline }: Form,
): Promise<ReadonlyMap<string, unknown>> {
  const { program, runner } = loaded;
  const { statements, diagnostics } = compileSql(program, { ...optionsOf(loaded, segments, inline), shape });
  const found = new Map<string, unknown>(segments.map((name) => [name, diagnostics]));
  for (const statement of statements) {
    const rows = await runner.execute(statement);
    statement.segments.forEach((segment, index) => {
      const column = statement.columns[index] as string;
      const isIn = (row: (typeof rows)[number]): boolean => {
        if (shape === "flags") return Number(row[column]) === 1;
        return statement.segments.length === 1 || row["segment"] === segment;
      };
      if (shape === "sizes") found.set(segment, Number(rows[0]?.[column]));
      else
        found.set(
          segment,
          rows.filter(isIn).map((row) => String(row["key"])),
        );
    });
  }
  return found;
}
