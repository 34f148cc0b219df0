import { nearest } from "../../language/diagnostics/suggest.ts";
import { formatInstant, isZone, parseDay, parseInstant } from "../../language/meaning/calendar.ts";
import type { Const, Param, Program } from "../../language/meaning/ir.ts";
import type { ScalarType } from "../../language/types/type.ts";
import { type Config, nearestZone } from "./config/config.ts";
import { usage } from "./exit.ts";
import type { Io } from "./io.ts";

/** The options that say when, where and with what a program is evaluated, as written. */
export interface WhenOptions {
  readonly asOf?: string;
  readonly timezone?: string;
  readonly param: readonly string[];
}

export interface When {
  readonly asOf: bigint;
  readonly zone: string;
  readonly params: ReadonlyMap<string, Const>;
  /** Whether as-of lies before the start of the run. */
  readonly past: boolean;
}

/** As-of (the start of the run where none is given), zone and parameters. Stops at the first that is wrong. */
export function readWhen(io: Io, options: WhenOptions, config: Config, program: Program): When {
  const zone = options.timezone ?? config.timezone;
  if (!isZone(zone)) {
    const near = nearestZone(zone);
    throw usage(
      `There is no time zone \`${zone}\`.`,
      near === null ? "Write its IANA name, such as `Europe/Berlin` or `UTC`." : `Write \`${near}\`.`,
    );
  }
  const start = BigInt(Math.trunc(io.now())) * 1000n;
  const asOf = options.asOf === undefined ? start : parseInstant(options.asOf, zone);
  if (asOf === null)
    throw usage(
      `\`${options.asOf}\` is neither a date nor a timestamp.`,
      "Write `--as-of 2026-06-30` or `--as-of 2026-06-30T10:00`.",
    );
  return { asOf, zone, past: asOf < start, params: readParams(options.param, program, zone) };
}

/** ISO, UTC, without needless zeros: `2026-06-30T00:00:00Z`. */
export const instantText = (micros: bigint): string =>
  formatInstant(micros).replace(/\.(\d*?)0*Z$/, (_, digits: string) => (digits === "" ? "Z" : `.${digits}Z`));

function readParams(given: readonly string[], program: Program, zone: string): ReadonlyMap<string, Const> {
  const values = new Map<string, Const>();
  for (const pair of given) {
    const [name, text] = split(pair);
    const param = program.params.get(name);
    if (param === undefined) {
      const near = nearest(name, program.params.keys());
      throw usage(
        `There is no param \`${name}\` in the project.`,
        near === null ? null : `Write \`--param ${near}=…\`.`,
      );
    }
    if (values.has(name)) throw usage(`\`--param ${name}\` is given twice.`);
    values.set(name, readConst(param, text, zone));
  }
  return values;
}

function split(pair: string): readonly [string, string] {
  const equals = pair.indexOf("=");
  if (equals < 1) throw usage(`\`${pair}\` is not a name and a value.`, "Write `--param name=value`.");
  return [pair.slice(0, equals), pair.slice(equals + 1)];
}

function readConst(param: Param, text: string, zone: string): Const {
  const { type, origin } = param;
  const value = constValue(type, text, zone);
  if (value === null) throw usage(`\`${param.name}\` is ${WANTED[type.kind]}, which \`${text}\` is not.`);
  return { kind: "const", type, value, origin };
}

const WANTED: Readonly<Record<ScalarType["kind"], string>> = {
  text: "a text",
  boolean: "`true` or `false`",
  integer: "a whole number",
  decimal: "a decimal number",
  float: "a number",
  date: "a date such as `2026-06-30`",
  timestamp: "a timestamp such as `2026-06-30T10:00`",
};

const INTEGER_LIMIT = 2n ** 63n;

/** The canonical value of a text given for a type; null where it is none. */
function constValue(type: ScalarType, text: string, zone: string): string | number | boolean | null {
  switch (type.kind) {
    case "text":
      return text;
    case "boolean":
      return text === "true" ? true : text === "false" ? false : null;
    case "integer": {
      if (!/^[+-]?\d{1,30}$/.test(text)) return null;
      const value = BigInt(text.replace("+", ""));
      return value < INTEGER_LIMIT && value >= -INTEGER_LIMIT ? String(value) : null;
    }
    case "decimal":
      return decimalValue(text, type.precision, type.scale);
    case "float": {
      const value = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : Number.NaN;
      return Number.isFinite(value) ? value : null;
    }
    case "date":
      return parseDay(text) === null ? null : text;
    case "timestamp": {
      const value = parseInstant(text, zone);
      return value === null ? null : formatInstant(value);
    }
  }
}

/** Plain decimal text of at most `scale` digits after the point, without needless zeros. */
function decimalValue(text: string, precision: number, scale: number): string | null {
  const [, sign, whole, fraction = ""] = /^([+-]?)(\d+)(?:\.(\d+))?$/.exec(text) ?? [];
  if (whole === undefined) return null;
  const digits = whole.replace(/^0+(?=\d)/, "");
  const rest = fraction.replace(/0+$/, "");
  if (rest.length > scale || (digits === "0" ? 0 : digits.length) > precision - scale) return null;
  const plain = rest === "" ? digits : `${digits}.${rest}`;
  return sign === "-" && plain !== "0" ? `-${plain}` : plain;
}
