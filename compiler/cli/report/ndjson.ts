import type { Findings } from "./findings.ts";
import { diagnosticJson } from "./json.ts";

/** A line of JSON a finding, each as in the report of `check`. */
export const findingsNdjson = ({ diagnostics, sourceOf }: Findings): string =>
  diagnostics.map((one) => `${JSON.stringify(diagnosticJson(one, sourceOf))}\n`).join("");
