import { expect } from "vitest";
import { isJsonProblem, parseJson } from "../../cli/config/json.ts";
import { type Schema, validate } from "../../cli/config/validate.ts";
import SCHEMA from "../../cli/report/reports.schema.json" with { type: "json" };

/** Holds a report against its published schema, and answers it as data. */
export function reportOf(kind: keyof (typeof SCHEMA)["$defs"], text: string) {
  const node = parseJson(text);
  if (isJsonProblem(node)) throw new Error(`not JSON: ${text}`);
  const schema: Schema = {
    ...(SCHEMA.$defs[kind] as Schema),
    $defs: SCHEMA.$defs as unknown as Record<string, Schema>,
  };
  expect(validate(node, schema)).toEqual([]);
  return JSON.parse(text);
}
