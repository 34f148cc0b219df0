import { diagnose } from "../diagnostics/catalog.ts";
import type { Diagnostic, Fix } from "../diagnostics/diagnostic.ts";
import type { CompareOp, Origin, Test, Value } from "../meaning/ir.ts";
import { spansAYear } from "../meaning/order-bounds.ts";
import { walkRoots } from "./roots.ts";
import type { Linted, Rule } from "./rule.ts";

/**
 * The two traps of anniversaries. A window of a year or more holds a return of every date. And `anniversary(d)` by itself is the next one, today or later,
 * so it is never compared with the past: `anniversary(d) in last 7d` asks for any return. `= today` and `in today` are the same, and no trap.
 */
export const anniversaryTrap: Rule = (project) => {
  const found: Diagnostic[] = [];
  walkRoots(project.program, {
    pred: (pred) => {
      if (pred.kind === "test") found.push(...ofTest(pred.test, pred.origin, project));
      return true;
    },
  });
  return found;
};

function ofTest(test: Test, origin: Origin, project: Linted): readonly Diagnostic[] {
  const { text } = project.written;
  if (test.kind === "anniversaryIn") {
    if (!spansAYear(test.window)) return [];
    const reason = `\`${text(test.window.origin)}\` is a year or more, and every date returns in it`;
    return [diagnose("anniversary-trap", { text: text(origin), reason }, test.window.origin)];
  }
  if (test.kind !== "compare") return [];
  const verdict = verdictOn(test);
  if (verdict === null) return [];
  const reason = `\`anniversary\` is the next one, today or later, so this ${verdict ? "always" : "never"} holds`;
  return [
    diagnose("anniversary-trap", { text: text(origin), reason }, origin, { fixes: asked(test, origin, project) }),
  ];
}

const FLIPPED: Readonly<Record<CompareOp, CompareOp>> = { "=": "=", "<": ">", "<=": ">=", ">": "<", ">=": "<=" };

/** Whether a comparison of the next anniversary with a day always (true) or never (false) holds; null where it depends. */
function verdictOn({ op, left, right }: Extract<Test, { kind: "compare" }>): boolean | null {
  if (right.kind === "anniversary" && left.kind !== "anniversary") return verdict(FLIPPED[op], left);
  return left.kind === "anniversary" ? verdict(op, right) : null;
}

function verdict(op: CompareOp, other: Value): boolean | null {
  const days = daysFromToday(other);
  if (days === null || days > 0) return null;
  switch (op) {
    case "<":
      return false;
    case "<=":
    case "=":
      return days < 0 ? false : null;
    case ">":
      return days < 0 ? true : null;
    case ">=":
      return true;
  }
}

/** 0 of today, below it of days before; null of all others. */
function daysFromToday(value: Value): number | null {
  if (value.kind === "today") return 0;
  return value.kind === "shift" && value.value.kind === "today" ? value.by.amount : null;
}

/** `in yesterday` in the place of `= yesterday`. */
function asked(test: Extract<Test, { kind: "compare" }>, { file }: Origin, { written }: Linted): readonly Fix[] {
  const [left, right] = [written.text(test.left.origin), written.text(test.right.origin)];
  if (test.op !== "=" || right !== "yesterday") return [];
  const span = { start: test.left.origin.span.start, end: test.right.origin.span.end };
  const newText = `${left} in yesterday`;
  return [{ title: `Write \`${newText}\``, preferred: true, edits: [{ file, span, newText }] }];
}
