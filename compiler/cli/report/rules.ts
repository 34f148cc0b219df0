import { brokenAtBlanks } from "../../../language/diagnostics/cut-line.ts";
import { pageOf } from "../../../language/diagnostics/page.ts";
import { codeFrame, type Style } from "../../../language/diagnostics/render.ts";
import { printable, printableLines } from "../../../language/text/width.ts";
import type { RulePage } from "./rule-page.ts";

/** The report of `rule`. */
export const rulesJson = (pages: readonly RulePage[]): unknown => ({
  version: 1,
  rules: pages.map(({ code, slug, severity, explain, bad, good, finding }) => ({
    code,
    slug,
    severity,
    explain,
    bad,
    good,
    message: finding?.diagnostic.message ?? null,
    help: finding?.diagnostic.help ?? null,
    fixes: (finding?.diagnostic.fixes ?? []).map(({ title, preferred }) => ({ title, preferred })),
    url: pageOf(code),
  })),
});

/** A line a code: its number, kind and slug. */
export function ruleListText(pages: readonly RulePage[], style: Style): string {
  const severities = Math.max(...pages.map(({ severity }) => severity.length));
  return pages
    .map(({ code, severity, slug }) => {
      const kind = `${style.severity(severity, severity)}${" ".repeat(severities - severity.length)}`;
      return `${style.strong(code)}  ${kind}  ${slug}\n`;
    })
    .join("");
}

/** Codes explained, one after another; what is long is broken to fit, at 100 columns at most. */
export const rulesText = (pages: readonly RulePage[], style: Style, columns: number | null): string =>
  pages.map((page) => ruleText(page, style, Math.max(40, Math.min(columns ?? 100, 100)))).join("\n");

function ruleText(
  { code, slug, severity, explain, bad, good, finding }: RulePage,
  style: Style,
  columns: number,
): string {
  const paragraph = (text: string): readonly string[] =>
    brokenAtBlanks(printable(text), columns - 2).map((line) => `  ${line}`);
  const part = (title: string, lines: readonly string[]): readonly string[] => ["", style.strong(title), ...lines];
  const lines = [`${style.strong(code)}  ${slug}  ${style.severity(severity, severity)}`, "", ...paragraph(explain)];
  if (bad !== null) lines.push(...part("Wrong", finding === null ? exampleLines(bad) : wrongLines(finding)));
  if (finding !== null) lines.push("", ...paragraph(finding.diagnostic.message));
  if (good !== null) lines.push(...part("Right", exampleLines(good)));
  const help = finding?.diagnostic.help ?? null;
  const fixes = finding?.diagnostic.fixes ?? [];
  if (help !== null || fixes.length > 0) {
    const offered = fixes.map(({ title, preferred }) => `- ${title}${preferred ? " (`seg check --fix` does it)" : ""}`);
    lines.push(...part("To mend it", [...(help === null ? [] : paragraph(help)), ...offered.flatMap(paragraph)]));
  }

  return `${lines.join("\n")}\n`;

  /** The example with carets below what is found in it. */
  function wrongLines({ diagnostic, source }: NonNullable<RulePage["finding"]>): readonly string[] {
    const [shown = "", carets = ""] = codeFrame(source, diagnostic.span, style, columns);
    return source.lineStarts.length > 1 ? [...exampleLines(source.text), "", shown, carets] : [shown, carets];
  }
}

const exampleLines = (text: string): readonly string[] =>
  printableLines(text)
    .split("\n")
    .map((line) => `  ${line}`.trimEnd());
