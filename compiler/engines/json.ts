/**
 * A JSON value. Numbers that a double may not hold exactly (16 digits and more, exponents) keep their source text.
 */
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | NumberSource | JsonObject;

/** A number as it was written. Made here only, so that no data can look like one. */
export interface NumberSource {
  readonly source: string;
  readonly [NUMBER]: true;
}

/** Read it with `Object.hasOwn`: its keys are data. */
export interface JsonObject {
  readonly [key: string]: JsonValue;
}

const NUMBER = Symbol("number");
const INEXACT = /[\d.]{16}|\d[eE]/;

type Parse = (
  text: string,
  reviver?: (key: string, value: unknown, context: { readonly source?: string }) => unknown,
) => unknown;

/** Strict JSON (RFC 8259) whose texts are well formed Unicode; undefined where it is not, or is nested too deeply to be read. */
export function parseJson(text: string): JsonValue | undefined {
  try {
    const value = (JSON.parse as Parse)(text, INEXACT.test(text) ? keepSource : undefined) as JsonValue;
    return wellFormed(text) ? value : undefined;
  } catch {
    return undefined;
  }
}

function keepSource(_key: string, value: unknown, context: { readonly source?: string }): unknown {
  if (typeof value !== "number" || context.source === undefined || !INEXACT.test(context.source)) return value;
  return { source: context.source, [NUMBER]: true };
}

export const isNumberSource = (value: JsonValue): value is NumberSource =>
  typeof value === "object" && value !== null && NUMBER in value;

export const isJsonObject = (value: JsonValue): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value) && !(NUMBER in value);

/** JSON text of a value, its numbers as they were written; undefined where it is nested too deeply to be written. */
export function writeJson(value: JsonValue): string | undefined {
  try {
    return write(value);
  } catch {
    return undefined;
  }
}

function write(value: JsonValue): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  if (isNumberSource(value)) return value.source;
  if (isJsonObject(value)) {
    const members = Object.entries(value).map(([key, inner]) => `${JSON.stringify(key)}:${write(inner)}`);
    return `{${members.join(",")}}`;
  }
  return `[${value.map(write).join(",")}]`;
}

/** Whether the escaped surrogates of a JSON text stand in pairs. */
function wellFormed(json: string): boolean {
  if (!/\\u[dD][89a-fA-F]/.test(json)) return true;
  let lowAt = -1;
  for (const found of json.matchAll(/\\(?:u([0-9a-fA-F]{4})|.)/gs)) {
    const unit = Number.parseInt(found[1] ?? "0", 16);
    const low = unit >= 0xdc00 && unit <= 0xdfff;
    if (low !== (lowAt === found.index)) return false;
    lowAt = unit >= 0xd800 && unit <= 0xdbff ? found.index + 6 : -1;
    if (lowAt !== -1 && json[lowAt] !== "\\") return false;
  }
  return true;
}
