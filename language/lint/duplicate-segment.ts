import { diagnose } from "../diagnostics/catalog.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { Segment } from "../meaning/program.ts";
import { reasonerOf } from "../meaning/reason.ts";
import type { Rule } from "./rule.ts";

/**
 * Segments of one entity that mean the same under two names, by their normal form. One that only names the other is there on purpose, and so is one that
 * is deprecated.
 */
export const duplicateSegment: Rule = ({ program }) => {
  const reasoner = reasonerOf(program);
  const first = new Map<string, Segment>();
  const found: Diagnostic[] = [];
  for (const segment of program.segments.values()) {
    const { kind, entity, name, condition, deprecated, origin } = segment;
    if (kind !== "segment" || deprecated !== null || isName(segment)) continue;
    const key = `${entity} ${reasoner.normal(reasoner.read(condition, false, 0))}`;
    const other = first.get(key);
    if (other === undefined) {
      first.set(key, segment);
      continue;
    }
    const related = [{ ...other.origin, message: "The other one is here." }];
    found.push(diagnose("duplicate-segment", { name, other: other.name }, origin, { related }));
  }
  return found;
};

/** `segment Fans where Loyal`: an alias. */
const isName = ({ condition }: Segment): boolean => condition.kind === "test" && condition.test.kind === "segment";
