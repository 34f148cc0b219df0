import type { Constraint } from "../model/model.ts";
import type { Expr } from "../syntax/ast.ts";
import { writeText } from "../syntax/literals.ts";
import { compareText } from "../text/compare.ts";
import { isNumber } from "../types/kinds.ts";
import { compareNumbers } from "../types/number.ts";
import { constantOf } from "./constants.ts";
import { type Context, entityOf, replace, report, strip, words } from "./context.ts";
import { sameButCase, suggest } from "./spelling.ts";

/** `equality`: the field is asked for this very value; `ignoringCase` likewise; `order`: it is held against it. */
export type Comparison = "equality" | "ignoringCase" | "order";

/**
 * Holds a plain value against what the model promises of the field that it is compared with. Only the field itself promises: not what
 * `else`, arithmetic or an aggregate make of it.
 */
export function checkConstraint(field: Expr, value: Expr, how: Comparison, ctx: Context): void {
  const named = ctx.tables.resolved.get(strip(field));
  if (named?.kind !== "field") return;
  const constraint = entityOf(ctx, named.entity)?.fields.get(named.name)?.constraint ?? null;
  if (constraint !== null) checkPromise(named.name, constraint, value, how, ctx);
}

/** Holds a plain value against a constraint of the field of that name. */
export function checkPromise(field: string, constraint: Constraint, value: Expr, how: Comparison, ctx: Context): void {
  const constant = constantOf(value);
  if (constant === null) return;
  if (constraint.kind === "oneOf") {
    if (how !== "order" && typeof constant.value === "string") {
      checkListed(field, constraint.values, constant.value, value, how === "ignoringCase", ctx);
    }
    return;
  }
  const order = isNumber(constant.type) ? compareNumbers : constant.type.kind === "date" ? compareText : null;
  if (order === null) return;
  const { from, to } = constraint;
  const text = constant.value as string;
  if ((from === null || order(text, from) >= 0) && (to === null || order(text, to) <= 0)) return;
  const params = { field, value: words(ctx, value.span), range: printRange(constraint) };
  report(ctx, "value-out-of-range", params, value.span);
}

function checkListed(
  field: string,
  values: readonly string[],
  value: string,
  at: Expr,
  ignoreCase: boolean,
  ctx: Context,
): void {
  if (values.includes(value)) return;
  if (ignoreCase && sameButCase(value, values) !== null) return;
  const quote = (v: string) => (strip(at).kind === "text" ? writeText(v) : v);
  const found = strip(at).kind === "text" ? suggest(value, () => values, ctx.tables.diagnostics) : null;
  const suggestion = found === null ? null : quote(found);
  const fixes = suggestion === null ? [] : [replace(ctx, `Write \`${suggestion}\``, at.span, suggestion)];
  report(ctx, "value-not-listed", { field, value: quote(value), values: values.map(quote), suggestion }, at.span, {
    fixes,
  });
}

const printRange = (c: Extract<Constraint, { kind: "range" }>) => `${c.from ?? ""}..${c.to ?? ""}`;
