import type { Circumstances, Program } from "../../../language/meaning/program.ts";
import { interpret } from "../../predicate/interpret.ts";
import type { World } from "../../predicate/rows.ts";
import { probes } from "./condition-probes.ts";
import { type Probe, SITUATIONS, type Situation } from "./probe.ts";

/**
 * What the people of a case did to the operators of its segments: for every test, probes that are segments themselves ("the left side is
 * missing", "equal to the edge", …) are put to the interpreter, and the people they hold for are counted.
 */
export type Coverage = Map<string, Map<Situation, number>>;

/** Adds what a bound program's people did to its operators. `dirty` are the keys of people who have a row that breaks a promise of the model. */
export function addCoverage(
  into: Coverage,
  bound: Program,
  world: World,
  when: Circumstances,
  dirty: ReadonlySet<string>,
): void {
  const segments = new Map(bound.segments);
  const asked: { probe: Probe; name: string }[] = [];
  const operatorsOfSegment = new Map<string, Set<string>>();
  for (const s of bound.segments.values()) {
    for (const probe of probes(s.condition, (p) => p, bound)) {
      const name = `probe ${asked.length}`;
      asked.push({ probe, name });
      segments.set(name, { ...s, name, condition: probe.pred });
      const seen = operatorsOfSegment.get(s.name) ?? new Set<string>();
      operatorsOfSegment.set(s.name, seen.add(probe.operator));
    }
  }
  const judge = interpret({ ...bound, segments }, world, when);
  const add = (operator: string, situation: Situation, n: number): void => {
    const row = into.get(operator) ?? new Map<Situation, number>();
    into.set(operator, row.set(situation, (row.get(situation) ?? 0) + n));
  };
  for (const { probe, name } of asked) add(probe.operator, probe.situation, judge.members(name).length);
  for (const [segment, operators] of operatorsOfSegment) {
    const s = bound.segments.get(segment);
    if (!s) continue;
    const dirtyPeople = judge.population(s.entity).filter((key) => dirty.has(`${s.entity}:${key}`)).length;
    for (const operator of operators) add(operator, "dirty", dirtyPeople);
  }
}

/** The table, operators down, situations across; a dot where a situation cannot be. */
export function printCoverage(coverage: Coverage): string {
  const lines = [`${"operator".padEnd(26)}${SITUATIONS.map((s) => s.padStart(9)).join("")}`];
  for (const [operator, row] of [...coverage].sort(([a], [b]) => (a < b ? -1 : 1))) {
    lines.push(
      `${operator.padEnd(26)}${SITUATIONS.map((s) => (row.has(s) ? String(row.get(s)) : ".").padStart(9)).join("")}`,
    );
  }
  return lines.join("\n");
}
