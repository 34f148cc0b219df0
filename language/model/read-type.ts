import { nearest } from "../diagnostics/suggest.ts";
import type { Name, TypeExpr } from "../syntax/ast.ts";
import { isScalar } from "../types/kinds.ts";
import { printType } from "../types/print.ts";
import {
  BOOLEAN,
  DATE,
  DECIMAL_FRACTION_DIGITS,
  DECIMAL_INTEGER_DIGITS,
  decimal,
  ERROR,
  FLOAT,
  INTEGER,
  type JsonType,
  type ScalarType,
  TEXT,
  TIMESTAMP,
  type Type,
} from "../types/type.ts";
import { type Report, rewrite } from "./report.ts";

const SCALARS: ReadonlyMap<string, ScalarType> = new Map([
  ["text", TEXT],
  ["boolean", BOOLEAN],
  ["integer", INTEGER],
  ["float", FLOAT],
  ["date", DATE],
  ["timestamp", TIMESTAMP],
]);

const TYPE_NAMES = [...SCALARS.keys(), "decimal", "list", "json"];

/** What other languages and databases call our types. */
const FOREIGN: ReadonlyMap<string, string> = new Map([
  ["string", "text"],
  ["str", "text"],
  ["char", "text"],
  ["varchar", "text"],
  ["uuid", "text"],
  ["enum", "text"],
  ["bool", "boolean"],
  ["int", "integer"],
  ["bigint", "integer"],
  ["smallint", "integer"],
  ["long", "integer"],
  ["int64", "integer"],
  ["number", "decimal(12, 2)"],
  ["numeric", "decimal(12, 2)"],
  ["money", "decimal(12, 2)"],
  ["double", "float"],
  ["real", "float"],
  ["float64", "float"],
  ["day", "date"],
  ["datetime", "timestamp"],
  ["timestamptz", "timestamp"],
  ["time", "timestamp"],
  ["instant", "timestamp"],
]);

const KNOWN_NAMES = [...TYPE_NAMES, ...FOREIGN.keys()];

/** Where a type stands: its file, how to report, and which names are entities. */
export interface TypePlace {
  readonly file: string;
  readonly report: Report;
  readonly isEntity: (name: string) => boolean;
}

/** The type as written, or `ERROR` after reporting why not. `owner` is the field (or param) that it is the type of. */
export function readType(written: TypeExpr, owner: Name, place: TypePlace): Type {
  switch (written.kind) {
    case "named":
      return readNamed(written, owner, place);
    case "listOf": {
      const of = readType(written.of, owner, place);
      if (isScalar(of)) return { kind: "list", of };
      if (of.kind !== "error") place.report("list-of-many", { type: printType(of) }, written.of.span);
      return ERROR;
    }
    case "json":
      return readJson(written, owner, place);
  }
}

function readNamed(written: Extract<TypeExpr, { kind: "named" }>, owner: Name, place: TypePlace): Type {
  const name = written.name.text;
  if (name === "") return ERROR;
  if (name === "key" || name === "optional") {
    place.report("missing-type", { name: owner.text, word: name }, written.name.span);
    return ERROR;
  }
  if (name === "decimal") return readDecimal(written, place.report);
  const scalar = SCALARS.get(name);
  if (scalar !== undefined) {
    if (written.args.length === 0) return scalar;
    const fixes = rewrite({ file: place.file, span: written.span }, name);
    place.report("type-takes-nothing", { name }, written.span, fixes);
    return scalar;
  }
  if (place.isEntity(name)) {
    place.report("link-without-column", { name: owner.text, target: name }, written.span);
    return ERROR;
  }
  const lower = name.toLowerCase();
  const near = KNOWN_NAMES.includes(lower) ? lower : nearest(lower, KNOWN_NAMES);
  const suggestion = near === null ? null : (FOREIGN.get(near) ?? near);
  const span = suggestion?.startsWith("decimal(") === true ? written.span : written.name.span;
  place.report(
    "unknown-type",
    { name, suggestion },
    written.name.span,
    rewrite({ file: place.file, span }, suggestion),
  );
  return ERROR;
}

function readDecimal(written: Extract<TypeExpr, { kind: "named" }>, report: Report): Type {
  const [precision, scale, ...more] = written.args.map((a) =>
    /^\d{1,4}$/.test(a.text) && !a.percent ? Number(a.text) : -1,
  );
  const fits =
    precision !== undefined &&
    scale !== undefined &&
    more.length === 0 &&
    precision >= 1 &&
    scale >= 0 &&
    scale <= Math.min(precision, DECIMAL_FRACTION_DIGITS) &&
    precision - scale <= DECIMAL_INTEGER_DIGITS;
  if (fits) return decimal(precision, scale);
  const args = written.args.map((a) => `${a.text}${a.percent ? "%" : ""}`).join(", ");
  report("decimal-digits", { text: args === "" ? "decimal" : `decimal(${args})` }, written.span);
  return ERROR;
}

/** A path that is in error is left out: nothing of it can be read, the others can. */
function readJson(written: Extract<TypeExpr, { kind: "json" }>, owner: Name, place: TypePlace): JsonType {
  const paths = new Map<string, ScalarType>();
  for (const path of written.paths) {
    const name = path.name.text;
    if (name === "") continue;
    if (paths.has(name)) {
      place.report("duplicate-path", { name }, path.name.span);
      continue;
    }
    const type = readType(path.type, owner, place);
    if (type.kind === "text" || type.kind === "boolean" || type.kind === "integer" || type.kind === "float") {
      paths.set(name, type);
    } else if (type.kind !== "error") {
      place.report("json-path-type", { type: printType(type) }, path.type.span);
    }
  }
  return { kind: "json", paths: [...paths].map(([name, type]) => ({ name, type })) };
}
