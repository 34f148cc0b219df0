import { bind } from "../../language/meaning/bind.ts";
import { normalize } from "../../language/meaning/normalize.ts";
import type { Program } from "../../language/meaning/program.ts";
import { printable } from "../../language/text/width.ts";
import { entitiesOf } from "../engines/entities.ts";
import { planSegments } from "../plan/plan-segments.ts";
import type { When } from "./options.ts";
import { counted } from "./report/words.ts";

/**
 * What segments share when they are compiled together: of each subject how many relations (subqueries) that takes together and one by one,
 * and which segments read which entity.
 */
export function explainSharing(program: Program, segments: readonly string[], { asOf, zone, params }: When): string {
  const normal = normalize(bind(program, { asOf, zone, params }), zone);
  const relations = (some: readonly string[]): number => planSegments(normal, some, asOf, zone).relations.length;
  const subjects = new Set(segments.map((name) => program.segments.get(name)?.entity));
  return [...subjects]
    .map((subject) => {
      const own = segments.filter((name) => program.segments.get(name)?.entity === subject);
      const apart = own.reduce((sum, name) => sum + relations([name]), 0);
      const title = `${subject}: ${counted(own.length, "segment")}, ${counted(relations(own), "relation")} together, ${apart} one by one.`;
      return [title, ...readersLines(program, own)].join("\n");
    })
    .join("\n\n")
    .concat("\n");
}

/** One line an entity: its table, and who reads it. */
function readersLines(program: Program, segments: readonly string[]): readonly string[] {
  const readers = new Map<string, string[]>();
  for (const segment of segments) {
    for (const entity of entitiesOf(program, [segment])) readers.set(entity, [...(readers.get(entity) ?? []), segment]);
  }
  return [...readers].map(([name, names]) => {
    const table = program.model.entities.get(name)?.table.join(".") ?? "";
    return printable(
      `  ${name} (${table}): ${names.length === segments.length && names.length > 1 ? "all" : names.join(", ")}`,
    );
  });
}
