import type { CalendarUnit } from "../model/model.ts";
import type { Expr } from "../syntax/ast.ts";
import { ERROR } from "../types/type.ts";
import { type Context, replace, report, strip, words } from "./context.ts";
import { suggest } from "./spelling.ts";

const UNITS: ReadonlySet<string> = new Set<CalendarUnit>(["day", "week", "month", "quarter", "year"]);

/** The calendar period that a bare word names, as in `start_of(month, t)`; null for everything else. It is a word of the language, never a field. */
export function calendarUnit(expr: Expr): CalendarUnit | null {
  const bare = strip(expr);
  if (bare.kind !== "name" || bare.name.quoted || !UNITS.has(bare.name.text)) return null;
  return bare.name.text as CalendarUnit;
}

/** Whether the word names a calendar period; reported where not. */
export function checkUnitWord(expr: Expr, ctx: Context): boolean {
  if (calendarUnit(expr) !== null) return true;
  const bare = strip(expr);
  ctx.tables.types.set(expr, ERROR);
  const text = words(ctx, bare.span);
  const written = bare.kind === "text" ? bare.value : text;
  const singular = written.toLowerCase().replace(/s$/u, "");
  const suggestion = UNITS.has(singular) ? singular : suggest(singular, () => UNITS, ctx.tables.diagnostics);
  const fixes = suggestion === null ? [] : [replace(ctx, `Write \`${suggestion}\``, bare.span, suggestion)];
  report(ctx, "not-a-period", { text, suggestion }, bare.span, { fixes });
  return false;
}
