import { diagnose } from "../diagnostics/catalog.ts";
import type { Diagnostic, Fix } from "../diagnostics/diagnostic.ts";
import type { Origin, Pred } from "../meaning/ir.ts";
import { walkRoots } from "./roots.ts";
import type { Linted, Rule } from "./rule.ts";

/** `top 10 by x and country = "DE"`: the rank is over everybody, and the condition beside it does not narrow it, as `of` would. Two ranks side by side say so themselves. */
export const rankBeside: Rule = (project) => {
  const found: Diagnostic[] = [];
  walkRoots(project.program, {
    pred: (pred) => {
      if (pred.kind !== "and") return;
      const others = pred.items.filter((item) => !isRank(item));
      const ranks = pred.items.filter((item) => isRank(item) && !isNarrowed(item));
      if (others.length === 0) return;
      for (const { origin } of ranks) {
        const fix = ranks.length === 1 ? narrowed(project, pred.origin, origin) : null;
        const text = project.written.text(origin);
        found.push(diagnose("rank-beside", { text }, origin, { fixes: fix === null ? [] : [fix] }));
      }
    },
  });
  return found;
};

const isRank = (pred: Pred): boolean => pred.kind === "test" && pred.test.kind === "top";
const isNarrowed = (pred: Pred): boolean =>
  pred.kind === "test" && pred.test.kind === "top" && pred.test.ranking.within !== null;

/** The other conditions in the rank's `of`, one after the other; null where comments would be lost. */
function narrowed({ files, written }: Linted, whole: Origin, rank: Origin): Fix | null {
  const [all, own] = [written.at(whole)?.expr, written.at(rank)?.expr];
  const text = files.get(whole.file)?.source.text;
  if (all?.kind !== "and" || own?.kind !== "rank" || text === undefined || whole.file !== rank.file) return null;
  if (/\/[/*]/u.test(written.text(whole))) return null;
  const words = (start: number, end: number): string => text.slice(start, end);
  const others = all.items
    .filter(({ span }) => span.start !== own.span.start)
    .map(({ span }) => words(span.start, span.end));
  const newText = `${words(own.span.start, own.by.span.end)} of (${others.join(" and ")})${words(own.by.span.end, own.span.end)}`;
  const edits = [{ file: whole.file, span: whole.span, newText }];
  return { title: "Rank among those alone: `of (…)`", preferred: false, edits };
}
