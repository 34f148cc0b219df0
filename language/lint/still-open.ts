import { diagnose } from "../diagnostics/catalog.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { Bound, Collection, Step } from "../meaning/ir.ts";
import { isNotAfter } from "../meaning/order-bounds.ts";
import { walkRoots } from "./roots.ts";
import type { Rule } from "./rule.ts";

/**
 * `.not_followed_by(…, within: 24h)` of elements whose 24 hours may not be over: what has not followed may still. Without `within` it never is over, so
 * "not so far" is what is asked; of a period with its own dates nobody knows when it is asked.
 */
export const stillOpen: Rule = ({ program }) => {
  const found: Diagnostic[] = [];
  walkRoots(program, {
    collection: (collection) => {
      for (const step of collection.steps) {
        if (!isOpen(step, collection)) continue;
        const within = `${step.within.amount}${step.within.unit}`;
        const { file, span } = step.origin;
        const newText = `before(${within} ago).`;
        const fixes = [
          {
            title: `Leave out what is still open: \`.before(${within} ago)\``,
            preferred: false,
            edits: [{ file, span: { start: span.start, end: span.start }, newText }],
          },
        ];
        found.push(diagnose("still-open", { within }, step.origin, { fixes }));
      }
    },
  });
  return found;
};

type OpenStep = Extract<Step, { kind: "neighbour" }> & {
  readonly within: NonNullable<Extract<Step, { kind: "neighbour" }>["within"]>;
};

function isOpen(step: Step, { steps }: Collection): step is OpenStep {
  if (step.kind !== "neighbour" || !step.negated || step.direction !== "followed" || step.within === null) return false;
  const end: Bound = { kind: "asOf", shift: { ...step.within, amount: -step.within.amount } };
  return !steps.some((other) => {
    const to = other.kind === "window" ? other.window.to : null;
    return to !== null && (isFixed(to) || isNotAfter(to, end));
  });
}

/** A date of its own, the same whenever it is asked. */
const isFixed = (bound: Bound): boolean => bound.kind === "value" && bound.value.kind === "const";
