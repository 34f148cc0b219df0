import type { Span } from "../../../language/text/span.ts";
import type { JsonEntry, JsonNode } from "./json.ts";

/** The part of JSON Schema that our schemas use. `oneOf` is told apart by a property that each branch lists with an `enum`. */
export interface Schema {
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, Schema>>;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
  readonly minItems?: number;
  readonly oneOf?: readonly Schema[];
  readonly description?: string;
  readonly examples?: readonly unknown[];
}

/** What a schema does not allow. `path` is written `connections.default.tables`; the top is `""`. */
export type Misfit =
  | {
      readonly kind: "unknown";
      readonly path: string;
      readonly name: string;
      readonly known: readonly string[];
      readonly span: Span;
    }
  | {
      readonly kind: "wrong";
      readonly path: string;
      readonly expected: string;
      readonly found: JsonNode;
      readonly options: readonly string[];
      readonly span: Span;
    }
  | { readonly kind: "missing"; readonly path: string; readonly names: readonly string[]; readonly span: Span }
  | { readonly kind: "repeated"; readonly path: string; readonly span: Span };

/** All misfits of a value, in the order of the text. */
export function validate(node: JsonNode, root: Schema): readonly Misfit[] {
  const misfits: Misfit[] = [];
  check(node, root, "", { root, misfits });
  return misfits.sort((a, b) => a.span.start - b.span.start);
}

interface Context {
  readonly root: Schema;
  readonly misfits: Misfit[];
}

function check(node: JsonNode, written: Schema, path: string, context: Context): void {
  const schema = chosen(node, resolved(written, context.root));
  const wrong = (expected: string, options: readonly string[] = []): void => {
    context.misfits.push({ kind: "wrong", path, expected, found: node, options, span: node.span });
  };
  if (schema === null) {
    const branches = resolved(written, context.root).oneOf as readonly Schema[];
    wrongBranch(node as JsonNode & { kind: "object" }, branches, path, context);
  } else if (schema.enum !== undefined && !schema.enum.includes(plain(node))) {
    const options = schema.enum.map(String);
    wrong(`one of ${options.map((option) => `\`${option}\``).join(", ")}`, options);
  } else if (schema.type !== undefined && !types(schema).includes(typeOf(node))) {
    wrong(types(schema).map(article).join(" or "));
  } else if (node.kind === "text" && schema.pattern !== undefined && !new RegExp(schema.pattern).test(node.value)) {
    wrong(`written like ${(schema.examples ?? []).map((example) => `\`${String(example)}\``).join(", ")}`);
  } else if (node.kind === "object") {
    checkObject(node.entries, node.span, schema, path, context);
  } else if (node.kind === "array") {
    if (node.items.length < (schema.minItems ?? 0)) wrong("a list that is not empty");
    node.items.forEach((item, index) => {
      if (schema.items !== undefined) check(item, schema.items, `${path}[${index}]`, context);
    });
  }
}

function checkObject(entries: readonly JsonEntry[], span: Span, schema: Schema, path: string, context: Context): void {
  const seen = new Set<string>();
  for (const entry of entries) {
    const inner = path === "" ? entry.key : `${path}.${entry.key}`;
    const known = Object.hasOwn(schema.properties ?? {}, entry.key) ? schema.properties?.[entry.key] : undefined;
    if (seen.has(entry.key)) context.misfits.push({ kind: "repeated", path: inner, span: entry.keySpan });
    else if (known !== undefined) check(entry.value, known, inner, context);
    else if (schema.additionalProperties === false) {
      context.misfits.push({
        kind: "unknown",
        path,
        name: entry.key,
        known: Object.keys(schema.properties ?? {}),
        span: entry.keySpan,
      });
    } else if (typeof schema.additionalProperties === "object")
      check(entry.value, schema.additionalProperties, inner, context);
    seen.add(entry.key);
  }
  const missing = (schema.required ?? []).filter((name) => !seen.has(name));
  if (missing.length > 0)
    context.misfits.push({ kind: "missing", path, names: missing, span: { start: span.start, end: span.start + 1 } });
}

function resolved(schema: Schema, root: Schema): Schema {
  return schema.$ref === undefined ? schema : (root.$defs?.[schema.$ref.slice("#/$defs/".length)] as Schema);
}

/** The schema with the branch of `oneOf` that fits the object's discriminator; itself without `oneOf`; null where no branch fits. */
function chosen(node: JsonNode, schema: Schema): Schema | null {
  if (schema.oneOf === undefined || node.kind !== "object") return schema;
  const name = discriminator(schema.oneOf);
  const entry = node.entries.find((candidate) => candidate.key === name);
  if (entry === undefined) return schema;
  const branch = schema.oneOf.find((candidate) => candidate.properties?.[name]?.enum?.includes(plain(entry.value)));
  return branch === undefined
    ? null
    : { ...branch, required: [...(schema.required ?? []), ...(branch.required ?? [])] };
}

const discriminator = (branches: readonly Schema[]): string =>
  Object.keys(branches[0]?.properties ?? {}).find((name) =>
    branches.every((branch) => branch.properties?.[name]?.enum !== undefined),
  ) as string;

function wrongBranch(
  node: JsonNode & { readonly kind: "object" },
  branches: readonly Schema[],
  path: string,
  context: Context,
): void {
  const name = discriminator(branches);
  const found = (node.entries.find((candidate) => candidate.key === name) as JsonEntry).value;
  const options = branches.flatMap((branch) => branch.properties?.[name]?.enum ?? []).map(String);
  const expected = `one of ${options.map((option) => `\`${option}\``).join(", ")}`;
  context.misfits.push({
    kind: "wrong",
    path: path === "" ? name : `${path}.${name}`,
    expected,
    found,
    options,
    span: found.span,
  });
}

const types = (schema: Schema): readonly string[] =>
  typeof schema.type === "string" ? [schema.type] : (schema.type ?? []);

function typeOf(node: JsonNode): string {
  return node.kind === "text" ? "string" : node.kind;
}

/** A JSON Schema type in plain words. */
function article(type: string): string {
  const words: Readonly<Record<string, string>> = {
    string: "a text",
    object: "an object in `{ }`",
    array: "a list in `[ ]`",
    number: "a number",
    boolean: "`true` or `false`",
  };
  return words[type] ?? type;
}

/** What a value is, in plain words. */
export function describe(node: JsonNode): string {
  switch (node.kind) {
    case "text":
    case "number":
    case "boolean":
      return `\`${String(node.value)}\``;
    case "null":
      return "`null`";
    case "object":
    case "array":
      return article(typeOf(node));
  }
}

/** The value as JavaScript's own data. Objects have no prototype, so every key is only a key. */
export function plain(node: JsonNode): unknown {
  switch (node.kind) {
    case "text":
    case "number":
    case "boolean":
      return node.value;
    case "null":
      return null;
    case "array":
      return node.items.map(plain);
    case "object":
      return Object.assign(
        Object.create(null),
        Object.fromEntries(node.entries.map((entry) => [entry.key, plain(entry.value)])),
      );
  }
}
