import { strip } from "../analyze/context.ts";
import { diagnose } from "../diagnostics/catalog.ts";
import type { Diagnostic, Fix } from "../diagnostics/diagnostic.ts";
import { compareConstants } from "../meaning/fold.ts";
import type { Const, Origin, Pred, Test, Window } from "../meaning/ir.ts";
import { isNotAfter } from "../meaning/order-bounds.ts";
import type { Expr } from "../syntax/ast.ts";
import { walkRoots } from "./roots.ts";
import type { Linted, Rule } from "./rule.ts";

/** Ranges and windows that end before they begin, and more conditions asked for than there are: whatever the data, nothing is in them. */
export const emptyRange: Rule = (project) => {
  const found: Diagnostic[] = [];
  walkRoots(project.program, {
    pred: (pred) => {
      if (pred.kind === "test") found.push(...ofTest(pred.test, pred.origin, project));
      if (pred.kind === "countOf") found.push(...ofCount(pred, project));
      return true;
    },
    window: (window) => {
      if (isEmptyWindow(window)) found.push(finding(window.origin, BACKWARDS, project));
    },
  });
  return found;
};

const BACKWARDS = "it ends before it begins";

/** Whether a test asks for a range of constants that holds nothing. Windows in it are visited by themselves. */
function ofTest(test: Test, origin: Origin, project: Linted): readonly Diagnostic[] {
  return isEmptyBetween(test) ? [finding(origin, BACKWARDS, project)] : [];
}

/** `age(birth_date) in 65..18`. */
export function isEmptyBetween(test: Test): boolean {
  if (test.kind !== "between" || !isKnown(test.from) || !isKnown(test.to)) return false;
  return !compareConstants(test.toInclusive ? "<=" : "<", test.from, test.to, false);
}

const isKnown = (bound: { readonly kind: string } | null): bound is Const =>
  bound?.kind === "const" && (bound as Const).value !== null;

/** A window that holds nothing whenever it is asked. */
export const isEmptyWindow = ({ from, to }: Window): boolean => from !== null && to !== null && isNotAfter(to, from);

/** `at least 4 of (a, b, c)`. */
function ofCount({ mode, k, items, origin }: Extract<Pred, { kind: "countOf" }>, { written }: Linted) {
  if (mode === "atMost" || k <= items.length) return [];
  const text = written.text(origin);
  const reason = `there are only ${items.length} conditions`;
  return [diagnose("empty-range", { text: text.length > 60 ? `${text.slice(0, 56)} …` : text, reason }, origin)];
}

function finding(origin: Origin, reason: string, project: Linted): Diagnostic {
  const set = rangeAt(origin, project);
  const at = set === null ? origin : { file: origin.file, span: set.span };
  return diagnose("empty-range", { text: project.written.text(at), reason }, at, { fixes: swapped(set, at, project) });
}

/** The range in a test, or a window itself. */
function rangeAt(origin: Origin, { written }: Linted): Expr | null {
  const expr = written.at(origin)?.expr;
  const test = expr?.kind === "not" ? strip(expr.operand) : expr;
  if (test === undefined) return null;
  return test.kind === "in" ? strip(test.set) : test;
}

/** The ends the other way round. */
function swapped(set: Expr | null, at: Origin, { written }: Linted): readonly Fix[] {
  if (set?.kind !== "range" || set.from === null || set.to === null) return [];
  const [from, to] = [set.from, set.to].map(({ span }) => written.text({ file: at.file, span }));
  const newText = `${to}..${from}`;
  return [{ title: `Write \`${newText}\``, preferred: true, edits: [{ ...at, newText }] }];
}
