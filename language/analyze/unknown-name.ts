import { FUNCTION_WORDS, OPERATORS } from "../operators/table.ts";
import { writeText } from "../syntax/literals.ts";
import { type Context, replace, report } from "./context.ts";
import { VALUE_WORDS } from "./functions.ts";
import type { NameExpr } from "./resolve-name.ts";
import { behindLink, rowOf, type Scope, visibleNames } from "./scope.ts";
import { quoteName, sameButCase, suggest } from "./spelling.ts";

/** Reports a bare name that means nothing where it stands, unless what it names is reported already. `values` are as in `resolveName`. */
export function reportUnknown(expr: NameExpr, scope: Scope, ctx: Context, values: readonly string[]): void {
  const name = expr.name.text;
  const { unit } = ctx;
  if (unit.kind === "param" || unit.kind === "list") {
    const fixes = [replace(ctx, `Write \`"${name}"\``, expr.span, writeText(name))];
    report(ctx, "not-a-plain-value", { text: name, where: `a ${unit.kind}` }, expr.span, { fixes });
    return;
  }
  const declared = ctx.declared.get(name);
  if (scope.rows.length === 0 || declared?.kind === "unreadable") return;
  if (declared?.kind === "trait" || declared?.kind === "segment") {
    if (declared.entity !== null) otherSubject(expr, declared.kind, declared.entity, scope, ctx);
    return;
  }
  if (ctx.model.entities.has(name)) {
    report(ctx, "entity-as-value", { name, hint: entityHint(name, scope) }, expr.span);
    return;
  }
  const id = FUNCTION_WORDS.get(name);
  if (id !== undefined) {
    const operands = OPERATORS[id].signatures[0]?.operands.map((o) => o.name) ?? [];
    report(ctx, "wrong-arguments", { name, example: `${name}(${operands.join(", ")})` }, expr.span);
    return;
  }
  const { newText, hint } = guess(name, scope, ctx, values);
  const fixes = newText === null ? [] : [replace(ctx, `Write \`${newText}\``, expr.span, newText)];
  report(ctx, "unknown-name", { name, suggestion: hint === null ? newText : null, hint }, expr.span, { fixes });
}

interface Guess {
  readonly newText: string | null;
  readonly hint: string | null;
}

/** What an unknown name was meant to be: a text without quotes, a field behind a link, or a name that is visible. */
function guess(name: string, scope: Scope, ctx: Context, values: readonly string[]): Guess {
  if (values.includes(name)) return { newText: writeText(name), hint: `Text stands in quotes: \`"${name}"\`.` };
  const visible = () => [...visibleNames(scope, ctx.declared), ...VALUE_WORDS];
  const suggestion = suggest(name, visible, ctx.tables.diagnostics);
  const newText = suggestion === null ? null : quoteName(suggestion);
  if (scope.header || (suggestion !== null && sameButCase(name, [suggestion]) !== null)) return { newText, hint: null };
  const behind = behindLink(name, scope, ctx.model);
  if (behind === null) return { newText, hint: null };
  const belongs = `\`${name}\` belongs to \`${behind.entity}\``;
  const link = quoteName(behind.link);
  if (behind.many) {
    const isEvent = ctx.model.entities.get(behind.entity)?.kind === "event";
    const latest = isEvent ? `, or \`${link}.latest.${name}\`` : "";
    const hint = `${belongs}: write it in a step, such as \`${link}.where(${name} …)\`${latest}.`;
    return { newText: null, hint };
  }
  const whole = `${link}.${quoteName(name)}`;
  return { newText: whole, hint: `${belongs}: write \`${whole}\`.` };
}

/** A segment or trait of an entity that is none of those in play. */
function otherSubject(expr: NameExpr, what: "trait" | "segment", of: string, scope: Scope, ctx: Context): void {
  const name = expr.name.text;
  const here = scope.rows[scope.rows.length - 1]?.entity;
  const links = here === undefined ? [] : [...here.links.values()].filter((l) => l.target === of);
  const one = links.find((l) => l.kind === "one");
  const many = links.find((l) => l.kind === "many");
  const link = one === undefined ? null : quoteName(one.name);
  const whole =
    link === null ? null : what === "segment" ? `${link} in ${quoteName(name)}` : `${link}.${quoteName(name)}`;
  const fixes = whole === null ? [] : [replace(ctx, `Write \`${whole}\``, expr.span, whole)];
  const ofEach = many === undefined ? null : `Ask it of each: \`${many.name}.where(${name})\`.`;
  const hint = whole === null ? ofEach : `Write \`${whole}\`.`;
  report(ctx, "other-subject", { name, what, of, here: here?.name ?? "", hint }, expr.span, { fixes });
}

function entityHint(name: string, scope: Scope): string | null {
  if (rowOf(scope, name) !== null) return `Write a dot and a field after it: \`${name}.…\`.`;
  for (const row of scope.rows.toReversed()) {
    for (const link of row.entity.links.values())
      if (link.target === name) return `The link to it is \`${link.name}\`.`;
  }
  return null;
}
