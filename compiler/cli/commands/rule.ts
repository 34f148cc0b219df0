import { CATALOG, type Entry, type Slug } from "../../../language/diagnostics/catalog.ts";
import { PLAIN } from "../../../language/diagnostics/render.ts";
import { nearest } from "../../../language/diagnostics/suggest.ts";
import { EXIT, usage } from "../exit.ts";
import type { Io } from "../io.ts";
import { jsonText } from "../report/json.ts";
import { type RulePage, rulePage } from "../report/rule-page.ts";
import { ruleListText, rulesJson, rulesText } from "../report/rules.ts";
import { readReports, writeReports } from "../report/write.ts";
import { styleFor } from "../style.ts";

/** Options as the command line gives them. */
export interface RuleOptions {
  readonly format: "pretty" | "json";
  readonly report: readonly string[];
}

/** `seg rule`: explains codes, by number or slug; lists all of them without any. */
export function rule(io: Io, args: readonly string[], options: RuleOptions): number {
  readReports(options.report, ["json", "pretty"]);
  const all = Object.keys(CATALOG) as readonly Slug[];
  const pages = (args.length === 0 ? all : args.map((argument) => slugOf(argument, all))).map(rulePage);
  const text = (style = PLAIN): string =>
    args.length === 0 ? ruleListText(pages.toSorted(byCode), style) : rulesText(pages, style, io.stdout.columns);
  const json = (): string => jsonText(rulesJson(args.length === 0 ? pages.toSorted(byCode) : pages));
  io.stdout.write(options.format === "json" ? json() : text(styleFor(io, io.stdout)));
  writeReports(io, options.report, { json, pretty: () => text() });
  if (args.length === 0 && options.format === "pretty") io.stderr.write("`seg rule SEG2001` explains one of them.\n");
  return EXIT.clean;
}

const byCode = (a: RulePage, b: RulePage): number => (a.code < b.code ? -1 : 1);

/** A code as `seg check` prints it, its digits alone, or a slug; capital and small letters are one. */
function slugOf(argument: string, all: readonly Slug[]): Slug {
  const wanted = argument.toLowerCase();
  const codeOf = (slug: Slug): string => (CATALOG[slug] as Entry<never>).number;
  const found = all.find((slug) => [slug, codeOf(slug).toLowerCase(), codeOf(slug).slice(3)].includes(wanted));
  if (found !== undefined) return found;
  const area = /\d/.exec(argument)?.[0];
  const near = nearest(argument, area === undefined ? all : all.map(codeOf).filter((code) => code[3] === area));
  throw usage(
    `There is no code \`${argument}\`.`,
    near === null ? "`seg rule` without a code lists all of them." : `Write \`${near}\`; \`seg rule\` lists all codes.`,
  );
}
