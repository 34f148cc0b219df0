import { PLAIN, type Style } from "../../../language/diagnostics/render.ts";
import type { Io } from "../io.ts";
import { conciseText } from "./concise.ts";
import type { Findings } from "./findings.ts";
import type { CheckFormat } from "./format-names.ts";
import { githubAnnotations } from "./github.ts";
import { checkJson, jsonText } from "./json.ts";
import { findingsNdjson } from "./ndjson.ts";
import { findingsText } from "./pretty.ts";

/** Findings in one of the formats. `style` and `columns` are for `pretty`. */
export function findingsAs(
  format: CheckFormat,
  findings: Findings,
  io: Io,
  style: Style = PLAIN,
  columns: number | null = null,
): string {
  switch (format) {
    case "pretty":
      return findingsText(findings, style, columns);
    case "concise":
      return conciseText(findings);
    case "json":
      return jsonText(checkJson(findings));
    case "ndjson":
      return findingsNdjson(findings);
    case "github":
      return githubAnnotations(findings, io);
  }
}
