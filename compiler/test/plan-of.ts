import { expect } from "vitest";
import { bind } from "../../language/meaning/bind.ts";
import { parseInstant } from "../../language/meaning/calendar.ts";
import { normalize } from "../../language/meaning/normalize.ts";
import { loadProject } from "../../language/project.ts";
import { SHOP_MODEL } from "../../language/test/model.ts";
import { sourceFile } from "../../language/text/source.ts";
import type { Plan, Relation } from "../plan/plan.ts";
import { planSegments } from "../plan/plan-segments.ts";

const AS_OF = "2026-06-30T00:00:00Z";

/** The plan of the segments in a text without errors. */
export function planOf(
  text: string,
  model = SHOP_MODEL,
  zone = "UTC",
  asOfText = AS_OF,
  wanted?: readonly string[],
): Plan {
  const { program, diagnostics } = loadProject([sourceFile("model.seg", model), sourceFile("segments.seg", text)]);
  expect(diagnostics.filter((d) => d.severity === "error").map((d) => d.message)).toEqual([]);
  const asOf = parseInstant(asOfText, zone) as bigint;
  const normal = normalize(bind(program, { asOf, zone, params: new Map() }), zone);
  return planSegments(normal, wanted ?? [...normal.segments.keys()], asOf, zone);
}

/** Each relation in a line: its name, what it reads, what it works out. */
function outline({ relations, people }: Plan): readonly string[] {
  const line = ({ name, sources, columns }: Pick<Relation, "name" | "sources" | "columns">): string => {
    const read = sources.map(({ of }) => {
      if (of.kind === "union") return of.parts.map((part) => part.name).join(" + ");
      return of.kind === "table" ? of.table.join(".") : of.kind === "relation" ? of.name : of.kind;
    });
    const made = columns.flatMap(({ value, name: column }) =>
      value.kind === "aggregate"
        ? [`${value.fn}${value.filter.length > 0 ? " if" : ""}`]
        : value.kind === "flag"
          ? [column]
          : [],
    );
    return `${name} ← ${read.join(", ")}${made.length > 0 ? `: ${made.join(", ")}` : ""}`;
  };
  return [...relations.map(line), line({ name: "people", sources: people.sources, columns: [] })];
}

/** Holds the outline of a plan against an expected one. */
export const check = (text: string, expected: readonly string[], wanted?: readonly string[]): void =>
  expect(outline(planOf(text, SHOP_MODEL, "UTC", AS_OF, wanted))).toEqual(expected);
