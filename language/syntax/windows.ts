import type { IToken } from "chevrotain";
import { span } from "../text/span.ts";
import type { Expr, PeriodUnit } from "./ast.ts";
import { shown, spanOf } from "./lexer.ts";
import { EXPECTED } from "./messages.ts";
import { durationOf, errorNode, numberOf, unitOf } from "./nodes.ts";
import { broken, RecoveringParser } from "./recovery.ts";
import { replace } from "./report.ts";
import { T } from "./tokens.ts";

const UNIT_SHORT: Readonly<Record<PeriodUnit, string>> = { day: "d", week: "w", month: "mo", quarter: "q", year: "y" };

/** Durations and windows of time. */
export abstract class WindowParser extends RecoveringParser {
  /** `90d`, `90d ago`. */
  protected readonly time = this.RULE(
    "time",
    (): Expr => {
      const token = this.CONSUME(T.Duration);
      const ago = this.OPTION(() => this.CONSUME(T.Ago));
      return this.ACTION((): Expr => {
        const duration = durationOf(token.image, spanOf(token));
        return ago === undefined ? duration : { kind: "ago", duration, span: span(token.startOffset, spanOf(ago).end) };
      });
    },
    broken,
  );

  /** `last 90d`, `this month`, `last 3 full months`. */
  protected readonly window = this.RULE(
    "window",
    (): Expr => {
      const word = this.OR([
        { ALT: () => this.CONSUME(T.Last) },
        { ALT: () => this.CONSUME(T.Next) },
        { ALT: () => this.CONSUME(T.This) },
        { ALT: () => this.CONSUME(T.Previous) },
      ]);
      const size = this.OPTION(() =>
        this.OR1([
          { ALT: () => this.CONSUME(T.Duration) },
          { ALT: () => this.CONSUME(T.Number) },
          { ALT: () => this.CONSUME(T.Wrong) },
        ]),
      );
      const full = this.OPTION1(() => this.CONSUME(T.Full));
      const unit = this.OPTION2(() => this.CONSUME(T.Unit));
      return this.ACTION(() => this.windowOf(word, size, full, unit));
    },
    broken,
  );

  private windowOf(word: IToken, size: IToken | undefined, full: IToken | undefined, unit: IToken | undefined): Expr {
    const at = span(word.startOffset, this.lastEnd());
    const isLast = word.tokenType === T.Last;
    if (size?.tokenType === T.Wrong) return errorNode(at);
    if (size?.tokenType === T.Duration)
      return {
        kind: "rolling",
        direction: isLast ? "last" : "next",
        duration: durationOf(size.image, spanOf(size)),
        span: at,
      };
    if (size !== undefined) {
      if (full === undefined || unit === undefined) {
        this.lacks(full === undefined ? EXPECTED.duration : EXPECTED.periods);
        return errorNode(at);
      }
      const count = Number(numberOf(size).text);
      if (isLast && Number.isInteger(count) && count >= 1 && count <= 12_000)
        return { kind: "fullPeriods", count, unit: unitOf(unit.image), span: at };
      if (isLast) this.report("number-shape", { found: shown(size.image) }, spanOf(size));
      else
        this.report("unexpected-text", { found: word.image, expected: "`last`" }, spanOf(word), [
          replace(spanOf(word), "last"),
        ]);
      return errorNode(at);
    }
    if (unit === undefined) {
      this.lacks(EXPECTED.period);
      return errorNode(at);
    }
    const period = unitOf(unit.image);
    if (isLast) {
      const rolling = `last 1${UNIT_SHORT[period]}`;
      this.report("last-period", { unit: period }, at, [replace(at, `previous ${period}`), replace(at, rolling)], true);
      return { kind: "period", which: "previous", unit: period, span: at };
    }
    if (unit.image !== period)
      this.report("word-spelling", { found: unit.image, meant: period }, spanOf(unit), [replace(spanOf(unit), period)]);
    return { kind: "period", which: word.image.toLowerCase() as "this" | "previous" | "next", unit: period, span: at };
  }
}
