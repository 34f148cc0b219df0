import { describe, expect, test } from "vitest";
import { SegParser } from "../syntax/grammar.ts";
import { parse } from "../syntax/parse.ts";
import { children, depthOf, nodePathAt, spanOfNode, walk } from "../syntax/traverse.ts";
import { sourceFile } from "../text/source.ts";
import { SAMPLES } from "./samples.ts";
import { show, showDeclaration } from "./show.ts";

const read = (text: string) => parse(sourceFile("test.seg", text));

/** The declarations that a text without mistakes has. */
function check(text: string, ...declarations: readonly string[]): void {
  const { file, diagnostics } = read(text);
  expect(diagnostics.map((d) => d.message)).toEqual([]);
  expect(file.declarations.map(showDeclaration)).toEqual(declarations);
  expect(file.declarations.some((declaration) => declaration.broken)).toBe(false);
}

/** The condition of a segment without mistakes. */
function checkCondition(text: string, shape: string): void {
  const { file, diagnostics } = read(`segment S where ${text}`);
  expect(diagnostics.map((d) => d.message)).toEqual([]);
  const [declaration] = file.declarations;
  expect(declaration?.kind === "segment" ? show(declaration.condition) : declaration?.kind).toBe(shape);
}

test("the grammar is one that Chevrotain accepts without objection", () => {
  expect(() => new SegParser(true)).not.toThrow();
});

test.each(Object.entries(SAMPLES))("nothing is found wrong in %s", (_, text) => {
  expect(read(text).diagnostics.map((d) => `${d.message} ${text.slice(d.span.start, d.span.end)}`)).toEqual([]);
});

describe("conditions", () => {
  test.each([
    // values
    ["a = 3", "(a = 3)"],
    ["a = 0.25 or a = 1_000", "((a = 0.25) or (a = 1000))"],
    ["a > 10%", "(a > 10%)"],
    ["a > 0.5%", "(a > 0.5%)"],
    ['a = "say \\"hi\\"\\n\\t\\\\ \\u{1F600}"', '(a = "say \\"hi\\"\\n\\t\\\\ 😀")'],
    ["a = true and b != false", "((a = true) and (b != false))"],
    ["a = 2026-01-31", "(a = 2026-01-31)"],
    ["a = 2024-02-29", "(a = 2024-02-29)"],
    ["a > 2026-01-31T10:00", "(a > 2026-01-31T10:00:00.000000)"],
    ["a > 2026-01-31T10:00:05.25Z", "(a > 2026-01-31T10:00:05.250000Z)"],
    ["a > 2026-01-31T10:00+02:00", "(a > 2026-01-31T10:00:00.000000+02:00)"],
    ["a in [15min, 2h, 90d, 6w, 3mo, 1q, 1y]", "(a in [15min, 2h, 90d, 6w, 3mo, 1q, 1y])"],
    [
      "a in [15 minutes, 1 hour, 90 days, 6 weeks, 3 months, 1 quarter, 2 years]",
      "(a in [15min, 1h, 90d, 6w, 3mo, 1q, 2y])",
    ],
    ["`order` = `a b`", "(`order` = `a b`)"],
    ["größe > 1", "(größe > 1)"],
    // comparisons
    ["a != b", "(a != b)"],
    ["a <= b and a >= b and a < b and a > b", "((a <= b) and (a >= b) and (a < b) and (a > b))"],
    ['a = "x" ignoring case', '(a = "x" ignoring case)'],
    ['a in ["x", "y"] ignoring case', '(a in ["x", "y"] ignoring case)'],
    ["a not in EU", "(a not in EU)"],
    ["a in []", "(a in [])"],
    ['a contains "x"', '(a contains "x")'],
    ['a starts with "x" ignoring case', '(a startsWith "x" ignoring case)'],
    ["a ends with b", "(a endsWith b)"],
    ["a is known and b is missing", "((a is known) and (b is missing))"],
    // ranges
    ["a in 18..25", "(a in 18..25)"],
    ["a in 65..", "(a in 65..)"],
    ["a in 65..\n and b", "((a in 65..) and b)"],
    ["(a in 65..)", "{(a in 65..)}"],
    ["a in 65.. and b", "((a in 65..) and b)"],
    ["a in ..17", "(a in ..17)"],
    ["a in -5..-1", "(a in -5..-1)"],
    ["a in 2026-01-01..2026-03-31", "(a in 2026-01-01..2026-03-31)"],
    ["a in 90d ago..30d ago", "(a in 90d ago..30d ago)"],
    ["a in b..b + 14d", "(a in b..(b + 14d))"],
    ["a in today - 7d..today", "(a in (today - 7d)..today)"],
    // windows
    ["a in last 90d", "(a in last 90d)"],
    ["a in last 3 months", "(a in last 3mo)"],
    ["a in next 7d", "(a in next 7d)"],
    ["a in last 3 full months", "(a in last 3 full month)"],
    ["a in last 1 full week", "(a in last 1 full week)"],
    [
      "a in this month or a in previous quarter or a in next year",
      "((a in this month) or (a in previous quarter) or (a in next year))",
    ],
    ["a in today and b in yesterday", "((a in today) and (b in yesterday))"],
    ["a > 90d ago", "(a > 90d ago)"],
    // and, or, not, no
    ["a and b and c", "(a and b and c)"],
    ["(a and b) or c", "({(a and b)} or c)"],
    ["not a > b", "(not (a > b))"],
    ["not a and b", "((not a) and b)"],
    ["not not a", "(not (not a))"],
    ["no purchases.last180d", "(no purchases.last<180d>)"],
    ["not (a or b)", "(not {(a or b)})"],
    ["not a in [1]", "(not (a in [1]))"],
    ["((a))", "{{a}}"],
    // counted conditions
    ["at least 2 of (a, b > 3, c or d)", "(atLeast 2 of a, (b > 3), (c or d))"],
    ["at most 1 of (a) and exactly 0 of (b, c)", "((atMost 1 of a) and (exactly 0 of b, c))"],
    ["all of (a, b) or none of (c, any of (d, e))", "((all of a, b) or (none of c, (any of d, e)))"],
    ["not all of (a, (b and c))", "(not (all of a, {(b and c)}))"],
    // lists
    ['a has "x" and b has any ["x", "y"] ignoring case', '((a has "x") and (b has any ["x", "y"] ignoring case))'],
    ["a has all EU or b has none EU", "((a has all EU) or (b has none EU))"],
    ["not a.b has c + 1", "(not (a.b has (c + 1)))"],
    // if
    ["if a then b else c", "(if a then b else c)"],
    ["(if a > 1 and b then 2 + 3 else -4) * 5 > 6", "(({(if ((a > 1) and b) then (2 + 3) else -4)} * 5) > 6)"],
    ["if a then (b else 0) else (c else 1)", "(if a then {(b else 0)} else {(c else 1)})"],
    ["if a else false then 1 else if b then 2 else 3", "(if (a else false) then 1 else (if b then 2 else 3))"],
    [
      "p.sum(if a then b else c) > f(if d then 1 else 2, 3)",
      "(p.sum((if a then b else c)) > f((if d then 1 else 2), 3))",
    ],
    // arithmetic
    ["a + b * c - d / e > 0", "(((a + (b * c)) - (d / e)) > 0)"],
    ["a - b - c = 0", "(((a - b) - c) = 0)"],
    ["a / b * c = 0", "(((a / b) * c) = 0)"],
    ["-a * -b = - - 1", "((-a * -b) = --1)"],
    ["(a + b) * c = 0", "(({(a + b)} * c) = 0)"],
    ["a else 0 > 3", "((a else 0) > 3)"],
    ["(a else 0) + 1 > 3", "(({(a else 0)} + 1) > 3)"],
    ["a else b else 0 > -1", "(((a else b) else 0) > -1)"],
    ["a else -1 > 0", "((a else -1) > 0)"],
    ["x = a else b and c", "((x = (a else b)) and c)"],
    // steps
    ["purchases.last90d > 3", "(purchases.last<90d> > 3)"],
    ["purchases.next7d", "purchases.next<7d>"],
    ["purchases.last(3 months).count", "purchases.last(3mo).count"],
    ["purchases.during(last 7 full days).count", "purchases.during(last 7 full day).count"],
    [
      "p.during(90d ago..30d ago).since(2026-01-01).before(b).on(c)",
      "p.during(90d ago..30d ago).since(2026-01-01).before(b).on(c)",
    ],
    ["p.during(2026-01-01..)", "p.during(2026-01-01..)"],
    ["p.during(..2026-01-01)", "p.during(..2026-01-01)"],
    [
      'p.where(category = "shoes" and amount > 50).last90d.sum(amount) >= 300',
      '(p.where(((category = "shoes") and (amount > 50))).last<90d>.sum(amount) >= 300)',
    ],
    ["p\n  .where(a)\n  .last90d\n  .count > 3", "(p.where(a).last<90d>.count > 3)"],
    ["p.sum(items.where(gift).count)", "p.sum(items.where(gift).count)"],
    ["p.followed_by(B, within: 24h, same: [f, g])", "p.followed_by(B, within: 24h, same: [f, g])"],
    ["p.top(3, by: x)", "p.top(3, by: x)"],
    ["top 10% by x", "<top 10% by x>"],
    ["bottom 100 by x + 1 or d", "(<bottom 100 by (x + 1)> or d)"],
    [
      "not top 10% by p.last90d.sum(amount) of B per c with ties and d",
      "((not <top 10% by p.last<90d>.sum(amount) of B per c with ties>) and d)",
    ],
    [
      "top 5 by x else 0 of (a and not top 3 by y) per l.c",
      "<top 5 by (x else 0) of {(a and (not <top 3 by y>))} per l.c>",
    ],
    ["top 12.5% by x\n  of B\n  with ties", "<top 12.5% by x of B with ties>"],
    ["(top 1 by a) and top = 3", "({<top 1 by a>} and (top = 3))"],
    ["ntile(5, x, of: B, per: c) = 5", "(ntile(5, x, of: B, per: c) = 5)"],
    ["p.latest.category = c", "(p.latest.category = c)"],
    ["age(birth_date) >= 18", "(age(birth_date) >= 18)"],
    ["start_of(month, t) = today", "(start_of(month, t) = today)"],
    ["Lifecycle.Active", "Lifecycle.Active"],
    // words of the language are names where they cannot be words
    ["last = next and this = previous", "((last = next) and (this = previous))"],
    ["known is known and missing is missing", "((known is known) and (missing is missing))"],
    ["contains contains contains", "(contains contains contains)"],
    ["starts starts with ends", "(starts startsWith ends)"],
    ["from = since and until = at", "((from = since) and (until = at))"],
    ["key + optional > full", "((key + optional) > full)"],
    ["month in last 2 months", "(month in last 2mo)"],
    ["a.where.segment.entity.and", "a.where.segment.entity.and"],
    ["any = all and exactly > least and at = most", "((any = all) and (exactly > least) and (at = most))"],
    ["top = bottom and all = none", "((top = bottom) and (all = none))"],
    ["list = 3", "(list = 3)"],
    ["test contains policy", "(test contains policy)"],
    ["days = 3 and default = 4 and json = 5", "((days = 3) and (default = 4) and (json = 5))"],
    ["zone in zone", "(zone in zone)"],
  ])("%s", checkCondition);
});

describe("declarations", () => {
  test.each<readonly [string, ...string[]]>([
    [
      'segment Loyal where purchases.last90d > 3 and region in ["EU"]',
      'segment Loyal where ((purchases.last<90d> > 3) and (region in ["EU"]))',
    ],
    ['segment A "T" of B where c', 'segment A "T" of B where c'],
    ["segment `Good ones` where a", "segment `Good ones` where a"],
    [
      '/// One\n/// two.\n@owner("x@y")\n@tags(a, "b c") @kpi\nsegment A where b',
      '@owner("x@y") @tags(a, "b c") @kpi() segment A where b /// One\ntwo.',
    ],
    ["/// d\n// c\nsegment A where b /// not this\nsegment B where c", "segment A where b /// d", "segment B where c"],
    ['trait ltv "Lifetime value" = purchases.sum(amount)', 'trait ltv "Lifetime value" = purchases.sum(amount)'],
    ["segment A in zone tz where b", "segment A in zone tz where b"],
    ['segment A "T" of B in zone home.tz where b', 'segment A "T" of B in zone home.tz where b'],
    ["trait x of Account = a > 3", "trait x of Account = (a > 3)"],
    ["param p : integer = 3", "param p : integer = 3"],
    ["param p = -3", "param p = -3"],
    ['param p : list of text "T" = ["a"]', 'param p "T" : list of text = ["a"]'],
    ['list EU "T" = ["AT", "BE"]', 'list EU "T" = ["AT", "BE"]'],
    [
      "segment A where b segment C where d trait e = 1 list F = [1] param g : date = 2026-01-01",
      "segment A where b",
      "segment C where d",
      "trait e = 1",
      "list F = [1]",
      "param g : date = 2026-01-01",
    ],
    ["\ufeffsegment A where b", "segment A where b"],
    ["segment A\r\n  where b\rsegment C where d", "segment A where b", "segment C where d"],
    [""],
    ["// only\n/* comments */"],
    [
      "default entity A from s.t since b until c where not d { a : text key }",
      "default entity A from s.t since b until c where (not d) { a : text key }",
    ],
    ['entity A from "My Table" { a : text }', "entity A from `My Table` { a : text }"],
    [
      'event E from t where n = "x" at b scheduled fresh within 24h keeps 3y once per c { }',
      'event E from t where (n = "x") at b scheduled fresh 24h keeps 3y oncePer c {  }',
    ],
    [
      "extend A from t by `a id` fresh within 7 days { r : float in 0..1 }",
      "extend A from t by `a id` fresh 7d { r : float in 0..1 }",
    ],
    [
      'entity A from t { r : text key optional from "R x" in ["EU"] @pii @deprecated("use b"), n : integer in 0.. optional\n m : integer in ..5 }',
      'entity A from t { r : text key optional from `R x` in ["EU"] @pii @deprecated("use b"); n : integer optional in 0..; m : integer in ..5 }',
    ],
    [
      "entity A from t { a : decimal(12, 2) b : list of list of text c : json { d : text, e : json { f : boolean } } }",
      "entity A from t { a : decimal(12, 2); b : list of list of text; c : json { d : text, e : json { f : boolean } } }",
    ],
    [
      "entity A from t { l : L optional by l_id m : many M by a_id @pii }",
      "entity A from t { l -> L optional by l_id; m -> many M by a_id @pii }",
    ],
    [
      "entity A from t {\n  /// The first.\n  a : text /// no\n  /// The second,\n  /// too.\n  b : text\n}",
      "entity A from t { a : text /// The first.; b : text /// The second,\ntoo. }",
    ],
    [
      "entity A from t { from : text key : text optional segment : text where : text list : list of text many : many B by c }",
      "entity A from t { from : text; key : text optional; segment : text; where : text; list : list of text; many -> many B by c }",
    ],
    ["entity A from since since since until at { }", "entity A from since since since until at {  }"],
  ])("%s", check);
});

test("spans cover what was written, from the word of a declaration to its last token", () => {
  const text = '/// d\n@kpi segment A "T" where a.b(c) in [1, 2] // end';
  const { file } = read(text);
  const spans: string[] = [];
  walk(file, (node) => {
    const at = spanOfNode(node);
    if (at !== null) spans.push(text.slice(at.start, at.end));
    return true;
  });
  expect(spans).toEqual([
    'segment A "T" where a.b(c) in [1, 2]',
    "@kpi",
    "kpi",
    "A",
    '"T"',
    "a.b(c) in [1, 2]",
    "a.b(c)",
    "a",
    "a",
    "b",
    "c",
    "c",
    "c",
    "[1, 2]",
    "1",
    "2",
  ]);
});

test("what is inside a node lies within it, in the order of the text", () => {
  for (const text of Object.values(SAMPLES)) {
    walk(read(text).file, (node) => {
      let end = 0;
      for (const child of children(node)) {
        const at = spanOfNode(child);
        if (at === null || "args" in child || ("kind" in node && (node.kind === "field" || node.kind === "link")))
          continue;
        const outer = spanOfNode(node);
        if (outer !== null) expect(at.start >= outer.start && at.end <= outer.end).toBe(true);
        expect(at.start).toBeGreaterThanOrEqual(end);
        end = at.end;
      }
      return true;
    });
  }
});

test("the path to an offset leads from the file to the smallest node there", () => {
  const text = "segment A where a.b(c) > 3";
  const kinds = nodePathAt(read(text).file, text.indexOf("c)")).map((node) =>
    "kind" in node ? node.kind : "quoted" in node ? "a name" : "label" in node ? "an argument" : "file",
  );
  expect(kinds).toEqual(["file", "segment", "compare", "step", "an argument", "name", "a name"]);
});

test("a walk leaves out what it is told to", () => {
  const seen: string[] = [];
  walk(read("segment A where (a) and b").file, (node) => {
    if ("kind" in node) seen.push(node.kind);
    return !("kind" in node && node.kind === "paren");
  });
  expect(seen).toEqual(["segment", "and", "paren", "name"]);
});

test("depth counts expressions inside one another", () => {
  const [declaration] = read("segment A where not (a and b = c)").file.declarations;
  expect(declaration?.kind === "segment" && depthOf(declaration.condition)).toBe(5);
});
