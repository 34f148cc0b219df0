import { diagnose } from "../diagnostics/catalog.ts";
import type { Segment } from "../meaning/program.ts";
import type { Rule } from "./rule.ts";

/**
 * Segments that nothing refers to and that have no title, owner or tag, in a project where others have one. Who uses a segment outside of the project
 * cannot be seen; what people use is said to be theirs. Silent while anything is in error, for that may be what uses them.
 */
export const unusedSegment: Rule = ({ program, analysis, broken }) => {
  const segments = [...program.segments.values()].filter(({ kind }) => kind === "segment");
  if (broken || !segments.some(isSomebodys)) return [];
  const used = new Set(analysis.references.flatMap(({ to }) => (to.kind === "segment" ? [to.name] : [])));
  return segments
    .filter((segment) => !isSomebodys(segment) && segment.deprecated === null && !used.has(segment.name))
    .map(({ name, origin }) => diagnose("unused-segment", { name }, origin));
};

const isSomebodys = ({ title, owner, tags }: Segment): boolean => title !== null || owner !== null || tags.length > 0;
