import type { ArmDecl, Expr, SegmentationDecl, SplitDecl, TierDecl } from "../syntax/ast.ts";
import type { Token } from "../syntax/parse.ts";
import { block, nameWritten, padded, widthOf } from "./block.ts";
import type { Cursor } from "./cursor.ts";
import { BLANK, concat, type Doc, group, LINE, NOTHING, nest } from "./doc.ts";
import { connected, expression, INDENT } from "./expression.ts";

/** A segmentation or a split: its head on a line, and a line for each tier or arm, the colons one below the other. */
export function division(c: Cursor, node: SegmentationDecl | SplitDecl): Doc {
  const items: readonly (TierDecl | ArmDecl)[] = node.kind === "segmentation" ? node.tiers : node.arms;
  const width = widthOf(items.map(({ name }) => nameWritten(name)));
  const head = front(c, (token) => token.type === "LCurly");
  return concat([head, c.before(BLANK), block(c, items, (item) => itemDoc(c, item, width))]);
}

/** Words up to where `ends` says, with blanks between them, none around a dot. */
export function front(c: Cursor, ends: (token: Token) => boolean): Doc {
  const parts: Doc[] = [c.take()];
  let isAfterDot = false;
  for (let token = c.peek(); token !== null && !ends(token); token = c.peek()) {
    parts.push(c.before(isAfterDot || token.type === "Dot" ? NOTHING : BLANK), c.take());
    isAfterDot = token.type === "Dot";
  }
  return concat(parts);
}

function itemDoc(c: Cursor, item: TierDecl | ArmDecl, width: number): Doc {
  const label = [c.take(padded(nameWritten(item.name), width)), " :", c.before(BLANK)];
  const value = item.kind === "arm" ? item.share : item.condition;
  return nest(INDENT, [...label, value === null ? c.take() : itemValue(c, value)]);
}

/** A condition that does not fit on its line has a line for each part. */
const itemValue = (c: Cursor, value: Expr): Doc =>
  value.kind === "and" || value.kind === "or" ? group(connected(c, value, LINE)) : expression(c, value);
