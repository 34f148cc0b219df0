import type { Diagnostic } from "../../../language/diagnostics/diagnostic.ts";
import { EXIT } from "../exit.ts";
import type { Io } from "../io.ts";
import type { Opened } from "../project.ts";
import { styleFor } from "../style.ts";
import { countFindings, findingsOf } from "./findings.ts";
import { checkJson, jsonText } from "./json.ts";
import { findingsText, summaryText } from "./pretty.ts";

/** Says why a verb does not do its work: findings instead of its answer, as `check` would print them in JSON, else on stderr. */
export function refusal(io: Io, opened: Opened, diagnostics: readonly Diagnostic[], format: "pretty" | "json"): number {
  const findings = findingsOf(opened, diagnostics);
  if (format === "json") io.stdout.write(jsonText(checkJson(findings)));
  else io.stderr.write(`${findingsText(findings, styleFor(io, io.stderr))}\n`);
  io.stderr.write(`${summaryText(countFindings(findings.diagnostics), opened.project.files.size)}\n`);
  return EXIT.findings;
}
