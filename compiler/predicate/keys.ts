import type { Model } from "../../language/model/model.ts";
import { compareText } from "../../language/text/compare.ts";
import type { ScalarType } from "../../language/types/type.ts";
import { type Cell, keyText } from "./cell.ts";
import { type Rows, scalarOf, type World } from "./rows.ts";

/** Why a run must stop: rows without a key, or a key that stands there more than once. */
export interface KeyProblem {
  readonly kind: "missingKey" | "duplicateKey";
  readonly entity: string;
  /** The table as written: that of the entity, or of its extension. */
  readonly table: readonly string[];
  /** Up to three keys, as text in the order of their bytes; none where it is the key that is missing. */
  readonly offenders: readonly string[];
  /** How many rows have no key; how many keys stand there more than once. */
  readonly count: number;
}

/**
 * "Entity keys, and `extend` keys, are present and unique." Of an event, which a link may lead to, only that its keys are unique.
 * Entity keys are those of rows that exist.
 */
export function keyProblems(model: Model, world: World, rows: Rows, entities: Iterable<string>): readonly KeyProblem[] {
  const problems: KeyProblem[] = [];
  for (const name of entities) {
    const entity = model.entities.get(name);
    if (entity === undefined || entity.key === null) continue;
    const { key } = entity;
    const keys = rows.existing(name).map((row) => rows.field(row, key));
    const found = check(name, entity.table, keys, scalarOf(entity, key));
    problems.push(...found.filter((problem) => problem.kind === "duplicateKey" || entity.kind === "entity"));
    entity.extensions.forEach((extension, index) => {
      const cells = (world.extensions.get(name)?.[index] ?? []).map((row) => row.key);
      problems.push(...check(name, extension.table, cells, extension.byType));
    });
  }
  return problems;
}

function check(
  entity: string,
  table: readonly string[],
  keys: readonly Cell[],
  type: ScalarType,
): readonly KeyProblem[] {
  const problems: KeyProblem[] = [];
  const known = keys.filter((key) => key !== null);
  if (known.length < keys.length)
    problems.push({ kind: "missingKey", entity, table, offenders: [], count: keys.length - known.length });
  const seen = new Set<Cell>();
  const twice = new Set<Cell>();
  for (const key of known) (seen.has(key) ? twice : seen).add(key);
  if (twice.size > 0) {
    const offenders = [...twice].map((key) => keyText(key, type)).sort(compareText);
    problems.push({ kind: "duplicateKey", entity, table, offenders: offenders.slice(0, 3), count: twice.size });
  }
  return problems;
}
