import { printType } from "../../language/types/print.ts";
import type { InferredColumn } from "./infer-table.ts";

/** A table to be declared. */
export interface TableFile {
  /** The file's name without folder and ending. */
  readonly name: string;
  /** As `seglang.json` is to have it. */
  readonly path: string;
  readonly columns: readonly InferredColumn[];
}

/** A table as the model declares it. */
interface Declared extends TableFile {
  readonly table: string;
  readonly entity: string;
  readonly fields: readonly Field[];
  readonly key: Field | null;
  readonly at: Field | null;
}

interface Field {
  readonly name: string;
  readonly column: InferredColumn;
}

/** What is declared of tables: not yet laid out. `problem` is a sentence about a table of which no entity can be made. */
export type InferredModel =
  | { readonly model: string; readonly segments: string; readonly tables: Readonly<Record<string, string>> }
  | { readonly problem: string };

/**
 * A model of tables: the first is what segments are about. Another one that has a column named like the first one's key hangs on it; with a date or timestamp
 * its rows are events.
 */
export function inferModel(files: readonly TableFile[]): InferredModel {
  const taken = new Set<string>();
  const [subject, ...others] = files.map((file) => declared(file, taken)) as [Declared, ...Declared[]];
  const { key } = subject;
  if (key === null)
    return {
      problem: `\`${subject.path}\` has no column whose values are all there and all different: no row has a name.`,
    };
  const names = new Set(subject.fields.map(({ name }) => name));
  const links: string[] = [];
  const bodies: string[] = [];
  for (const other of others) {
    const by = other.fields.find(({ column }) => column.header === key.column.header) ?? null;
    if (by === null && other.key === null)
      return { problem: `\`${other.path}\` has neither a key of its own nor the column \`${key.column.header}\`.` };
    if (by !== null) links.push(`${unused(other.table, names)} : many ${other.entity} by ${quoted(key.column.header)}`);
    bodies.push(body(other, by));
  }
  const header = `/// What segments are about, unless they say \`of\`.\ndefault entity ${subject.entity} from ${subject.table}`;
  const lines = [...subject.fields.map((field) => fieldText(field, field === key)), ...links];
  return {
    model: [MODEL, `${header} {\n${lines.join("\n")}\n}`, ...bodies].join("\n\n").concat("\n"),
    segments: `/// Everybody, to begin with. Say after \`where\` who is meant.\nsegment Everybody where ${key.name} is known\n`,
    tables: Object.fromEntries([subject, ...others].map(({ table, path }) => [table, path])),
  };
}

const MODEL =
  "// Read from files: types are the narrowest that read every row there is. Look through it, and say more where more is known:\n// which values a text may have, which rows are left out, since when a row exists.";

function body({ entity, table, fields, key, at }: Declared, by: Field | null): string {
  // What a row hangs on is said where the link is.
  const shown = fields.filter((field) => field !== by || field === key);
  const isEvent = by !== null && at !== null;
  const head = isEvent ? `event ${entity} from ${table} at ${at.name}` : `entity ${entity} from ${table}`;
  return `${head} {\n${shown.map((field) => fieldText(field, field === key)).join("\n")}\n}`;
}

function declared(file: TableFile, taken: Set<string>): Declared {
  const table = unused(snake(file.name, "data"), taken);
  const names = new Set<string>();
  const fields = file.columns.map((column, index) => ({
    name: unused(snake(column.header, `column_${index + 1}`), names),
    column,
  }));
  const candidates = fields.filter(({ column }) => column.unique && !column.optional && column.type.kind !== "float");
  const ids = candidates.filter(({ name }) => /(^|_)id$/.test(name));
  const at =
    fields.find(({ column: { type } }) => type.kind === "timestamp") ??
    fields.find(({ column: { type } }) => type.kind === "date");
  return {
    ...file,
    table,
    fields,
    entity: unused(pascal(table), taken),
    key: ids[0] ?? candidates.find((field) => field === fields[0]) ?? null,
    at: at ?? null,
  };
}

function fieldText({ name, column }: Field, isKey: boolean): string {
  const optional = column.optional && !isKey ? " optional" : "";
  const from = column.header === name ? "" : ` from ${JSON.stringify(column.header)}`;
  return `${name} : ${printType(column.type)}${isKey ? " key" : optional}${from}`;
}

const RESERVED = /^(and|or|not|no|in|is|has|where|if|then|else|true|false|of|by|per)$/;

/** `Sales Region` as `sales_region`; the other name where nothing of it is left. */
function snake(text: string, other: string): string {
  const words = text
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^_+|_+$/g, "");
  if (words === "") return other;
  return /^\d/.test(words) || RESERVED.test(words) ? `${other}_${words}` : words;
}

/** `order_items` as `OrderItem`. */
const pascal = (table: string): string =>
  table
    .replace(/ies$/, "y")
    .replace(/([^s])s$/, "$1")
    .split("_")
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join("");

const quoted = (column: string): string => (/^[A-Za-z_]\w*$/.test(column) ? column : `\`${column}\``);

/** The name, or the first with a number behind it that is not taken; takes it. */
function unused(name: string, taken: Set<string>): string {
  let found = name;
  for (let number = 2; taken.has(found); number++) found = `${name}_${number}`;
  taken.add(found);
  return found;
}
