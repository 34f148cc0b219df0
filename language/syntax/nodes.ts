import type { IToken } from "chevrotain";
import { type Span, span } from "../text/span.ts";
import type {
  ArithmeticOp,
  CompareOp,
  DurationLiteral,
  Expr,
  Name,
  NumberLiteral,
  PeriodUnit,
  TextLiteral,
} from "./ast.ts";
import { spanOf } from "./lexer.ts";
import { readDuration, readTimestamp, textValue } from "./literals.ts";

/** A name that is not there, at a place. */
export const noName = (at: number): Name => ({ text: "", span: span(at, at), quoted: false });

/** The name that a token is; a label's without its colon. */
export function nameOf(token: IToken): Name {
  const quoted = token.image.startsWith("`");
  const closed = quoted && token.image.length > 1 && token.image.endsWith("`");
  return { text: quoted ? token.image.slice(1, closed ? -1 : undefined) : token.image, span: spanOf(token), quoted };
}

/** A text token's node; where it is not closed, to its end. */
export function textOf(token: IToken): TextLiteral {
  return { kind: "text", value: textValue(token.image), span: spanOf(token) };
}

/** A number's node, also of a share. */
export function numberOf(token: IToken): NumberLiteral {
  if (/^\d+(?:\.\d+)?$/.test(token.image))
    return { kind: "number", text: token.image, percent: false, span: spanOf(token) };
  const percent = token.image.endsWith("%");
  return {
    kind: "number",
    text: token.image.replaceAll("_", "").replace("%", "").replace(/^\./, "0."),
    percent,
    span: spanOf(token),
  };
}

/** A duration's node, out of a text such as `90d`, `90 days`. */
export function durationOf(text: string, at: Span): DurationLiteral {
  const read = readDuration(text);
  return { kind: "duration", amount: read?.amount ?? 0, unit: read?.unit ?? "d", span: at };
}

/** A point in time that the lexer has found right. */
export const timestampOf = (token: IToken): Expr => ({
  kind: "timestamp",
  value: readTimestamp(token.image) ?? token.image,
  span: spanOf(token),
});

/** The period that a word names, in singular or plural. */
export const unitOf = (word: string): PeriodUnit => (word.endsWith("s") ? word.slice(0, -1) : word) as PeriodUnit;

const SIGNS: Readonly<Record<string, CompareOp | ArithmeticOp>> = {
  Equal: "=",
  NotEqual: "!=",
  Less: "<",
  LessEqual: "<=",
  Greater: ">",
  GreaterEqual: ">=",
  Plus: "+",
  Minus: "-",
  Times: "*",
  Divide: "/",
};

/** The operator a token stands for, however it was written. */
export const signOf = (token: IToken): CompareOp | ArithmeticOp =>
  SIGNS[token.tokenType.name] as CompareOp | ArithmeticOp;

/** What is reported already; `parts` is what could be read. */
export const errorNode = (at: Span, parts: readonly Expr[] = []): Expr => ({ kind: "error", parts, span: at });

/** Values and the signs between them, read by precedence: `* /` before `+ -`, each from the left. */
export function sumOf(operands: readonly Expr[], signs: readonly IToken[]): Expr {
  const terms: Expr[] = [operands[0] as Expr];
  const between: IToken[] = [];
  signs.forEach((sign, i) => {
    const right = operands[i + 1] as Expr;
    const op = signOf(sign);
    if (op === "*" || op === "/") terms.push(arithmetic(terms.pop() as Expr, sign, right));
    else {
      terms.push(right);
      between.push(sign);
    }
  });
  return terms.reduce((left, right, i) => arithmetic(left, between[i - 1] as IToken, right));
}

const arithmetic = (left: Expr, sign: IToken, right: Expr): Expr => ({
  kind: "arithmetic",
  op: signOf(sign) as ArithmeticOp,
  opSpan: spanOf(sign),
  left,
  right,
  span: span(left.span.start, right.span.end),
});

/** `not` or `-`, several times before one operand. */
export function prefixed(marks: readonly IToken[], operand: Expr): Expr {
  return marks.reduceRight<Expr>((inner, mark) => {
    const at = span(mark.startOffset, inner.span.end);
    if (mark.tokenType.name === "Minus") return { kind: "negate", operand: inner, span: at };
    return {
      kind: "not",
      word: mark.tokenType.name === "No" ? "no" : "not",
      opSpan: spanOf(mark),
      operand: inner,
      span: at,
    };
  }, operand);
}
