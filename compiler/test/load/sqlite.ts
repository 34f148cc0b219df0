import { DatabaseSync } from "node:sqlite";
import { parseInstant } from "../../../language/meaning/calendar.ts";
import type { ListType } from "../../../language/types/type.ts";
import type { ColumnType } from "../../engines/reader.ts";
import { sqliteRunner } from "../../engines/sqlite.ts";
import { type Storage, type StoredAs, storageKey } from "../../sql/storage.ts";
import { type Creation, creation, doubleQuoted, quoted, schemasOf, type TestEngine, tablesOf } from "./creation.ts";

/** SQLite in memory, with timestamps and decimals in one of their forms. */
export function sqliteEngine(
  form: { readonly timestamps: "text" | "micros"; readonly decimals: Storage["decimals"] } = {
    timestamps: "text",
    decimals: "number",
  },
): TestEngine {
  const columns = new Map<string, StoredAs>();
  return {
    dialect: "sqlite",
    storage: { decimals: form.decimals, samples: true, columns },
    async load(model, tables) {
      const database = new DatabaseSync(":memory:");
      const needed = tablesOf(model, tables);
      columns.clear();
      for (const { parts, columns: own } of needed)
        for (const { name, type } of own)
          if (form.timestamps === "micros" && type.kind === "timestamp") columns.set(storageKey(parts, name), "micros");
      for (const schema of schemasOf(needed)) database.exec(`attach ':memory:' as "${schema}"`);
      const engine = {
        ...SQLITE,
        schema: null,
        named: doubleQuoted,
        cell: (text: string, type: ColumnType) => sqliteCell(text, type, form),
        // Instants in a JSON array are texts, whatever columns hold.
        element: (text: string, type: ColumnType) => sqliteCell(text, type, { ...form, timestamps: "text" }),
      };
      for (const statement of creation(needed, tables, engine)) database.exec(statement);
      return sqliteRunner(database);
    },
    async close() {},
  };
}

const SQLITE: Creation = {
  schema: null,
  named: doubleQuoted,
  type(type) {
    switch (type.kind) {
      case "integer":
      case "boolean":
        return "integer";
      case "decimal":
        return "numeric";
      case "float":
        return "real";
      case "text":
      case "date":
      case "list":
      case "json":
        return "text";
      case "timestamp":
        return "";
    }
  },
  cell: quoted,
  element: quoted,
  // Numbers and yes/no stand in JSON as they are, all else as texts.
  list: (items, { of }) =>
    `json_array(${items.map((item) => (item === "null" ? item : sqliteElement(item, of))).join(", ")})`,
};

/** An element of a JSON array, from its literal. SQLite itself would write a float with fifteen digits. */
function sqliteElement(item: string, of: ListType["of"]): string {
  if (of.kind === "boolean") return `json(${item === "1" ? "'true'" : "'false'"})`;
  return of.kind === "float" ? `json('${item}')` : item;
}

function sqliteCell(
  text: string,
  type: ColumnType,
  form: { readonly timestamps: "text" | "micros"; readonly decimals: Storage["decimals"] },
): string {
  switch (type.kind) {
    case "text":
    case "date":
    case "list":
    case "json":
      return quoted(text);
    case "boolean":
      return text === "true" ? "1" : "0";
    case "integer":
      return text;
    case "decimal":
      return form.decimals === "number" ? text : String(minorUnits(text, type.scale));
    case "float":
      if (/nan/i.test(text)) return "null";
      return /inf/i.test(text) ? (text.startsWith("-") ? "-9e999" : "9e999") : text;
    case "timestamp":
      return form.timestamps === "text"
        ? quoted(text.replace("T", " ").replace("Z", ""))
        : String(parseInstant(text, "UTC"));
  }
}

function minorUnits(text: string, scale: number): bigint {
  const [whole = "0", fraction = ""] = text.replace("-", "").split(".");
  const units = BigInt(whole + fraction.padEnd(scale, "0"));
  return text.startsWith("-") ? -units : units;
}
