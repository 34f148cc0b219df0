import { nearest } from "../../language/diagnostics/suggest.ts";
import { formatInstant, isZone, parseInstant } from "../../language/meaning/calendar.ts";
import type { Const } from "../../language/meaning/ir.ts";
import type { Param, Program } from "../../language/meaning/program.ts";
import type { ScalarType } from "../../language/types/type.ts";
import { paramValue } from "../plan/param-value.ts";
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
  const value = paramValue(param, text, zone);
  if (value === null) throw usage(`\`${param.name}\` is ${WANTED[param.type.kind]}, which \`${text}\` is not.`);
  return value;
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
