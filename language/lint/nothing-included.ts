import { diagnose } from "../diagnostics/catalog.ts";
import type { Cause } from "./missing.ts";
import { negatedIn } from "./negated.ts";
import type { Rule } from "./rule.ts";
import { withMore } from "./say-known.ts";

type Nothing = Extract<Cause, { kind: "nothing" }>;

/** A negation over what nothing gives no value: `not purchases.avg(amount) > 50` includes those without purchases. */
export const nothingIncluded: Rule = (project) =>
  negatedIn(project).flatMap(({ origin, entity, causes }) => {
    const [first, ...others] = causes.filter((cause): cause is Nothing => cause.kind === "nothing");
    if (first === undefined || causes.length > others.length + 1) return [];
    const { text } = project.written;
    const conditions = [...new Set([first, ...others].map((cause) => asked(cause, text)))];
    const some = conditions.join(" and ");
    const fixes = [withMore(project, origin, "and", some, `Leave them out: \`and ${some}\``)].filter(
      (fix) => fix !== null,
    );
    const collection = first.collection === null ? null : text(first.collection.origin);
    const value = text(first.origin);
    return [diagnose("nothing-included", { entity, collection, value, some }, origin, { fixes })];
  });

/** What, if it holds, says that there is a value. */
const asked = ({ collection, origin }: Nothing, text: (origin: Nothing["origin"]) => string): string =>
  collection === null ? `${text(origin)} is known` : text(collection.origin);
