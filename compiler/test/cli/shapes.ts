import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import { expect } from "vitest";
import SETTINGS from "../../cli/config/seglang.schema.json" with { type: "json" };
import REPORTS from "../../cli/report/reports.schema.json" with { type: "json" };

/** The reports that have a schema. */
export type Report = keyof (typeof REPORTS)["$defs"];

// Strict: a keyword that is misspelt or has no effect is an error of the schema.
const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, allErrors: true });
ajv.addSchema(REPORTS, "reports");

const validators = new Map<Report, ValidateFunction>();

function validatorOf(kind: Report): ValidateFunction {
  const found = validators.get(kind) ?? ajv.compile({ $ref: `reports#/$defs/${kind}` });
  validators.set(kind, found);
  return found;
}

/** What a schema does not allow in a value; none where it fits. */
function misfits(validator: ValidateFunction, value: unknown): readonly string[] {
  validator(value);
  return (validator.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

/** What the published schema of a report does not allow in it. */
export const reportMisfits = (kind: Report, value: unknown): readonly string[] => misfits(validatorOf(kind), value);

const settings = ajv.compile(SETTINGS);

/** What the published schema of `seglang.json` does not allow in it. */
export const settingsMisfits = (value: unknown): readonly string[] => misfits(settings, value);

/** Holds a report against its published schema, and answers it as data. */
export function reportOf(kind: Report, text: string) {
  const report = JSON.parse(text);
  expect(reportMisfits(kind, report)).toEqual([]);
  return report;
}
