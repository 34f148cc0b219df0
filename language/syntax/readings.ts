import { type Span, span } from "../text/span.ts";
import type { Expr } from "./ast.ts";
import type { Edit, Repair } from "./report.ts";

/** Parentheses around stretches of text. */
function parentheses(title: string, stretches: readonly Span[]): Repair {
  const edits: Edit[] = stretches.flatMap((at) => [
    { span: span(at.start, at.start), newText: "(" },
    { span: span(at.end, at.end), newText: ")" },
  ]);
  return { title, edits };
}

type Word = "and" | "or";

/** Runs of at least two items that `word` joins. */
function runs(items: readonly Expr[], words: readonly Word[], word: Word): Span[] {
  const found: Span[] = [];
  for (let i = 0; i < words.length; i++) {
    if (words[i] !== word) continue;
    const first = items[i] as Expr;
    while (words[i] === word) i++;
    found.push(span(first.span.start, (items[i] as Expr).span.end));
  }
  return found;
}

/** The two ways to read `a and b or c`. */
export function andOrRepairs(items: readonly Expr[], words: readonly Word[]): readonly Repair[] {
  return [
    parentheses("Put parentheses around what `and` joins", runs(items, words, "and")),
    parentheses("Put parentheses around what `or` joins", runs(items, words, "or")),
  ];
}

/** The two ways to read `a + b else 0`: the default is for its nearest operand, or for all of it. */
export function elseRepairs(operands: readonly Expr[]): readonly Repair[] {
  const defaults = operands.filter((operand) => operand.kind === "else");
  const nearest = parentheses(
    "Take the default for this value",
    defaults.map((operand) => operand.span),
  );
  const [only] = defaults;
  if (defaults.length !== 1 || only?.kind !== "else") return [nearest];
  const first = operands[0] as Expr;
  const last = operands[operands.length - 1] as Expr;
  const whole: Span[] = [];
  if (first !== only) whole.push(span(first.span.start, only.value.span.end));
  if (last !== only) whole.push(span(only.fallback.span.start, last.span.end));
  return [nearest, parentheses("Take the default for the whole calculation", whole)];
}

/** The two ways to read `-x else 0`; `start` is where the sign stands. */
export function negatedElseRepairs(start: number, operand: Expr): readonly Repair[] {
  if (operand.kind !== "else") return [];
  return [
    parentheses("Take the default, then its opposite", [operand.span]),
    parentheses("Take the opposite, then the default", [span(start, operand.value.span.end)]),
  ];
}

/** `a < b < c` as two comparisons. */
export function chainRepairs(first: Expr, second: Expr, text: string): readonly Repair[] {
  if (first.kind !== "compare" || second.kind !== "compare") return [];
  const rising = (op: string): boolean => op === "<" || op === "<=";
  const falling = (op: string): boolean => op === ">" || op === ">=";
  if (!(rising(first.op) && rising(second.op)) && !(falling(first.op) && falling(second.op))) return [];
  const middle = text.slice(first.right.span.start, first.right.span.end);
  return [
    {
      title: "Write two comparisons",
      edits: [{ span: span(first.span.end, first.span.end), newText: ` and ${middle}` }],
    },
  ];
}

/** The one way to write what stands in parentheses and has none. */
export const inParentheses = (at: Span): readonly Repair[] => [parentheses("Put it in parentheses", [at])];

type If = Extract<Expr, { readonly kind: "if" }>;

/** `if c then a else b` beside something that ends at `end`: all of it in parentheses, or what comes after belongs to the last branch. */
export function ifRepairs(value: If, end: number): readonly Repair[] {
  const whole = parentheses("Put parentheses around the `if`", [value.span]);
  if (end <= value.span.end) return [whole];
  return [whole, parentheses("Put parentheses around what follows `else`", [span(value.no.span.start, end)])];
}

/** The three ways to read `if c then a else b else 0`. */
export function branchDefaultRepairs(value: If, fallback: Expr): readonly Repair[] {
  return [
    parentheses("Take the default for the value after `then`", [span(value.yes.span.start, value.no.span.end)]),
    parentheses("Take the default for the value after `else`", [span(value.no.span.start, fallback.span.end)]),
    parentheses("Take the default for the whole `if`", [value.span]),
  ];
}
