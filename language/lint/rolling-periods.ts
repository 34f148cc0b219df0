import { diagnose } from "../diagnostics/catalog.ts";
import type { Diagnostic, Fix } from "../diagnostics/diagnostic.ts";
import type { Value, Window } from "../meaning/ir.ts";
import type { Duration } from "../model/model.ts";
import { walkRoots } from "./roots.ts";
import type { Linted, Rule } from "./rule.ts";

type Unit = "day" | "week" | "month";

/**
 * `.days`, `.weeks` or `.months` of a rolling window, which begins and ends inside a period and so touches one more than its length says. Days of an event
 * that happens on a date are whole already.
 */
export const rollingPeriods: Rule = (project) => {
  const found: Diagnostic[] = [];
  walkRoots(project.program, {
    value: (value) => {
      const unit = periodsOf(value, project);
      if (unit === null || value.kind !== "aggregate") return true;
      for (const step of value.collection.steps) {
        if (step.kind !== "window" || !isRolling(step.window)) continue;
        const { window } = step;
        if (unit === "day" && window.target === "date") continue;
        const fixes = fullPeriods(window, unit, project);
        found.push(diagnose("rolling-periods", { text: window.words, unit }, window.origin, { fixes }));
      }
      return true;
    },
  });
  return found;
};

const WORDS: Readonly<Record<string, Unit>> = { days: "day", weeks: "week", months: "month" };

/** The periods that a value counts; null of others. */
function periodsOf(value: Value, { written }: Linted): Unit | null {
  if (value.kind !== "aggregate" || value.fn !== "distinct") return null;
  const expr = written.at(value.origin)?.expr;
  return expr?.kind === "member" ? (WORDS[expr.name.text] ?? null) : null;
}

const isRolling = ({ from, to }: Window): boolean =>
  from?.kind === "asOf" && from.shift.amount < 0 && to?.kind === "asOf" && to.shift.amount === 0;

/** `last 7 full days` in the place of `last7d`; none where the length is not whole in the unit. */
function fullPeriods({ from, origin }: Window, unit: Unit, { written }: Linted): readonly Fix[] {
  const count = from?.kind === "asOf" ? countOf(from.shift, unit) : null;
  if (count === null || !/^last\b|^last\d/u.test(written.text(origin))) return [];
  const newText = `during(last ${count} full ${unit}${count === 1 ? "" : "s"})`;
  return [{ title: `Write \`.${newText}\``, preferred: false, edits: [{ ...origin, newText }] }];
}

const DAYS: Readonly<Partial<Record<Duration["unit"], number>>> = { d: 1, w: 7 };
const MONTHS: Readonly<Partial<Record<Duration["unit"], number>>> = { mo: 1, q: 3, y: 12 };

function countOf({ amount, unit: by }: Duration, unit: Unit): number | null {
  const each = unit === "month" ? MONTHS[by] : DAYS[by];
  const count = each === undefined ? null : (-amount * each) / (unit === "week" ? 7 : 1);
  return count !== null && Number.isInteger(count) ? count : null;
}
