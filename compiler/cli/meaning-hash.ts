import { createHash } from "node:crypto";
import type { Program } from "../../language/meaning/program.ts";
import type { Entity } from "../../language/model/model.ts";
import { InternalError } from "../../language/text/assert.ts";
import { compareText } from "../../language/text/compare.ts";

/**
 * A SHA-256 (hex) of what each segment means: its condition, what it refers to, and the tables and columns under it. The same under another layout, title,
 * comment, name of a trait, list or field; another as soon as its text could select other people. Program as written.
 */
export function meaningHashes(program: Program): (segment: string) => string {
  const known = new Map<string, string>();
  const hashOf = (kind: "segment" | "trait", name: string): string => {
    const id = `${kind} ${name}`;
    const found = known.get(id);
    if (found !== undefined) return found;
    const { entity, tree } = treeOf(program, kind, name);
    const context: Context = { program, hashOf, entities: new Set([entity]) };
    const meaning = canonical(tree, context);
    const hash = digest({ entity, meaning, entities: definitions(context) });
    known.set(id, hash);
    return hash;
  };
  return (segment) => hashOf("segment", segment);
}

function treeOf(
  program: Program,
  kind: "segment" | "trait",
  name: string,
): { readonly entity: string; readonly tree: unknown } {
  const segment = kind === "segment" ? program.segments.get(name) : undefined;
  const trait = kind === "trait" ? program.traits.get(name) : undefined;
  if (segment !== undefined) return { entity: segment.entity, tree: segment.condition };
  if (trait !== undefined) return { entity: trait.entity, tree: trait.value };
  throw new InternalError(`no ${kind} ${name}`);
}

const digest = (value: unknown): string => createHash("sha256").update(JSON.stringify(value)).digest("hex");

interface Context {
  readonly program: Program;
  readonly hashOf: (kind: "segment" | "trait", name: string) => string;
  /** Grows while a condition is walked. */
  readonly entities: Set<string>;
}

/** Where a node stands, what a window was called and the name of the list that values came from: for people, without effect. */
const hasMeaning = (key: string, part: unknown): boolean =>
  key !== "origin" && key !== "words" && !(key === "list" && (part === null || typeof part === "string"));

type Node = Readonly<Record<string, unknown>>;

/**
 * The tree with its keys in order and its names replaced by what they stand for. It walks any node alike, so a kind of node that is added later counts
 * by itself.
 */
function canonical(value: unknown, context: Context): unknown {
  if (Array.isArray(value)) return value.map((item) => canonical(item, context));
  if (typeof value !== "object" || value === null) return value;
  const node = value as Node;
  const parts = Object.entries(node)
    .filter(([key, part]) => hasMeaning(key, part))
    .sort(([a], [b]) => compareText(a, b))
    .map(
      ([key, part]) =>
        [
          key,
          key === "entity" && typeof part === "string" ? reached(part, context) : canonical(part, context),
        ] as const,
    );
  return { ...Object.fromEntries(parts), ...replaced(node, context) };
}

function reached(entity: string, context: Context): string {
  context.entities.add(entity);
  return entity;
}

function replaced(node: Node, context: Context): Node {
  const { program } = context;
  if (node["kind"] === "segment" || node["kind"] === "trait")
    return { name: context.hashOf(node["kind"], node["name"] as string) };
  if (node["kind"] === "stored") return { snapshot: stored(node["snapshot"] as string, context) };
  if (node["kind"] === "param")
    return { default: canonical(program.params.get(node["name"] as string)?.value, context) };
  // A field, a path of one, a list: whatever names a field of a row.
  if (typeof node["field"] === "string" && typeof node["row"] === "object")
    return { field: column(entityOf(program, (node["row"] as Node)["entity"] as string), node["field"]) };
  if (typeof node["link"] === "string" && typeof node["from"] === "object") {
    const from = entityOf(program, (node["from"] as Node)["entity"] as string);
    const link = from.links.get(node["link"]);
    if (link === undefined) throw new InternalError(`no link ${node["link"]}`);
    const holder = link.kind === "one" ? from : entityOf(program, link.target);
    return { link: [link.kind, column(holder, link.field)] };
  }
  return {};
}

/** A stored list is known by its name; what it was taken of says which people it should hold. */
function stored(name: string, context: Context): unknown {
  const snapshot = context.program.snapshots.get(name);
  if (snapshot === undefined) throw new InternalError(`no snapshot ${name}`);
  return [name, context.hashOf("segment", snapshot.of), canonical(snapshot.asOf, context)];
}

function entityOf(program: Program, name: string): Entity {
  const entity = program.model.entities.get(name);
  if (entity === undefined) throw new InternalError(`no entity ${name}`);
  return entity;
}

function column(entity: Entity, field: string | null): unknown {
  const found = field === null ? undefined : entity.fields.get(field);
  if (found === undefined) return null;
  const extension = found.extension === null ? undefined : entity.extensions[found.extension];
  return [found.column, found.type, extension === undefined ? null : [extension.table, extension.by]];
}

/** What the headers of all entities that a condition reaches say, those that their own `where` reaches included. */
function definitions(context: Context): readonly unknown[] {
  const defined = new Map<string, unknown>();
  for (const name of context.entities) {
    const entity = entityOf(context.program, name);
    const { table, scheduled } = entity;
    const [key, since, until, at, oncePer] = [entity.key, entity.since, entity.until, entity.at, entity.oncePer].map(
      (field) => column(entity, field),
    );
    const filter = canonical(context.program.filters.get(name) ?? null, context);
    defined.set(name, { name, table, key, since, until, at, oncePer, scheduled, filter });
  }
  return [...defined].sort(([a], [b]) => compareText(a, b)).map(([, definition]) => definition);
}
