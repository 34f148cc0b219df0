import type { AssertDecl, PolicyDecl } from "../syntax/claim-nodes.ts";
import type { Cursor } from "./cursor.ts";
import { BLANK, concat, type Doc, group, HARD, LINE, NOTHING, nest } from "./doc.ts";
import { connected, expression, INDENT } from "./expression.ts";

/** A policy: on one line where it has no title and fits, else a line for whom it is and for each demand. */
export function policy(c: Cursor, { title, demands }: PolicyDecl): Doc {
  const wish = title === null ? LINE : HARD;
  const parts: Doc[] = [c.take(), c.before(BLANK), c.take()];
  if (title !== null) parts.push(c.before(BLANK), c.take());
  parts.push(c.before(wish), named(c, demands[0]?.span.start ?? null));
  for (const demand of demands) {
    parts.push(c.before(wish), c.take());
    if (demand.kind === "forbid") parts.push(c.before(BLANK), named(c, demand.span.end));
    else {
      const { condition } = demand;
      const isJoined = condition.kind === "and" || condition.kind === "or";
      const own = [c.before(BLANK)];
      own.push(isJoined ? concat(connected(c, condition, LINE)) : expression(c, condition));
      parts.push(group([nest(INDENT, own)]));
    }
  }
  return group(parts);
}

/** `assert disjoint A, B`. */
export function assertion(c: Cursor, { claim, span }: AssertDecl): Doc {
  if (claim.kind !== "size") return named(c, span.end);
  const front = named(c, claim.range.span.start);
  return concat([front, c.before(BLANK), expression(c, claim.range)]);
}

/** Words up to an offset, with blanks between them, none around a dot or before a comma. */
function named(c: Cursor, end: number | null): Doc {
  const parts: Doc[] = [c.take()];
  let isAfterDot = false;
  for (let token = c.peek(); token !== null && (end === null || token.span.start < end); token = c.peek()) {
    const isClose = isAfterDot || token.type === "Dot" || token.type === "Comma";
    parts.push(c.before(isClose ? NOTHING : BLANK), c.take());
    isAfterDot = token.type === "Dot";
  }
  return concat(parts);
}
