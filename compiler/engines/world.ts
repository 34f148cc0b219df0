import type { Program } from "../../language/meaning/program.ts";
import { type Cell, DECIMAL_ONE, finite, parseDecimal } from "../predicate/cell.ts";
import type { Cells, ExtensionRow, World } from "../predicate/rows.ts";
import { type Answer, DataError, type Runner, type StopSignal } from "../sql/runner.ts";
import type { Storage } from "../sql/storage.ts";
import { type RowColumn, tableRowsSql } from "../sql/table-rows.ts";
import { readStored } from "./stored.ts";

/** All rows of these entities, and the keys of these snapshots, in memory, for the interpreter. Rejects as `Runner.execute` does. */
export async function readWorldFrom(
  runner: Runner,
  program: Program,
  of: { readonly entities: ReadonlySet<string>; readonly snapshots: ReadonlySet<string> },
  storage: Storage,
  signal?: StopSignal,
): Promise<World> {
  const { entities, snapshots } = of;
  const rows = new Map<string, readonly Cells[]>();
  const extensions = new Map<string, (readonly ExtensionRow[])[]>();
  for (const name of program.model.entities.keys()) extensions.set(name, []);
  for (const query of tableRowsSql(program.model, entities, { dialect: runner.dialect, storage })) {
    const found = (await runner.execute(query, signal)).map((row) => cellsOf(query.columns, row));
    if (query.extension === null)
      rows.set(
        query.entity,
        found.map(({ cells }) => cells),
      );
    else extensions.get(query.entity)?.push(found);
  }
  return { rows, extensions, stored: await readStored(runner, program, snapshots, storage, signal) };
}

function cellsOf(columns: readonly RowColumn[], row: Readonly<Record<string, Answer>>): ExtensionRow {
  const cells = new Map<string, Cell>();
  let key: Cell = null;
  for (const column of columns) {
    const cell = cellOf(column, row[column.name] ?? null);
    if (column.field === null) key = cell;
    else if (cell !== null) cells.set(column.field, cell);
  }
  return { key, cells };
}

function cellOf({ type, scale }: Pick<RowColumn, "type" | "scale">, answer: Answer): Cell {
  if (answer === null) return null;
  switch (type.kind) {
    case "list":
      return (JSON.parse(String(answer)) as readonly (string | null)[]).map((item) =>
        cellOf({ type: type.of, scale }, item),
      );
    case "json":
    case "text":
      return String(answer);
    case "boolean":
      return Number(answer) === 1;
    case "integer":
    case "timestamp":
      return BigInt(String(answer));
    case "date":
      return Number(answer);
    case "float":
      return finite(Number(answer));
    case "decimal": {
      if (scale !== null) return (BigInt(String(answer)) * DECIMAL_ONE) / 10n ** BigInt(scale);
      const units = parseDecimal(String(answer));
      if (units === null) throw new DataError(`The number ${answer} does not fit its field.`);
      return units;
    }
  }
}
