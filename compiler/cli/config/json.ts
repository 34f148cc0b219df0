import type { Span } from "../../../language/text/span.ts";

/** A JSON value with the place of each part, which JSON.parse does not tell. */
export type JsonNode =
  | { readonly kind: "object"; readonly entries: readonly JsonEntry[]; readonly span: Span }
  | { readonly kind: "array"; readonly items: readonly JsonNode[]; readonly span: Span }
  | { readonly kind: "text"; readonly value: string; readonly span: Span }
  | { readonly kind: "number"; readonly value: number; readonly span: Span }
  | { readonly kind: "boolean"; readonly value: boolean; readonly span: Span }
  | { readonly kind: "null"; readonly span: Span };

export interface JsonEntry {
  readonly key: string;
  readonly keySpan: Span;
  readonly value: JsonNode;
}

/** Where and why a text is not JSON: `expected` is a noun phrase. */
export interface JsonProblem {
  readonly span: Span;
  readonly expected: string;
}

const MAX_DEPTH = 60;

/** Reads strict JSON (RFC 8259). Never throws; nesting beyond 60 is a problem like any other. */
export function parseJson(text: string): JsonNode | JsonProblem {
  const reader: Reader = { text, at: 0, problem: null };
  const node = value(reader, 0);
  if (node !== null) {
    blanks(reader);
    if (reader.at === text.length) return node;
    fail(reader, "the end of the file");
  }
  return reader.problem as JsonProblem;
}

export const isJsonProblem = (result: JsonNode | JsonProblem): result is JsonProblem => "expected" in result;

interface Reader {
  readonly text: string;
  at: number;
  problem: JsonProblem | null;
}

function fail(reader: Reader, expected: string): null {
  reader.problem ??= { span: { start: reader.at, end: Math.min(reader.at + 1, reader.text.length) }, expected };
  return null;
}

function blanks(reader: Reader): void {
  while (reader.at < reader.text.length && " \t\n\r".includes(reader.text[reader.at] as string)) reader.at++;
}

function take(reader: Reader, character: string): boolean {
  blanks(reader);
  if (reader.text[reader.at] !== character) return false;
  reader.at++;
  return true;
}

function value(reader: Reader, depth: number): JsonNode | null {
  blanks(reader);
  if (depth > MAX_DEPTH) return fail(reader, `a value nested less than ${MAX_DEPTH} deep`);
  const start = reader.at;
  switch (reader.text[start]) {
    case "{":
      return object(reader, depth);
    case "[":
      return array(reader, depth);
    case '"':
      return text(reader);
    default:
      return word(reader);
  }
}

function object(reader: Reader, depth: number): JsonNode | null {
  const start = reader.at++;
  const entries: JsonEntry[] = [];
  if (take(reader, "}")) return { kind: "object", entries, span: { start, end: reader.at } };
  do {
    blanks(reader);
    if (reader.text[reader.at] !== '"')
      return fail(reader, entries.length === 0 ? "a name in double quotes or `}`" : "a name in double quotes");
    const key = text(reader);
    if (key === null) return null;
    if (!take(reader, ":")) return fail(reader, "`:`");
    const inner = value(reader, depth + 1);
    if (inner === null) return null;
    entries.push({ key: key.value, keySpan: key.span, value: inner });
  } while (take(reader, ","));
  if (!take(reader, "}")) return fail(reader, "`,` or `}`");
  return { kind: "object", entries, span: { start, end: reader.at } };
}

function array(reader: Reader, depth: number): JsonNode | null {
  const start = reader.at++;
  const items: JsonNode[] = [];
  if (take(reader, "]")) return { kind: "array", items, span: { start, end: reader.at } };
  do {
    const inner = value(reader, depth + 1);
    if (inner === null) return null;
    items.push(inner);
  } while (take(reader, ","));
  if (!take(reader, "]")) return fail(reader, "`,` or `]`");
  return { kind: "array", items, span: { start, end: reader.at } };
}

function text(reader: Reader): { readonly kind: "text"; readonly value: string; readonly span: Span } | null {
  const start = reader.at;
  let end = start + 1;
  while (end < reader.text.length && reader.text[end] !== '"' && reader.text[end] !== "\n")
    end += reader.text[end] === "\\" ? 2 : 1;
  if (reader.text[end] !== '"') {
    reader.at = Math.min(end, reader.text.length);
    return fail(reader, 'a closing `"`');
  }
  const span = { start, end: end + 1 };
  const decoded = decode(reader.text.slice(start, end + 1));
  if (typeof decoded !== "string") return fail(reader, "a text without control characters or unknown escapes");
  reader.at = span.end;
  return { kind: "text", value: decoded, span };
}

const WORD = /-?[0-9A-Za-z.+-]+/y;

function word(reader: Reader): JsonNode | null {
  WORD.lastIndex = reader.at;
  const found = WORD.exec(reader.text)?.[0];
  if (found === undefined) return fail(reader, "a value");
  const decoded = decode(found);
  if (decoded === undefined) return fail(reader, "a value");
  const span = { start: reader.at, end: reader.at + found.length };
  reader.at = span.end;
  if (typeof decoded === "number") return { kind: "number", value: decoded, span };
  if (typeof decoded === "boolean") return { kind: "boolean", value: decoded, span };
  return { kind: "null", span };
}

/** One scalar by the platform's own reader; undefined where it refuses. */
function decode(scalar: string): unknown {
  try {
    return JSON.parse(scalar) as unknown;
  } catch {
    return undefined;
  }
}
