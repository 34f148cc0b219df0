import type { Entity } from "../model/model.ts";
import { FUNCTION_WORDS, OPERATORS } from "../operators/table.ts";
import type { Expr } from "../syntax/ast.ts";
import { writeText } from "../syntax/literals.ts";
import type { Span } from "../text/span.ts";
import { type DeclaredUnit, roleOf } from "./analysis.ts";
import { type Context, replace, report } from "./context.ts";
import { VALUE_WORDS } from "./functions.ts";
import type { NameExpr } from "./resolve-name.ts";
import { behindLink, lookup, namesOf, rowOf, type Scope, subjectRow, visibleNames } from "./scope.ts";
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
  if (declared !== undefined && declared.kind !== "param" && declared.kind !== "list") {
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
  if (isLost(name, scope, ctx)) return;
  const row =
    ctx.text[expr.span.end] === "."
      ? sameButCase(
          name,
          scope.rows.map(({ entity }) => entity.name),
        )
      : null;
  const { newText, hint } = row === null ? guess(name, scope, ctx, values) : { newText: row, hint: null };
  const fixes = newText === null ? [] : [replace(ctx, `Write \`${newText}\``, expr.span, newText)];
  report(ctx, "unknown-name", { name, suggestion: hint === null ? newText : null, hint }, expr.span, { fixes });
}

/** Whether a name may be one that was lost with a broken declaration of the model. */
function isLost(name: string, { rows }: Pick<Scope, "rows">, { lost }: Context): boolean {
  return lost.fields.has(name) || rows.some(({ entity }) => lost.entities.has(entity.name));
}

interface Guess {
  readonly newText: string | null;
  readonly hint: string | null;
}

/** What an unknown name was meant to be: a text without quotes, a field behind a link, or a name that is visible. */
function guess(name: string, scope: Scope, ctx: Context, values: readonly string[]): Guess {
  if (/^(?:yes|no)$/i.test(name)) {
    const word = name.toLowerCase() === "yes" ? "true" : "false";
    return { newText: word, hint: `Write \`${word}\`.` };
  }
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

/** Reports a name after a row of `entity` and a dot that means nothing there. */
export function reportUnknownMember(
  expr: Extract<Expr, { kind: "member" }>,
  entity: Entity,
  scope: Scope,
  ctx: Context,
): void {
  const { text: name, span } = expr.name;
  if (isLost(name, { rows: [subjectRow(entity)] }, ctx)) return;
  const { newText, hint, at } = guessMember(expr, entity, scope, ctx);
  const fixes = newText === null ? [] : [replace(ctx, `Write \`${newText}\``, at, newText)];
  const suggestion = hint === null ? newText : null;
  report(ctx, "unknown-member", { name, entity: entity.name, suggestion, hint }, span, { fixes });
}

/** A segment of the row, a field of a row that it links to, a name of the row's own, or one that stands without the row. */
function guessMember(
  expr: Extract<Expr, { kind: "member" }>,
  entity: Entity,
  scope: Scope,
  ctx: Context,
): Guess & { readonly at: Span } {
  const { text: name, span } = expr.name;
  const object = ctx.text.slice(expr.object.span.start, expr.object.span.end);
  const unit = ctx.declared.get(name);
  if (unit !== undefined && roleOf(unit) === "segment" && "entity" in unit && unit.entity === entity.name) {
    const whole = `${object} in ${quoteName(name)}`;
    return { newText: whole, hint: `\`${name}\` is a segment: write \`${shown(whole)}\`.`, at: expr.span };
  }
  const isMember = (other: string) => {
    const named = ctx.declared.get(other);
    return named === undefined || roleOf(named) === "trait";
  };
  const members = () => namesOf(entity, ctx.declared).filter(isMember);
  const suggestion = suggest(name, members, ctx.tables.diagnostics);
  const newText = suggestion === null ? null : quoteName(suggestion);
  if (suggestion !== null && sameButCase(name, [suggestion]) !== null) return { newText, hint: null, at: span };
  const behind = behindLink(name, { rows: [subjectRow(entity)], header: false }, ctx.model);
  if (behind !== null && !behind.many) {
    const whole = `${quoteName(behind.link)}.${quoteName(name)}`;
    return { newText: whole, hint: `\`${name}\` belongs to \`${behind.entity}\`: write \`.${whole}\`.`, at: span };
  }
  if (lookup(name, scope, ctx.declared).length !== 1) return { newText, hint: null, at: span };
  const bare = quoteName(name);
  return { newText: bare, hint: `It can be used without \`${shown(object)}.\`: write \`${bare}\`.`, at: expr.span };
}

const shown = (text: string) => (text.length > 60 ? `… ${text.slice(-50)}` : text);

/** Something of an entity that is none of those in play. */
function otherSubject(
  expr: NameExpr,
  what: Exclude<DeclaredUnit["kind"], "param" | "list">,
  of: string,
  scope: Scope,
  ctx: Context,
): void {
  const name = expr.name.text;
  const isPart = roleOf({ kind: what }) === "division";
  const here = scope.rows[scope.rows.length - 1]?.entity;
  const links = here === undefined ? [] : [...here.links.values()].filter((l) => l.target === of);
  const one = links.find((l) => l.kind === "one");
  const many = links.find((l) => l.kind === "many");
  const link = one === undefined ? null : quoteName(one.name);
  const whole =
    link === null ? null : what === "trait" ? `${link}.${quoteName(name)}` : `${link} in ${quoteName(name)}`;
  // A tier follows its segmentation: `account in Plans.Big`.
  const fits = !isPart || ctx.text[expr.span.end] === ".";
  const fixes = whole === null || !fits ? [] : [replace(ctx, `Write \`${whole}\``, expr.span, whole)];
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
