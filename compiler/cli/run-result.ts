import type { Program, Segment } from "../../language/meaning/program.ts";
import type { Entity } from "../../language/model/model.ts";
import type { Counted } from "./count.ts";
import { currentFields } from "./current-fields.ts";
import { meaningHashes } from "./meaning-hash.ts";
import { instantText, type When } from "./options.ts";
import type { RunResult, SegmentResult } from "./report/results.ts";

/** What a run answers, from what was counted. */
export function runResult(
  program: Program,
  segments: readonly string[],
  when: When,
  count: Counted,
  connection: string,
): RunResult {
  const hashOf = meaningHashes(program);
  return {
    asOf: instantText(when.asOf),
    timezone: when.zone,
    zoneData: process.versions["tz"] ?? "unknown",
    connection,
    params: Object.fromEntries(
      [...program.params].map(([name, param]) => [name, (when.params.get(name) ?? param.value).value]),
    ),
    population: withoutDates(program, count).length === 0 ? "asOf" : "current",
    currentFields: when.past ? currentFields(program, segments) : [],
    entities: [...count.populations].map(([name, population]) => ({
      name,
      key: entityOf(program, name).key ?? "",
      population,
    })),
    segments: segments.map((name) => segmentResult(program.segments.get(name) as Segment, count, hashOf(name))),
  };
}

/** The entities counted that do not say who existed when. */
export const withoutDates = (program: Program, { populations }: Counted): readonly string[] =>
  [...populations.keys()].filter((name) => {
    const { since, until } = entityOf(program, name);
    return since === null && until === null;
  });

const entityOf = (program: Program, name: string): Entity => program.model.entities.get(name) as Entity;

function segmentResult({ name, kind, entity }: Segment, count: Counted, hash: string): SegmentResult {
  const size = count.sizes.get(name) ?? 0;
  const keys = count.members?.get(name);
  const share = shareOf(size, count.populations.get(entity) ?? 0);
  return { name, kind, entity, size, share, hash, ...(keys === undefined ? {} : { keys }) };
}

const shareOf = (size: number, population: number): number =>
  population === 0 ? 0 : Math.round((size / population) * 1e6) / 1e6;
