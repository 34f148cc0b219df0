import { PLAIN, type Style } from "../../../language/diagnostics/render.ts";
import { nearest } from "../../../language/diagnostics/suggest.ts";
import type { Dialect, Support } from "../../sql/dialect.ts";
import { DIALECTS } from "../../sql/index.ts";
import { grouped, MOST_PARAMETERS } from "../../sql/limits.ts";
import { USUAL_STORAGE } from "../../sql/storage.ts";
import { EXIT, usage } from "../exit.ts";
import type { Io } from "../io.ts";
import { jsonText } from "../report/json.ts";
import { listed } from "../report/words.ts";
import { readReports, writeReports } from "../report/write.ts";
import { styleFor } from "../style.ts";

/** Options as the command line gives them. */
export interface DialectsOptions {
  readonly format: "pretty" | "json";
  readonly report: readonly string[];
}

/** Digits of the largest decimal of the language. */
const MOST_DIGITS = 38;

interface Fact {
  readonly name: string;
  readonly title: string;
  readonly support: Support["level"];
  readonly verified: string;
  readonly cannot: readonly string[];
}

/** `seg dialects`: each engine, how its SQL is verified, what it cannot express. */
export function dialects(io: Io, args: readonly string[], options: DialectsOptions): number {
  readReports(options.report, ["json", "pretty"]);
  const facts = (args.length === 0 ? [...DIALECTS.values()] : args.map(named)).map(factOf);
  const json = (): string => jsonText({ version: 1, dialects: facts });
  const text = (style = PLAIN): string => facts.map((fact) => factText(fact, style)).join("\n");
  io.stdout.write(options.format === "json" ? json() : text(styleFor(io, io.stdout)));
  writeReports(io, options.report, { json, pretty: () => text() });
  return EXIT.clean;
}

function named(name: string): Dialect {
  const found = DIALECTS.get(name);
  if (found !== undefined) return found;
  const known = [...DIALECTS.keys()];
  const near = nearest(name, known);
  throw usage(
    `There is no dialect \`${name}\` in this version.`,
    near === null ? `There are ${listed(known.map((one) => `\`${one}\``))}.` : `Write \`${near}\`.`,
  );
}

const factOf = (dialect: Dialect): Fact => ({
  name: dialect.name,
  title: dialect.title,
  support: dialect.support.level,
  verified: dialect.support.by,
  cannot: cannotOf(dialect),
});

/** What a dialect cannot express, as sentences without an end. */
export function cannotOf({ limits, findsMember, operators }: Dialect): readonly string[] {
  const digits = limits.decimalDigits(USUAL_STORAGE);
  const minor = limits.decimalDigits({ ...USUAL_STORAGE, decimals: "minor" });
  const better = minor > digits ? `, ${minor} with \`"decimals": "minor"\`` : "";
  const { joins, depth, cases, operations, inlined, text, needle } = limits;
  const those: readonly (string | false)[] = [
    digits < MOST_DIGITS && `decimals of more than ${digits} digits${better}`,
    `more than ${joins} tables at once, or conditions more than ${depth} deep`,
    cases !== undefined && `choices more than ${cases} deep`,
    operations !== undefined && `more than ${grouped(operations)} values and tests in one condition`,
    inlined !== undefined && `more than ${inlined.deep} queries in one another, or ${inlined.all} in all`,
    text !== undefined && `a segment of more than ${Math.floor(text / 1024)} KB of SQL`,
    needle !== undefined && `looking in a text for one of more than ${grouped(needle)} characters`,
    findsMember?.("A") === false && "members of JSON with capital letters in their names",
    operators(USUAL_STORAGE).hasElement === null &&
      `lists held against more than ${grouped(MOST_PARAMETERS)} values, unless they are inlined`,
    "in the shape `view`: what follows the calendar, such as `this month` or an age",
  ];
  return those.filter((one) => one !== false);
}

const factText = ({ name, title, support, verified, cannot }: Fact, style: Style): string =>
  [
    `${style.strong(name)}  ${title}`,
    `  ${style.faint(support.padEnd(9))}  ${verified}`,
    ...cannot.map((what, index) => `  ${index === 0 ? style.faint("cannot   ") : " ".repeat(9)}  ${what}`),
    "",
  ].join("\n");
