import { diagnose } from "../diagnostics/catalog.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { Origin } from "../meaning/ir.ts";
import type { Cause } from "./missing.ts";
import { type Negated, negatedIn } from "./negated.ts";
import type { Linted, Rule } from "./rule.ts";
import { withMore } from "./say-known.ts";

/** A negation over what may be missing includes those of whom nothing is known: `country != "FR"`. */
export const missingIncluded: Rule = (project) =>
  negatedIn(project).flatMap((negated) => {
    const names = [...new Set(negated.causes.map((cause) => nameOf(cause, negated, project)))].filter(
      (name) => name !== null,
    );
    return names.length === 0 ? [] : [finding(negated, names, project)];
  });

function finding({ origin, entity, causes }: Negated, names: readonly string[], project: Linted): Diagnostic {
  const known = names.map((name) => `${name} is known`).join(" and ");
  const missing = names.map((name) => `${name} is missing`).join(" or ");
  const fixes = [
    withMore(project, origin, "and", known, `Leave them out: \`and ${known}\``),
    withMore(project, origin, "or", missing, `Say that they are meant: \`${missing} or …\``),
  ].filter((fix) => fix !== null);
  return diagnose("missing-included", { entity, names }, placeOf(causes, origin), { fixes });
}

/** What may be missing, as written; null of what did not happen, which is another rule's. */
function nameOf(cause: Cause, { origin }: Negated, { written }: Linted): string | null {
  switch (cause.kind) {
    case "unknown":
      return written.text(cause.origin);
    case "unlinked": {
      const found = written.at(origin)?.expr;
      const membership = found?.kind === "not" ? found.operand : found;
      if (membership?.kind !== "in") return null;
      return written.text({ file: origin.file, span: membership.value.span });
    }
    case "nothing":
      return null;
  }
}

/** The smallest word to blame: the value that may be missing, where it stands inside the negation. */
function placeOf(causes: readonly Cause[], origin: Origin): Origin {
  const inside = causes.flatMap((cause) => (cause.kind === "unknown" ? [cause.origin] : []));
  const at = inside.find(
    ({ file, span }) => file === origin.file && span.start >= origin.span.start && span.end <= origin.span.end,
  );
  return at ?? origin;
}
