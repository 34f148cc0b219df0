import type { Program } from "../../language/meaning/program.ts";
import { compareText } from "../../language/text/compare.ts";

type Node = Readonly<Record<string, unknown>>;

/**
 * The fields whose values of today decide some of these segments, though they may have been others at a past as-of: fields of entities (not of events,
 * which stand still) that their conditions, references and the headers' `where` read, links among them; keys and `since` never change.
 * Named as in the language's document: `region` of the default entity, `Product.brand` of another, in code point order.
 */
export function currentFields(program: Program, segments: Iterable<string>): readonly string[] {
  const names = new Set<string>();
  const seen = new Set<string>();
  const pending: unknown[] = [];
  const once = (what: string, tree: unknown): void => {
    if (tree !== undefined && !seen.has(what)) pending.push(tree);
    seen.add(what);
  };
  const note = (entityName: string, field: string): void => {
    const entity = program.model.entities.get(entityName);
    if (entity === undefined || entity.kind === "event" || field === entity.key || field === entity.since) return;
    const name = field.replace(/^\$/, "");
    names.add(entityName === program.model.defaultEntity ? name : `${entityName}.${name}`);
  };
  for (const name of segments) once(`segment ${name}`, program.segments.get(name));
  while (pending.length > 0) {
    const tree = pending.pop();
    if (typeof tree !== "object" || tree === null) continue;
    const node = tree as Node;
    for (const part of Object.values(node)) pending.push(part);
    if (typeof node["entity"] === "string") once(`header ${node["entity"]}`, program.filters.get(node["entity"]));
    if (node["kind"] === "segment" && typeof node["name"] === "string")
      once(`segment ${node["name"]}`, program.segments.get(node["name"]));
    if (node["kind"] === "trait") once(`trait ${String(node["name"])}`, program.traits.get(String(node["name"])));
    // A field, a path of one, a list: whatever names a field of a row.
    if (typeof node["field"] === "string" && typeof node["row"] === "object")
      note(String((node["row"] as Node)["entity"]), node["field"]);
    if (typeof node["link"] === "string" && typeof node["from"] === "object") {
      const from = String((node["from"] as Node)["entity"]);
      const link = program.model.entities.get(from)?.links.get(node["link"]);
      if (link !== undefined) note(link.kind === "one" ? from : link.target, link.field);
    }
  }
  return [...names].sort(compareText);
}
