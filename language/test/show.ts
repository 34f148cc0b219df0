import type { Argument, Declaration, Expr, MemberDecl, Name, TypeExpr } from "../syntax/ast.ts";
import type { CaseDecl, TestValue } from "../syntax/claim-nodes.ts";
import { assertNever } from "../text/assert.ts";

const name = (n: Name): string => (n.quoted ? `\`${n.text}\`` : n.text || "?");
const args = (all: readonly Argument[]): string =>
  all.map((arg) => `${arg.label === null ? "" : `${name(arg.label)}: `}${show(arg.value)}`).join(", ");

/** An expression as a text that shows its shape: every operator with its operands in parentheses. */
export function show(expr: Expr): string {
  switch (expr.kind) {
    case "number":
      return `${expr.text}${expr.percent ? "%" : ""}`;
    case "text":
      return JSON.stringify(expr.value);
    case "boolean":
      return String(expr.value);
    case "date":
    case "timestamp":
      return expr.value;
    case "duration":
      return `${expr.amount}${expr.unit}`;
    case "name":
      return name(expr.name);
    case "member":
      return `${show(expr.object)}.${name(expr.name)}`;
    case "step":
      return `${show(expr.object)}.${name(expr.name)}(${args(expr.args)})`;
    case "windowStep":
      return `${show(expr.object)}.${expr.direction}<${show(expr.duration)}>`;
    case "call":
      return `${name(expr.name)}(${args(expr.args)})`;
    case "list":
      return `[${expr.items.map(show).join(", ")}]`;
    case "range":
      return `${expr.from === null ? "" : show(expr.from)}..${expr.to === null ? "" : show(expr.to)}`;
    case "ago":
      return `${show(expr.duration)} ago`;
    case "rolling":
      return `${expr.direction} ${show(expr.duration)}`;
    case "period":
      return `${expr.which} ${expr.unit}`;
    case "fullPeriods":
      return `last ${expr.count} full ${expr.unit}`;
    case "arithmetic":
      return `(${show(expr.left)} ${expr.op} ${show(expr.right)})`;
    case "negate":
      return `-${show(expr.operand)}`;
    case "else":
      return `(${show(expr.value)} else ${show(expr.fallback)})`;
    case "compare":
      return `(${show(expr.left)} ${expr.op} ${show(expr.right)}${expr.ignoreCase ? " ignoring case" : ""})`;
    case "in":
      return `(${show(expr.value)} ${expr.negated ? "not in" : "in"} ${show(expr.set)}${expr.ignoreCase ? " ignoring case" : ""})`;
    case "textTest":
      return `(${show(expr.value)} ${expr.negated ? "not " : ""}${expr.mode} ${show(expr.needle)}${expr.ignoreCase ? " ignoring case" : ""})`;
    case "is":
      return `(${show(expr.value)} is ${expr.what})`;
    case "not":
      return `(${expr.word} ${show(expr.operand)})`;
    case "and":
    case "or":
      return `(${expr.items.map(show).join(` ${expr.kind} `)})`;
    case "counted":
      return `(${expr.mode}${expr.number === null ? "" : ` ${show(expr.number)}`} of ${expr.items.map(show).join(", ")})`;
    case "has":
      return `(${show(expr.list)} has${expr.mode === "one" ? "" : ` ${expr.mode}`} ${show(expr.set)}${expr.ignoreCase ? " ignoring case" : ""})`;
    case "if":
      return `(if ${show(expr.cond)} then ${show(expr.yes)} else ${show(expr.no)})`;
    case "rank": {
      const of = expr.of === null ? "" : ` of ${show(expr.of)}`;
      const per = expr.per === null ? "" : ` per ${show(expr.per)}`;
      return `<${expr.which} ${show(expr.amount)} by ${show(expr.by)}${of}${per}${expr.ties ? " with ties" : ""}>`;
    }
    case "paren":
      return `{${show(expr.inner)}}`;
    case "error":
      return `⊥${expr.parts.length === 0 ? "" : `<${expr.parts.map(show).join(", ")}>`}`;
    default:
      return assertNever(expr);
  }
}

/** A type, in one line. */
export function showType(type: TypeExpr): string {
  if (type.kind === "listOf") return `list of ${showType(type.of)}`;
  if (type.kind === "json")
    return `json { ${type.paths.map((path) => `${name(path.name)} : ${showType(path.type)}`).join(", ")} }`;
  return type.args.length === 0 ? name(type.name) : `${name(type.name)}(${type.args.map(show).join(", ")})`;
}

/** A field or link, in one line, its marks in a fixed order. */
export function showMember(member: MemberDecl): string {
  const marks = member.annotations
    .map(
      (mark) =>
        ` @${name(mark.name)}${mark.args.length > 0 ? `(${mark.args.map((arg) => ("kind" in arg ? show(arg) : name(arg))).join(", ")})` : ""}`,
    )
    .join("");
  const doc = member.doc === null ? "" : ` /// ${member.doc}`;
  if (member.kind === "link")
    return `${name(member.name)} -> ${member.many ? "many " : ""}${name(member.target)}${member.optional ? " optional" : ""} by ${name(member.by)}${marks}${doc}`;
  const column = member.column === null ? "" : ` from ${name(member.column)}`;
  const within = member.constraint === null ? "" : ` in ${show(member.constraint)}`;
  return `${name(member.name)} : ${showType(member.type)}${member.isKey ? " key" : ""}${member.optional ? " optional" : ""}${column}${within}${marks}${doc}`;
}

function showGiven(value: TestValue): string {
  switch (value.kind) {
    case "object":
      return `{ ${value.fields.map((field) => `${name(field.name)}: ${showGiven(field.value)}`).join(", ")} }`;
    case "listing":
      return `[${value.items.map(showGiven).join(", ")}]`;
    case "copies":
      return `${show(value.count)} of ${showGiven(value.object)}`;
    case "plain":
      return show(value.value);
    case "absent":
      return "missing";
  }
}

function showCase({ title, people, isPeople }: CaseDecl): string {
  const shown = people.map(({ title: of, object, outcome }) => {
    const says = outcome === null ? "" : ` is ${outcome.tier === null ? outcome.says : name(outcome.tier)}`;
    return `${of === null ? "" : `${show(of)} : `}${showGiven(object)}${says}`;
  });
  return `${show(title)} : ${isPeople ? `people { ${shown.join("; ")} }` : shown.join()}`;
}

/** A declaration, in one line, its parts in a fixed order. */
export function showDeclaration(declaration: Declaration): string {
  const front = declaration.annotations
    .map(
      (mark) => `@${name(mark.name)}(${mark.args.map((arg) => ("kind" in arg ? show(arg) : name(arg))).join(", ")}) `,
    )
    .join("");
  const doc = declaration.doc === null ? "" : ` /// ${declaration.doc}`;
  const subject = "of" in declaration ? declaration.of : null;
  const of = subject === null ? "" : ` of ${"kind" in subject ? show(subject) : name(subject)}`;
  const title = "title" in declaration && declaration.title !== null ? ` ${show(declaration.title)}` : "";
  const called = `${name(declaration.name)}${title}${of}`;
  switch (declaration.kind) {
    case "segment":
      return `${front}segment ${called}${declaration.zone === null ? "" : ` in zone ${show(declaration.zone)}`} where ${show(declaration.condition)}${doc}`;
    case "trait":
      return `${front}trait ${called} = ${show(declaration.value)}${doc}`;
    case "list":
      return `${front}list ${called} = ${show(declaration.value)}${doc}`;
    case "param":
      return `${front}param ${called}${declaration.type === null ? "" : ` : ${showType(declaration.type)}`} = ${show(declaration.value)}${doc}`;
    case "segmentation": {
      const tiers = declaration.tiers.map(
        (tier) => `${name(tier.name)} : ${tier.condition === null ? "otherwise" : show(tier.condition)}`,
      );
      return `${front}segmentation ${called} { ${tiers.join("; ")} }${doc}`;
    }
    case "split": {
      const seed = declaration.seed === null ? "" : ` seed ${show(declaration.seed)}`;
      const arms = declaration.arms.map((arm) => `${name(arm.name)} : ${show(arm.share)}`);
      return `${front}split ${called}${seed} { ${arms.join("; ")} }${doc}`;
    }
    case "policy": {
      const tags = declaration.tags.length === 0 ? "" : ` tagged ${declaration.tags.map(name).join(", ")}`;
      const demands = declaration.demands.map((one) =>
        one.kind === "require" ? ` require ${show(one.condition)}` : ` forbid ${name(one.mark)}`,
      );
      return `${front}policy ${called}${tags}${demands.join("")}${doc}`;
    }
    case "assert": {
      const { claim } = declaration;
      const said =
        claim.kind === "within"
          ? `${show(claim.inner)} within ${show(claim.outer)}`
          : claim.kind === "size"
            ? `size of ${show(claim.group)} in ${show(claim.range)}`
            : `disjoint ${claim.groups.map(show).join(", ")}`;
      return `${front}assert ${said}${doc}`;
    }
    case "test": {
      const asOf = declaration.asOf === null ? "" : ` as of ${show(declaration.asOf)}`;
      const given = declaration.given === null ? "" : ` with ${showGiven(declaration.given)}`;
      return `${front}test ${show(declaration.group)}${asOf}${given} { ${declaration.cases.map(showCase).join("; ")} }${doc}`;
    }
    case "snapshot":
      return `${front}snapshot ${called} as of ${show(declaration.asOf)}${doc}`;
    case "unreadable":
      return `${front}unreadable ${declaration.word} ${called}${doc}`;
    case "entity":
    case "extend": {
      const word =
        declaration.kind === "extend" ? "extend" : `${declaration.isDefault ? "default " : ""}${declaration.word}`;
      const table = declaration.table === null ? "" : ` from ${declaration.table.parts.map(name).join(".")}`;
      const clauses = declaration.clauses.map((clause) => {
        if (clause.kind === "where") return ` where ${show(clause.condition)}`;
        if (clause.kind === "scheduled") return " scheduled";
        return "column" in clause
          ? ` ${clause.kind} ${name(clause.column)}`
          : ` ${clause.kind} ${show(clause.duration)}`;
      });
      return `${front}${word} ${called}${table}${clauses.join("")} { ${declaration.members.map(showMember).join("; ")} }${doc}`;
    }
    default:
      return assertNever(declaration);
  }
}
