import { diagnose } from "../../language/diagnostics/catalog.ts";
import type { Diagnostic } from "../../language/diagnostics/diagnostic.ts";
import { bind } from "../../language/meaning/bind.ts";
import { normalize } from "../../language/meaning/normalize.ts";
import type { Circumstances, Program } from "../../language/meaning/program.ts";
import { calendarPlaces, clockedPlan, momentsFrom } from "../plan/clock.ts";
import type { Plan } from "../plan/plan.ts";
import { planSegments } from "../plan/plan-segments.ts";
import { reachable } from "../plan/reachable.ts";

/** The plan of a segment by the engine's clock, or what in it follows a calendar. `program` is as written. */
export function viewOf(
  program: Program,
  segment: string,
  circumstances: Circumstances,
): { readonly plan: Plan } | { readonly diagnostics: readonly Diagnostic[] } {
  const { asOf, zone } = circumstances;
  const moments = momentsFrom(asOf);
  const asked = reachable(program, [segment]);
  const bound = moments.map((moment) => bind(asked, { ...circumstances, asOf: moment }));
  const places = calendarPlaces(bound, moments);
  if (places.length > 0)
    return {
      diagnostics: places.map(({ words, origin }) => diagnose("calendar-in-view", { segment, words }, origin)),
    };
  const plans = bound.map((one, index) =>
    planSegments(normalize(one, zone), [segment], moments[index] as bigint, zone),
  );
  const plan = clockedPlan(plans, moments);
  if (plan !== null) return { plan };
  const found = program.segments.get(segment);
  return {
    diagnostics: found === undefined ? [] : [diagnose("calendar-in-view", { segment, words: null }, found.origin)],
  };
}
