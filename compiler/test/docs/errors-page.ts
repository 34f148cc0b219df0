import { CATALOG, type Slug } from "../../../language/diagnostics/catalog.ts";
import { type RulePage, rulePage } from "../../cli/report/rule-page.ts";

/** Areas by the digits that codes begin with. */
const AREAS: readonly (readonly [RegExp, string])[] = [
  [/^SEG1/, "Letters, words and layout"],
  [/^SEG2/, "Names"],
  [/^SEG3/, "Values of the wrong kind"],
  [/^SEG4/, "What can be read but not meant"],
  [/^SEG5/, "What is better said otherwise"],
  [/^SEG6/, "What an engine cannot express"],
  [/^SEG7[0-3]/, "The model"],
  [/^SEG7[4-9]/, "Configuration, files and data"],
  [/^SEG9/, "Mistakes of Seglang itself"],
];

/** `docs/errors.md`: a heading a code, so that `#seg2001` leads to it; what it means, an example with what is said of it, the same mended. */
export function errorsPage(): string {
  const pages = (Object.keys(CATALOG) as Slug[]).map(rulePage).sort((a, b) => (a.code < b.code ? -1 : 1));
  const areas = AREAS.map(([codes, title]) => ({ title, own: pages.filter(({ code }) => codes.test(code)) }));
  const parts = areas.filter(({ own }) => own.length > 0);
  return [
    "# What `seg check` finds",
    "",
    "Made from the catalogue of findings by `npm run docs`; `seg rule SEG2001` prints one of them. Examples stand over the model of",
    "[the language's page](language.md), unless they declare one.",
    ...parts.flatMap(({ title, own }) => ["", `## ${title}`, ...own.flatMap(sectionLines)]),
    "",
  ].join("\n");
}

function sectionLines({ code, slug, severity, explain, bad, good, finding }: RulePage): readonly string[] {
  const lines = ["", `### ${code}`, "", `**${slug}** (${severity}). ${explain}`];
  if (bad !== null) lines.push("", ...block("text", bad));
  if (finding !== null) {
    const { message, help } = finding.diagnostic;
    lines.push("", `> ${help === null ? message : `${message} ${help}`}`);
  }
  if (good !== null) lines.push("", "Mended:", "", ...block(languageOf(good), good));
  return lines;
}

const block = (language: string, text: string): readonly string[] => [`\`\`\`${language}`, ...text.split("\n"), "```"];

const languageOf = (text: string): string => (text.startsWith("{") ? "json" : text.startsWith("seg ") ? "text" : "seg");
