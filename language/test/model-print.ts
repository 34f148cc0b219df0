import { buildModel } from "../model/build.ts";
import type { Entity, Field, Link, Model } from "../model/model.ts";
import { parse } from "../syntax/parse.ts";
import { sourceFile } from "../text/source.ts";
import { printType } from "../types/print.ts";

/** The model of some files, `a.seg`, `b.seg`, …; the texts must parse unless they are about broken ones. */
export function built(...texts: readonly string[]) {
  const sources = texts.map((text, i) => sourceFile(`${String.fromCharCode(97 + i)}.seg`, text));
  const parsed = sources.map(parse);
  const { model, diagnostics } = buildModel(parsed.map((p) => p.file));
  const blamed = (file: string, span: { readonly start: number; readonly end: number }): string =>
    sources.find((s) => s.path === file)!.text.slice(span.start, span.end);
  return {
    model,
    diagnostics,
    syntax: parsed.flatMap((p) => p.diagnostics).map((d) => `${d.code} ${d.slug}`),
    found: diagnostics.map((d) => `${d.slug}: ${blamed(d.file, d.span)}`),
    fixes: diagnostics.map((d) => d.fixes[0]?.edits[0]?.newText ?? null),
  };
}

const printField = (f: Field): string =>
  [
    f.name,
    ":",
    printType(f.type),
    f.column === f.name ? "" : `from ${f.column}`,
    f.optional && !f.hidden ? "optional" : "",
    f.extension === null ? "" : `of ${f.extension}`,
    f.constraint === null
      ? ""
      : f.constraint.kind === "oneOf"
        ? `in [${f.constraint.values.join(", ")}]`
        : `in ${f.constraint.from ?? ""}..${f.constraint.to ?? ""}`,
    ...f.annotations.map((a) => `@${a}`),
  ]
    .filter((part) => part !== "")
    .join(" ");

const printLink = (l: Link): string =>
  `${l.name} : ${l.kind} ${l.target} by ${l.field}${l.optional ? " optional" : ""}`;

/** Everything that an entity is, a line each. */
export const printEntity = (e: Entity): readonly string[] => [
  `${e.kind} ${e.name} from ${e.table.join(".")} key ${e.key}`,
  ...(["since", "until", "at", "oncePer"] as const).filter((c) => e[c] !== null).map((c) => `${c} ${e[c]}`),
  ...(e.scheduled ? ["scheduled"] : []),
  ...(["fresh", "keeps"] as const).filter((c) => e[c] !== null).map((c) => `${c} ${e[c]!.amount}${e[c]!.unit}`),
  ...[...e.fields.values()].map(printField),
  ...[...e.links.values()].map(printLink),
  ...e.extensions.map(
    (x) =>
      `extension ${x.table.join(".")} by ${x.by} : ${printType(x.byType)}${x.fresh === null ? "" : ` fresh ${x.fresh.amount}${x.fresh.unit}`}`,
  ),
];

/** The lines of one entity of a model. */
export const printed = (model: Model, name: string): readonly string[] => printEntity(model.entities.get(name)!);

/** An entity; it may be given more lines and a header. */
export const CUSTOMER = (lines = "", header = "") =>
  `default entity Customer from customers ${header} {\n  customer_id : text key\n  joined : timestamp\n  ${lines}\n}\n`;
/** An event; it may be given more lines or another header. */
export const ORDER = (lines = "", header = "at placed") =>
  `event Order from orders ${header} {\n  placed : timestamp\n  ${lines}\n}\n`;
/** An entity to link to. */
export const ACCOUNT = "entity Account from accounts {\n  account_id : text key\n}\n";
