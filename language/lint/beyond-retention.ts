import { diagnose } from "../diagnostics/catalog.ts";
import type { Diagnostic, Fix } from "../diagnostics/diagnostic.ts";
import type { Bound, Collection, Window } from "../meaning/ir.ts";
import { isBefore } from "../meaning/order-bounds.ts";
import type { Duration } from "../model/model.ts";
import { walkRoots } from "./roots.ts";
import type { Linted, Rule } from "./rule.ts";

/** A window that reaches further back than its event is kept, whenever it is asked. Dates and moments of a person's own are not judged. */
export const beyondRetention: Rule = (project) => {
  const found: Diagnostic[] = [];
  walkRoots(project.program, {
    collection: (collection) => {
      const event = eventOf(collection, project);
      if (event?.keeps == null) return;
      for (const step of collection.steps) {
        if (step.kind !== "window" || !reachesBeyond(step.window, event.keeps)) continue;
        const { window } = step;
        const keeps = shown(event.keeps);
        const params = { text: window.words, event: event.name, keeps };
        found.push(diagnose("beyond-retention", params, window.origin, { fixes: shorter(window, keeps, project) }));
      }
    },
  });
  return found;
};

/** The event whose times windows of a collection are held against; of rows behind rows, none is judged. */
function eventOf(collection: Collection, { model }: Linted) {
  if (collection.steps.some(({ kind }) => kind === "flatten" || kind === "per")) return undefined;
  return model.entities.get(collection.entity);
}

const shown = ({ amount, unit }: Duration): string => `${amount}${unit}`;

function reachesBeyond({ from, to }: Window, keeps: Duration): boolean {
  const end: Bound = { kind: "asOf", shift: { ...keeps, amount: -keeps.amount } };
  const bound = from ?? to;
  return bound !== null && bound.kind !== "value" && isBefore(bound, end);
}

/** `.last5y` as `.last3y`. */
function shorter({ origin, words }: Window, keeps: string, { written }: Linted): readonly Fix[] {
  if (!/^last /u.test(words) || !/^last\d/u.test(written.text(origin))) return [];
  const newText = `last${keeps}`;
  return [{ title: `Write \`${newText}\``, preferred: false, edits: [{ ...origin, newText }] }];
}
