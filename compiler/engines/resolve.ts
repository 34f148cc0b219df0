import { nearest } from "../../language/diagnostics/suggest.ts";
import { ConfigurationError } from "./config.ts";
import { type NeededTable, tableName } from "./tables.ts";

/** How to say that a table is not there. */
export interface Missing {
  readonly message: (table: string) => string;
  readonly help: (table: string, near: string | null) => string;
}

/**
 * Which of the names that a connection offers each table is: its whole name (`crm.customers`), else its last part (`customers`).
 * Throws `ConfigurationError` where there is neither, or where two tables would be the same by their last part.
 */
export function resolveTables(
  tables: readonly NeededTable[],
  offered: ReadonlySet<string>,
  missing: Missing,
): ReadonlyMap<NeededTable, string> {
  const found = new Map<NeededTable, string>();
  const takenBy = new Map<string, NeededTable>();
  for (const table of tables) {
    const whole = tableName(table);
    const last = table.parts.at(-1) as string;
    const name = [whole, last].find((candidate) => offered.has(candidate));
    if (name === undefined)
      throw (
        table.absence ??
        new ConfigurationError(
          missing.message(whole),
          missing.help(whole, nearest(whole, offered) ?? nearest(last, offered)),
        )
      );
    const other = takenBy.get(name);
    if (other !== undefined) {
      throw new ConfigurationError(
        `\`${tableName(other)}\` and \`${whole}\` of the model would both be the table \`${name}\`.`,
        `Give them their own: \`${tableName(other)}\` and \`${whole}\`.`,
      );
    }
    takenBy.set(name, table);
    found.set(table, name);
  }
  return found;
}
