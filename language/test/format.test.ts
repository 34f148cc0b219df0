import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { render } from "../format/doc.ts";
import { format, layout, WIDTH } from "../format/format.ts";
import { sameTree } from "../format/same-tree.ts";
import { type ParseResult, parse } from "../syntax/parse.ts";
import { sourceFile } from "../text/source.ts";
import { SAMPLES } from "./samples.ts";

const read = (text: string): ParseResult => parse(sourceFile("a.seg", text));

function formatted(text: string): string {
  const result = format(sourceFile("a.seg", text));
  if ("text" in result) return result.text;
  throw new Error(`${result.diagnostics.map((d) => `${d.code} ${d.message}`).join("\n")}\n${text}`);
}

/** What is written comes out as that, and so does what comes out. */
function check(written: string, canonical: string): void {
  expect(formatted(written)).toBe(canonical);
  expect(formatted(canonical)).toBe(canonical);
}

const condition = (written: string, canonical: string): void =>
  check(`segment A where ${written}`, `segment A where ${canonical}\n`);

const EXAMPLES = fileURLToPath(new URL("../../examples/", import.meta.url));
const examples = readdirSync(EXAMPLES, { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith(".seg"))
  .sort()
  .map((path) => [path, readFileSync(`${EXAMPLES}${path}`, "utf8")] as const);
const texts = [...Object.entries(SAMPLES), ...examples];

describe("words and values", () => {
  it.each([
    ["top  10%  by x", "top 10% by x"],
    ["bottom 100 by x else 0 of B per c with  ties", "bottom 100 by (x else 0) of B per c with ties"],
    ["ntile( 5,x , of:B , per : c ) = 5", "ntile(5, x, of: B, per: c) = 5"],
  ])("`%s` is a rank in one line: `%s`", condition);

  it("a rank that does not fit has a line for each clause", () => {
    const [by, of] = ['purchases.where(category = "shoes").last1y.sum(amount)', '(paid and region = "EU")'];
    check(
      `segment A where top 10% by ${by} of ${of} per country with ties`,
      `segment A\n  where top 10%\n      by ${by}\n      of ${of}\n      per country\n      with ties\n`,
    );
  });

  it.each([
    ["not purchases.last180d", "no purchases.last180d"],
    ["not purchases.where(amount > 3)", "no purchases.where(amount > 3)"],
    ["not purchases.last(2 years)", "no purchases.last2y"],
    ["not purchases", "not purchases"],
    ["not account.members", "not account.members"],
    ["not purchases.latest.gift", "not purchases.latest.gift"],
    ["not (purchases.last180d)", "not (purchases.last180d)"],
    ["not purchases.last180d > 3", "not purchases.last180d > 3"],
    ["not purchases.sum(amount)", "not purchases.sum(amount)"],
    ["no purchases", "no purchases"],
  ])("`%s` prefers `no` before what is a collection by its form: `%s`", condition);

  it.each([
    ["visits else 0 > 3", "(visits else 0) > 3"],
    ["3 < visits else 0", "3 < (visits else 0)"],
    ["visits else 0 in 1..3", "(visits else 0) in 1..3"],
    ["paid else false and b", "(paid else false) and b"],
    ["not paid else false", "not (paid else false)"],
    ['name else "" contains "x"', '(name else "") contains "x"'],
    ["paid else false", "paid else false"],
    ["(visits else 0) > 3", "(visits else 0) > 3"],
    ["least(a else 0, b) > 3", "least(a else 0, b) > 3"],
  ])("`%s` shows how far a default reaches: `%s`", condition);

  it.each([
    ["purchases.last(2 years)", "purchases.last2y"],
    ["purchases.last( 2y )", "purchases.last2y"],
    ["bookings.next(7 days).count > 3", "bookings.next7d.count > 3"],
    ["purchases.last(90d).sum(amount) > 3", "purchases.last90d.sum(amount) > 3"],
    ["purchases . last90d", "purchases.last90d"],
    ["t in last 90 days", "t in last 90d"],
    ["t in last 3 full months", "t in last 3 full months"],
    ["t in 90 days ago .. 30 days ago", "t in 90d ago..30d ago"],
    ["t > now - 15 minutes", "t > now - 15min"],
  ])("`%s` is `%s`", condition);

  it.each([
    [String.raw`a = "\u{1F600}\u{41}"`, 'a = "😀A"'],
    [String.raw`a = "say \u{22}hi\u{22} \u{5C}"`, String.raw`a = "say \"hi\" \\"`],
    [String.raw`a = "\u{a}\u{9}\u{d}\u{200b}\u{a0}"`, String.raw`a = "\n\t\u{D}\u{200B}\u{A0}"`],
    [String.raw`a = "\\u{41}"`, String.raw`a = "\\u{41}"`],
    ['a = "a\tb"', String.raw`a = "a\tb"`],
  ])("the text of `%s` has no more escapes than it needs: `%s`", condition);

  it.each([
    ["a=1   and(b!=2)", "a = 1 and (b != 2)"],
    ["a in[1,2 , - 3]", "a in [1, 2, -3]"],
    ["a in 18 .. 25 and b in 65.. and c in .. 17", "a in 18..25 and b in 65.. and c in ..17"],
    ["a+b*-c/2-1 > 0", "a + b * -c / 2 - 1 > 0"],
    ["a  is   known and b not  in EU", "a is known and b not in EU"],
    ["`order` = 1_000 and x.`last` > 10%", "`order` = 1_000 and x.`last` > 10%"],
    ['a = "x"   ignoring\n case', 'a = "x" ignoring case'],
  ])("`%s` has its blanks where they belong: `%s`", condition);
});

describe("layout", () => {
  it("a condition stays on one line while it fits, then has a line for each part", () => {
    const parts = ["a = 1", "b = 2", `c = "${"x".repeat(50)}"`];
    check(`segment Quiet where ${parts.join(" and ")}`, `segment Quiet where ${parts.join(" and ")}\n`);
    check(
      `segment MuchLongerName where ${parts.join(" or ")}`,
      `segment MuchLongerName\n  where a = 1\n    or b = 2\n    or c = "${"x".repeat(50)}"\n`,
    );
  });

  it("`in zone` stands before `where`", () =>
    check("segment   A in  zone   home.tz where a", "segment A in zone home.tz where a\n"));

  it("with a title, `where` and each condition have a line", () =>
    check('segment A "Title" of B where a and b', 'segment A "Title" of B\n  where a\n    and b\n'));

  it("no line that can be broken is longer than 100 columns", () => {
    const long = `purchases.where(category = "shoes" and (amount > 50 or amount < 20 or brand = "Acme")).during(this year).last90d`;
    check(
      `segment A where b in [${Array.from({ length: 40 }, (_, i) => `"value ${i}"`).join(",")}] and ${long} >= 300 and ${long}.sum(amount * quantity) > 1`,
      `segment A
  where b in [
      "value 0", "value 1", "value 2", "value 3", "value 4", "value 5", "value 6", "value 7",
      "value 8", "value 9", "value 10", "value 11", "value 12", "value 13", "value 14", "value 15",
      "value 16", "value 17", "value 18", "value 19", "value 20", "value 21", "value 22",
      "value 23", "value 24", "value 25", "value 26", "value 27", "value 28", "value 29",
      "value 30", "value 31", "value 32", "value 33", "value 34", "value 35", "value 36",
      "value 37", "value 38", "value 39"
    ]
    and purchases
      .where(category = "shoes" and (amount > 50 or amount < 20 or brand = "Acme"))
      .during(this year)
      .last90d
      >= 300
    and purchases
      .where(category = "shoes" and (amount > 50 or amount < 20 or brand = "Acme"))
      .during(this year)
      .last90d
      .sum(amount * quantity)
      > 1
`,
    );
  });

  it("a table has a field a line, aligned colons, and no commas", () =>
    check(
      "default  entity A from s.a since b{a:text key,bcd : json{x:text,y:integer}\n\n\n/// d\n`e f`:B optional by e_id @pii}",
      "default entity A from s.a since b {\n  a     : text key\n  bcd   : json { x : text  y : integer }\n\n  /// d\n  `e f` : B optional by e_id @pii\n}\n",
    ));

  it("clauses of a header that is too long stand further in than the fields", () =>
    check(
      `event Purchase from crm.events where event_name = "purchase" at ordered_at fresh within 24 hours keeps 3 years once per order_id { a : text }`,
      `event Purchase from crm.events
    where event_name = "purchase"
    at ordered_at
    fresh within 24h
    keeps 3y
    once per order_id {
  a : text
}
`,
    ));

  it("declarations of several lines have an empty line around them; others keep at most one between them", () =>
    check(
      '\n\nparam a : integer = 3\nlist B = ["x"]\n\n\n\ntrait c = 1\n@kpi @tags(x y)\ntrait d = 1\nsegment E where a\n\n\n',
      'param a : integer = 3\nlist B = ["x"]\n\ntrait c = 1\n\n@kpi\n@tags(x, y)\ntrait d = 1\n\nsegment E where a\n',
    ));

  it("an open range ends with its line where something follows that it would swallow", () =>
    check(
      "event A from a where x in 65..\n  at b { c : integer in 0..\n optional }",
      "event A from a\n    where x in 65..\n    at b {\n  c : integer in 0.. optional\n}\n",
    ));

  it("a name that is a declaration's word does not come to begin a line", () => {
    const written = `segment A where b.where(list contains "${"x".repeat(90)}")`;
    expect(sameTree(read(formatted(written)).file, read(written).file)).toBe(true);
  });

  it.each([
    ["", ""],
    ["\n \n", ""],
    ["\ufeffsegment A where b", "segment A where b\n"],
    ["segment A\r\n  where b\r\n\r\n/* c\r\n d */\r\n", "segment A where b\n\n/* c\n d */\n"],
    ["// only", "// only\n"],
  ])("%j is %j", (written, canonical) => check(written, canonical));
});

describe("comments", () => {
  it("stay at the ends of their lines, one below the other, and before what they stand before", () =>
    check(
      `// file

/// doc

@kpi // annotation
segment A // name
  where a and // of a
    b // of b
    /* of c */ and c // seg-allow SEG5003: of the end
  // seg-allow SEG5003: before d
  and d
// end
param e : integer = 3 // e
list F = ["x", // first
 "y" /* second */]    // f
`,
      `// file

/// doc
@kpi                  // annotation
segment A             // name
  where a             // of a
    and b             // of b
    /* of c */ and c  // seg-allow SEG5003: of the end
    // seg-allow SEG5003: before d
    and d

// end
param e : integer = 3  // e

list F = [
  "x",  // first
  "y" /* second */
]  // f
`,
    ));

  it("stay with their fields", () =>
    check(
      "entity A from a { // fields\n\n// first\na : text, // of a\n\n\n  // before b\n b : integer /* of b */\n// last\n}",
      "entity A from a {  // fields\n\n  // first\n  a : text  // of a\n\n  // before b\n  b : integer /* of b */\n  // last\n}\n",
    ));

  const STYLES: readonly (readonly [string, (text: string) => string])[] = [
    ["beside it", (text) => ` /* ${text} */ `],
    ["at the end of its line", (text) => ` // ${text}\n`],
    ["on a line of its own", (text) => `\n// ${text}\n`],
    ["in front of it", (text) => `\n/* ${text} */ `],
    ["on several lines", (text) => ` /* ${text}\n   more */ `],
    ["as a description", (text) => `\n\n/// ${text}\n`],
    ["twice", (text) => ` /* and */ // ${text}\n\n// and\n`],
  ];

  /** Stretches of a text that are whole declarations, with what stands before them. */
  function declarations(text: string): string[] {
    const ends = read(text).file.declarations.map(({ span }) => span.end);
    return ends.map((end, i) => text.slice(ends[i - 1] ?? 0, end));
  }

  /** The canonical text, which holds every comment and nothing else that is new; null where the comments make it an error. */
  function kept(text: string, ...comments: readonly string[]): string | null {
    const result = format(sourceFile("a.seg", text));
    if (!("text" in result)) {
      expect(read(text).diagnostics, `${result.diagnostics[0]?.message}\n${text}`).not.toEqual([]);
      return null;
    }
    const again = formatted(result.text);
    if (again !== result.text) expect(again, text).toBe(result.text);
    for (const one of comments) if (!again.includes(one)) expect(again).toContain(one);
    return again;
  }

  it.each(STYLES)("at any token of the samples and examples survive, %s", (_, style) => {
    let survived = 0;
    let all = 0;
    for (const [, text] of texts)
      for (const one of declarations(text))
        for (const { span } of [...read(one).tokens, { span: { start: one.length } }]) {
          const unique = style(`unique ${span.start}`);
          const commented = one.slice(0, span.start) + unique + one.slice(span.start);
          all++;
          if (kept(commented, `unique ${span.start}`) !== null) survived++;
        }
    expect(all).toBeGreaterThan(1000);
    // A break of the line before a colon, a parenthesis or the end of a range says something else; elsewhere none does.
    expect(survived / all).toBeGreaterThan(0.8);
  });

  it("at all tokens at once survive", () => {
    for (const [, text] of texts) {
      const { tokens } = read(text);
      let commented = "";
      let from = 0;
      for (const { span } of tokens) {
        commented += `${text.slice(from, span.start)}/* ${span.start} */`;
        from = span.start;
      }
      const all = tokens.map(({ span }) => `/* ${span.start} */`);
      expect(read(kept(commented + text.slice(from), ...all) ?? "").comments.length).toBe(
        read(text).comments.length + all.length,
      );
    }
  });
});

describe("always", () => {
  it.each(texts)("%s keeps its tree and its comments, and is stable", (_, text) => {
    const once = formatted(text);
    expect(formatted(once)).toBe(once);
    expect(sameTree(read(text).file, read(once).file)).toBe(true);
    expect(read(once).comments.length).toBe(read(text).comments.length);
    expect(formatted(text.replaceAll("\n", "\r\n"))).toBe(once);
    // A title is never broken; a header that is nothing but it, its name and its subject may be wide.
    const isWide = (line: string): boolean =>
      line.length > 2 + WIDTH && !/\/\/|^[a-z]+ \w+ "[^"]*"( of [\w.]+)?( as of \S+)?$/.test(line);
    expect(once.split("\n").filter(isWide)).toEqual([]);
  });

  it.each(examples)("the example %s is canonical", (_, text) => expect(formatted(text)).toBe(text));

  it.each([
    "segment A where",
    "segment A where a and b or c",
    "segment A where a == 1",
    "segment A where a;",
    "segmentation B { C : }",
    'segment A where "open',
    "/* open",
  ])("%j has a syntax error and is not touched: its findings are the answer", (text) => {
    const result = format(sourceFile("a.seg", text));
    expect(result).toEqual({ diagnostics: read(text).diagnostics });
    expect(read(text).diagnostics).not.toEqual([]);
  });

  it("a file that would become too large to be read is not touched", () => {
    const text = `segment A where ${"(".repeat(50)}a${"\n//".repeat(50_000)}\n${")".repeat(50)}`;
    const result = format(sourceFile("a.seg", text));
    expect("diagnostics" in result && result.diagnostics.map(({ slug }) => slug)).toEqual(["too-large"]);
  });

  it("the layout's work grows with the text, and not faster", () => {
    const work = (text: string): number => render(layout(read(text), text), WIDTH).work;
    const terms = (n: number): string =>
      `segment A where ${Array.from({ length: n }, (_, i) => `a${i} = "x"`).join(" and ")}`;
    const items = (n: number): string => `segment A where a in [${Array.from({ length: n }, (_, i) => i).join(", ")}]`;
    const fields = (n: number): string =>
      `entity A from a { ${Array.from({ length: n }, (_, i) => `f${i} : text`).join("\n")} }`;
    const many = (n: number): string =>
      Array.from({ length: n }, (_, i) => `segment A${i} where a /* ${i} */ and b`).join("\n");
    for (const text of [terms, items, fields, many]) expect(work(text(10_000)) / work(text(1_000))).toBeLessThan(11);
    const nested = (n: number): string => `segment A where ${"(a and ".repeat(n)}b${")".repeat(n)}`;
    expect(work(nested(56)) / work(nested(14))).toBeLessThan(16);
    expect(formatted(terms(10_000)).split("\n").length).toBe(10_002);
  });
});
