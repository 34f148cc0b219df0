import type { Program } from "../../language/meaning/program.ts";
import type { Entity } from "../../language/model/model.ts";
import type { SqlOptions } from "../sql/compile.ts";
import { type KeyProblem, keyCheckSql, keyProblems } from "../sql/keys.ts";
import { DataError, type Runner } from "../sql/runner.ts";
import { shownValue } from "./messages.ts";

/** What the segments are compiled for; the runner says the dialect. */
export type KeyCheckOptions = Omit<SqlOptions, "dialect" | "shape" | "inline">;

/**
 * Checks that the keys which these segments rely on are present and unique, before anything is counted. Rejects with one `DataError` that names every table
 * with up to three offenders: nobody is counted twice.
 */
export async function checkKeys(
  runner: Runner,
  program: Program,
  options: KeyCheckOptions,
  signal?: AbortSignal,
): Promise<void> {
  const problems: KeyProblem[] = [];
  for (const check of keyCheckSql(program, { ...options, dialect: runner.dialect, inline: false })) {
    problems.push(...keyProblems(check, await runner.execute(check, signal)));
  }
  if (problems.length > 0) throw new DataError(problems.map((problem) => sentence(program, problem)).join("\n"));
}

function sentence(program: Program, { kind, entity: name, table, offenders, count }: KeyProblem): string {
  const entity = program.model.entities.get(name) as Entity;
  const { column, of } = keyOf(entity, table);
  const where = `\`${table.join(".")}\``;
  if (kind === "missingKey") {
    return `${count === 1 ? "A row" : `${count} rows`} of ${where} ${count === 1 ? "has" : "have"} no \`${column}\`, which is the key of ${of}.`;
  }
  const hidden = keyIsHidden(entity);
  const shown = hidden
    ? "not shown (`@pii` or `@sensitive`)"
    : `${offenders.map((key) => shownValue({ hidden }, key)).join(", ")}${count > offenders.length ? ", …" : ""}`;
  return `The key \`${column}\` of ${of} has to be unique in ${where}, and ${count === 1 ? "a value is" : `${count} values are`} there more than once: ${shown}.`;
}

/** The column that is the key: the entity's own, or that of the extension which has this table. */
function keyOf(entity: Entity, table: readonly string[]): { readonly column: string; readonly of: string } {
  const id = table.join("\0");
  const extension = entity.extensions.find((one) => one.table.join("\0") === id);
  if (extension !== undefined && entity.table.join("\0") !== id)
    return { column: extension.by, of: `the extension of \`${entity.name}\`` };
  const key = entity.key === null ? undefined : entity.fields.get(entity.key);
  return { column: key?.column ?? "", of: `\`${entity.name}\`` };
}

function keyIsHidden(entity: Entity): boolean {
  const key = entity.key === null ? undefined : entity.fields.get(entity.key);
  return key?.annotations.some((annotation) => annotation === "pii" || annotation === "sensitive") ?? false;
}
