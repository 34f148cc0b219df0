import type { Style } from "../../../language/diagnostics/render.ts";
import { printable } from "../../../language/text/width.ts";
import type { Deciding } from "../../insight/deciding.ts";
import type { Explanation, Reason } from "../../insight/explain.ts";
import type { Flip } from "../../insight/nearest.ts";
import { instantText, type When } from "../options.ts";
import { clockText } from "./pretty.ts";
import { counted } from "./words.ts";

/** What `seg explain NAME KEY` found out. */
export interface Explained {
  readonly explanations: readonly Explanation[];
  readonly when: Pick<When, "asOf" | "zone">;
}

/** Segments in plain words, an empty line between two. */
export const wordsText = (words: readonly string[]): string => `${words.map(lines).join("\n\n")}\n`;

const lines = (text: string): string => text.split("\n").map(printable).join("\n");

/** The tree as text: a mark for each condition, under it what decided, at the end the nearest change. */
export function explainedText({ explanations, when }: Explained, style: Style, unicode: boolean): string {
  const asOf = `as of ${clockText(instantText(when.asOf), when.zone)}`;
  return explanations
    .map((one) => {
      const answer = one.isMember ? "is in" : "is not in";
      const head = style.strong(printable(`${one.entity} ${one.key} ${answer} ${one.segment}`));
      const tree = reasonLines(one.reason, 0, style, unicode);
      return [`${head}, ${asOf}.`, "", ...tree, "", ...nearestLines(one), ""].join("\n");
    })
    .join("\n");
}

const MARKS = { unicode: { yes: "✓", no: "✗" }, ascii: { yes: "+", no: "-" } } as const;

function reasonLines(reason: Reason, depth: number, style: Style, unicode: boolean): readonly string[] {
  const marks = unicode ? MARKS.unicode : MARKS.ascii;
  const indent = "  ".repeat(depth);
  const mark = reason.holds ? style.strong(marks.yes) : style.severity(marks.no, "error");
  const below = (text: string): string => `${indent}    ${style.faint(printable(text))}`;
  return [
    `${indent}${mark} ${printable(reason.text)}`,
    ...valueWords(reason.values).map(below),
    ...(reason.fallen === null ? [] : [below(`${counted(reason.fallen.count, "row")} before: ${reason.fallen.text}`)]),
    ...reason.rows.map((row) => below(rowWords(row))),
    ...(reason.rowCount > reason.rows.length && reason.rows.length > 0
      ? [below(`and ${counted(reason.rowCount - reason.rows.length, "row")} before these`)]
      : []),
    ...reason.items.flatMap((item) => reasonLines(item, depth + 1, style, unicode)),
  ];
}

function rowWords({ entity, key, at, fields }: Deciding): string {
  const head = [entity, key, at].filter((part) => part !== null).join(" ");
  const values = fields.map(({ name, value }) => `${name} ${value ?? "unknown"}`);
  return values.length === 0 ? head : `${head}: ${values.join(", ")}`;
}

function nearestLines({ isMember, nearest }: Explanation): readonly string[] {
  if (nearest.length === 0) return ["No single person's data can change that."];
  const head = isMember ? "To be out, this would have to change:" : "To be in, this would have to change:";
  return [head, ...nearest.map((flip) => `  ${flipWords(flip)}`)];
}

function flipWords({ text, wanted, values }: Flip): string {
  const now = valueWords(values).join(", ");
  return printable(`${wanted ? "hold" : "no longer hold"}: ${text}${now === "" ? "" : ` [${now}]`}`);
}

/** A single value needs no name: the sentence above begins with it. */
const valueWords = (values: Reason["values"]): readonly string[] =>
  values.map(({ name, value }) => `${values.length === 1 ? "now" : `${name}:`} ${value ?? "unknown"}`);

/** The same as plain data. */
export const explainedJson = ({ explanations, when }: Explained): unknown => ({
  version: 1,
  asOf: instantText(when.asOf),
  timezone: when.zone,
  explanations: explanations.map(({ segment, entity, key, isMember, reason, nearest }) => ({
    segment,
    entity,
    key,
    member: isMember,
    reason: reasonJson(reason),
    nearest: nearest.map(({ text, wanted, values }) => ({ text, wanted, values })),
  })),
});

const reasonJson = ({ text, holds, values, rows, rowCount, fallen, items }: Reason): unknown => ({
  text,
  holds,
  values,
  rows,
  rowCount,
  before: fallen,
  items: items.map(reasonJson),
});
