import type { Fix } from "../diagnostics/diagnostic.ts";
import type { Expr } from "../syntax/ast.ts";
import { describeType } from "../types/print.ts";
import type { Type } from "../types/type.ts";
import { type Context, entityOf, replace, report, words } from "./context.ts";

/** A type inside a sentence, with the names of the model in back-ticks. */
export function describe(type: Type): string {
  if (type.kind === "entity") return `one \`${type.name}\``;
  if (type.kind === "collection") return `${type.grouped ? "groups" : "a collection"} of \`${type.of}\``;
  return describeType(type);
}

/** Reports what stands where one value is expected and is none; `takesNumbers`: whether a count could stand there. Says nothing about what is reported already. */
export function rejectAsValue(expr: Expr, type: Type, hint: string | null, ctx: Context, takesNumbers = true): void {
  const text = words(ctx, expr.span);
  switch (type.kind) {
    case "error":
      return;
    case "collection":
      report(ctx, "collection-as-value", { text }, expr.span, { fixes: takesNumbers ? [countFix(ctx, [expr])] : [] });
      return;
    case "entity": {
      const key = entityOf(ctx, type.name)?.key ?? null;
      const example =
        key === null ? null : `Write a dot and a field of \`${type.name}\` after it, such as \`${text}.${key}\`.`;
      report(ctx, "row-as-value", { text, entity: type.name, hint: hint ?? example }, expr.span);
      return;
    }
    case "gaps":
      report(ctx, "gaps-as-value", { text }, expr.span);
      return;
    case "duration":
      report(ctx, "duration-as-value", { text, hint }, expr.span);
      return;
    case "window":
      if (expr.kind === "range")
        report(
          ctx,
          "wrong-kind",
          { text, found: "a range", wanted: "one value", hint: "A range stands after `in`." },
          expr.span,
        );
      else report(ctx, "window-as-value", { text }, expr.span);
      return;
    case "list":
      if (ctx.tables.resolved.get(expr)?.kind === "field")
        report(ctx, "list-as-one-value", { text, meant: null }, expr.span);
      else report(ctx, "list-as-value", { text, hint: hint ?? `Write \`in ${text}\`.` }, expr.span);
      return;
    case "json":
      report(ctx, "json-as-value", { text, paths: type.paths.map(({ name }) => name) }, expr.span);
      return;
    case "text":
    case "boolean":
    case "integer":
    case "decimal":
    case "float":
    case "date":
    case "timestamp":
      report(ctx, "wrong-kind", { text, found: describe(type), wanted: "another kind of value", hint }, expr.span);
  }
}

/** Writes `.count` after each of the expressions. */
export const countFix = (ctx: Context, exprs: readonly Expr[]): Fix => ({
  title: "Write `.count`",
  preferred: true,
  edits: exprs.map((e) => ({ file: ctx.unit.file, span: { start: e.span.end, end: e.span.end }, newText: ".count" })),
});

/** Reports a value of the wrong kind. */
export function wrongKind(expr: Expr, type: Type, wanted: string, hint: string | null, ctx: Context): void {
  report(ctx, "wrong-kind", { text: words(ctx, expr.span), found: describe(type), wanted, hint }, expr.span);
}

/** A text literal that says what its quotes hide: `"3"` beside a number, `"2026-01-31"` beside a date. */
export function unquoteFix(expr: Expr, other: Type, ctx: Context): Fix | null {
  if (expr.kind !== "text") return null;
  const pattern =
    other.kind === "integer" || other.kind === "decimal" || other.kind === "float"
      ? /^\d{1,15}(?:\.\d{1,9})?$/u
      : other.kind === "date" || other.kind === "timestamp"
        ? /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2})?$/u
        : other.kind === "boolean"
          ? /^(?:true|false|yes|no)$/iu
          : null;
  if (pattern === null || !pattern.test(expr.value)) return null;
  if (other.kind === "boolean") {
    const word = /^(?:true|yes)$/iu.test(expr.value) ? "true" : "false";
    return replace(ctx, `Write \`${word}\``, expr.span, word);
  }
  return replace(ctx, `Write \`${expr.value}\``, expr.span, expr.value);
}
