import { describe, expect, test } from "vitest";
import { chunks } from "../syntax/chunks.ts";
import { withoutDepths } from "../syntax/depth.ts";
import { SegParser } from "../syntax/grammar.ts";
import { layout } from "../syntax/layout.ts";
import { lex } from "../syntax/lexer.ts";
import { LARGEST_FILE, parse } from "../syntax/parse.ts";
import { MOST_FINDINGS, reporter } from "../syntax/report.ts";
import { depthOf, nodePathAt, walk } from "../syntax/traverse.ts";
import { sourceFile } from "../text/source.ts";
import type { Span } from "../text/span.ts";
import { SAMPLES } from "./samples.ts";

const MANY = 20_000;
const read = (text: string) => parse(sourceFile("test.seg", text));
const inSegment = (condition: string): string => `segment A where ${condition}`;

/** A text of so many parts. */
type Growing = (count: number) => string;

/** Texts that can be made as long as one likes, and what is found wrong in the longest. */
const GROWING: Readonly<Record<string, readonly [Growing, readonly string[]]>> = {
  "conditions joined by and": [(n) => inSegment(Array(n).fill("a").join(" and ")), []],
  "conditions joined by and and or": [(n) => inSegment(Array(n).fill("a and b").join(" or ")), ["and-or"]],
  "fields after one another": [(n) => inSegment(Array(n).fill("a").join(".")), ["too-deep"]],
  "windows after one another": [(n) => inSegment(`a${".last90d".repeat(n)}`), ["too-deep"]],
  "steps after one another": [(n) => inSegment(`a${".b(c)".repeat(n)}`), ["too-deep"]],
  "not not not": [(n) => inSegment(`${"not ".repeat(n)}a`), ["too-deep"]],
  "minus signs": [(n) => inSegment(`${"- ".repeat(n)}a`), ["too-deep"]],
  "a long sum": [(n) => inSegment(Array(n).fill("a").join(" + ")), ["too-deep"]],
  "a long row of defaults": [(n) => inSegment(Array(n).fill("a").join(" else ")), ["too-deep"]],
  "a long chain of comparisons": [(n) => inSegment(Array(n).fill("a").join(" = ")), ["comparison-chain"]],
  "nested parentheses": [(n) => inSegment(`${"(".repeat(n)}a${")".repeat(n)}`), ["too-deep"]],
  "nested functions": [(n) => inSegment(`${"f(".repeat(n)}a${")".repeat(n)}`), ["too-deep"]],
  "nested lists": [(n) => inSegment(`a in ${"[".repeat(n)}1${"]".repeat(n)}`), ["too-deep"]],
  "nested types": [(n) => `param a : ${"list of ".repeat(n)}text = 1`, ["too-deep"]],
  "nested objects": [(n) => `entity A from t { a : ${"json { a : ".repeat(n)}text${" }".repeat(n)} }`, ["too-deep"]],
  "ifs inside one another": [(n) => inSegment("if a then ".repeat(n)), ["too-deep"]],
  "ranks of one another": [(n) => inSegment(`${"top 10% by x of ".repeat(n)}a`), ["too-deep"]],
  "counts of one another": [(n) => inSegment(`${"at least 2 of (".repeat(n)}a${")".repeat(n)}`), ["too-deep"]],
  "counts side by side": [(n) => inSegment(`${"at least 2 of ".repeat(n)}a`), ["missing-value", "too-many"]],
  "ifs one after another": [(n) => inSegment(`${"if a then b else ".repeat(n)}c`), ["too-deep"]],
  "a long list": [(n) => inSegment(`a in [${Array(n).fill("1").join(", ")}]`), []],
  "a long list without commas": [(n) => inSegment(`a in [${Array(n).fill("1").join(" ")}]`), ["missing-comma"]],
  "opening parentheses": [(n) => inSegment("(".repeat(n)), ["too-deep", "unclosed-bracket"]],
  "closing parentheses": [(n) => inSegment(")".repeat(n)), ["missing-value"]],
  "opening brackets with rubbish": [(n) => inSegment("(x . ".repeat(n)), ["too-deep"]],
  "names side by side": [(n) => inSegment("a ".repeat(n)), ["missing-connective"]],
  "texts side by side": [(n) => inSegment('"a" '.repeat(n)), ["missing-operator"]],
  "where where": [(n) => inSegment("where ".repeat(n)), ["missing-value"]],
  "in in": [(n) => inSegment("in ".repeat(n)), ["missing-value"]],
  "labels without types": [(n) => `entity A from t {${" a :".repeat(n)} text }`, ["missing-value", "too-many"]],
  fields: [(n) => `entity A from t {${" a : text\n".repeat(n)}}`, []],
  "fields with rubbish": [(n) => `entity A from t {${" a : text ) b\n".repeat(n)}}`, ["too-many", "unexpected-text"]],
  "types never closed": [(n) => `entity A from t {${" a : decimal(12\n".repeat(n)}}`, ["too-deep", "unclosed-bracket"]],
  annotations: [(n) => `${"@a(b) ".repeat(n)}${inSegment("c")}`, []],
  "annotations never closed": [(n) => `${"@a(b ".repeat(n)}${inSegment("c")}`, ["too-deep", "unclosed-bracket"]],
  "annotations of a field": [(n) => `entity A from t { a : text${" @pii".repeat(n)} }`, []],
  descriptions: [(n) => `${"/// a\n".repeat(n)}${inSegment("b")}`, []],
  "descriptions at the end": [(n) => `${inSegment("b")}${" /// a\n".repeat(n)}`, []],
  segments: [(n) => "segment A where b\n".repeat(n), []],
  "segments without conditions": [(n) => "segment A\n".repeat(n), ["missing-value", "too-many"]],
  "segment segment": [(n) => "segment ".repeat(n), ["missing-name", "too-many"]],
  "stray names": [(n) => "a\n".repeat(n), ["outside", "too-many"]],
  comments: [(n) => "// a\n".repeat(n), []],
  "opening comments": [(n) => "/* ".repeat(n), ["unclosed-comment"]],
  "unknown characters": [(n) => "$".repeat(n), ["unknown-character"]],
  "zero characters": [(n) => "\0".repeat(n), ["unknown-character"]],
  "halves of characters": [(n) => "\ud800".repeat(n), ["unknown-character"]],
  "odd blanks": [(n) => inSegment(`b${"\u00a0".repeat(n)}`), ["odd-blank"]],
  "odd blanks among words": [(n) => `${inSegment("b")} and\u00a0c`.concat(" and\u00a0c".repeat(n)), ["odd-blank"]],
  semicolons: [(n) => `${inSegment("b")}${";".repeat(n)}`, ["semicolon", "too-many"]],
  quotes: [(n) => inSegment(`b = ${'"'.repeat(2 * n)}`), ["clause-twice"]],
  "escapes that mean nothing": [(n) => inSegment(`b = "${"\\d".repeat(n)}"`), ["text-escape"]],
  slips: [(n) => inSegment(Array(n).fill("a == 1").join(" and ")), ["other-operator", "too-many"]],
  "words in capitals": [(n) => inSegment(Array(n).fill("a").join(" AND ")), ["word-spelling"]],
  "blank lines": [(n) => "\r\n".repeat(n), []],
};

describe.each(Object.entries(GROWING))("%s", (_, [grow, slugs]) => {
  test("are read, however many, and said to be wrong once for each cause", () => {
    const { diagnostics } = read(grow(MANY));
    expect([...new Set(diagnostics.map((d) => d.slug))].sort()).toEqual(slugs);
    expect(diagnostics.length).toBeLessThanOrEqual(MOST_FINDINGS + 1);
  });

  test("take work in proportion to their number", () => {
    const [once, twice] = [work(grow(1_000)), work(grow(2_000))];
    expect(twice).toBeLessThan(2.2 * once + 1_000);
  });
});

test("broken texts take work in proportion to their length", () => {
  for (const text of Object.values(SAMPLES)) {
    for (let cut = 0; cut < text.length; cut += 197) {
      const broken = `${text.slice(0, cut)} ) ] where ${text.slice(cut + 5)}\n`;
      expect(work(broken.repeat(8))).toBeLessThan(2.2 * work(broken.repeat(4)) + 1_000);
    }
  }
});

/** What reading a text takes: looks at tokens, rules entered, tokens skipped. */
function work(text: string): number {
  let count = 0;
  const counted = <Item extends object>(items: readonly Item[]): Item[] =>
    new Proxy([...items], {
      get(target, key: string | symbol) {
        if (typeof key === "string" && /^\d+$/.test(key)) count++;
        const value: unknown = Reflect.get(target, key);
        if (key === "slice") return (from: number, to: number) => target.slice(from, to);
        return typeof value === "function" ? value.bind(target) : value;
      },
    });
  const file = sourceFile("test.seg", text);
  const found = reporter(file);
  const tokens = layout(counted(lex(file, found).tokens), text, found);
  const parser = new SegParser();
  const internals = parser as unknown as Record<string, (...args: readonly unknown[]) => unknown>;
  for (const name of ["ruleInvocationStateUpdate", "SKIP_TOKEN", "LA"]) {
    const original = internals[name] as (...args: readonly unknown[]) => unknown;
    internals[name] = (...args) => {
      count++;
      return original.apply(parser, [...args]);
    };
  }
  for (const chunk of chunks(counted(tokens)))
    if (chunk.word >= 0)
      parser.read({ ...chunk, tokens: withoutDepths(chunk.tokens, text, found) }, new Map(), text, found);
  return count;
}

test("a condition of 10,000 terms is one flat node", () => {
  const { file, diagnostics } = read(inSegment(Array.from({ length: 10_000 }, (_, i) => `a${i} > ${i}`).join(" or ")));
  const [declaration] = file.declarations;
  expect(diagnostics).toEqual([]);
  expect(
    declaration?.kind === "segment" && declaration.condition.kind === "or" && declaration.condition.items.length,
  ).toBe(10_000);
  expect(declaration?.kind === "segment" && depthOf(declaration.condition)).toBe(3);
  let nodes = 0;
  walk(file, () => {
    nodes++;
    return true;
  });
  expect(nodes).toBeGreaterThan(40_000);
  expect(nodePathAt(file, 100_000).length).toBeGreaterThan(3);
});

test.each(["a long list", "conditions joined by and", "fields after one another", "not not not"])(
  "100,000 of %s are read too",
  (title) => {
    const [grow, slugs] = GROWING[title] as readonly [Growing, readonly string[]];
    expect(read(grow(100_000)).diagnostics.map((d) => d.slug)).toEqual(slugs);
  },
);

describe("nesting", () => {
  test.each([
    ["parentheses", "(", "a", ")"],
    ["functions", "f(", "a", ")"],
    ["conditions of steps", "p.where(", "a", ").count > 1"],
    ["not", "not ", "a", ""],
    ["minus", "- ", "a", ""],
  ])("of 60 %s is read, of 61 is not", (_, open, inner, close) => {
    const nested = (n: number): string => inSegment(open.repeat(n) + inner + close.repeat(n));
    expect(read(nested(60)).diagnostics).toEqual([]);
    expect(read(nested(61)).diagnostics.map((d) => d.slug)).toEqual(["too-deep"]);
  });

  test("too deep in one declaration leaves the others as they are", () => {
    const { file, diagnostics } = read(`segment A where b\n${inSegment("(".repeat(1_000))}\nsegment C where d`);
    expect(file.declarations.map((d) => [d.name.text, d.broken])).toEqual([
      ["A", false],
      ["A", true],
      ["C", false],
    ]);
    expect(diagnostics.map((d) => d.slug)).toEqual(["unclosed-bracket", "too-deep"]);
  });

  test("of everything at once stays within what can be walked", () => {
    const level = (inner: string): string => `(1 + 2 * -(x else f(not ${inner})) > 3 and a)`;
    let text = "a";
    for (let i = 0; i < 29; i++) text = level(text);
    const { file } = read(inSegment(text));
    const [declaration] = file.declarations;
    expect(declaration?.kind === "segment" && depthOf(declaration.condition)).toBeLessThanOrEqual(400);
  });
});

describe("size", () => {
  test("a file of 5 MB is read, a larger one is not", () => {
    const text = `// ${" ".repeat(LARGEST_FILE - 30)}\nsegment A where b`;
    expect(read(text).file.declarations.length).toBe(1);
    const larger = read(" ".repeat(LARGEST_FILE + 1));
    expect(larger.diagnostics.map((d) => d.slug)).toEqual(["too-large"]);
    expect(larger.file.declarations).toEqual([]);
  });

  test.each([
    ["one text", inSegment(`a = "${"x".repeat(4_900_000)}"`), []],
    ["one text of backslashes", inSegment(`a = "${"\\\\".repeat(2_400_000)}"`), []],
    ["one text never closed", inSegment(`a = "${"x".repeat(4_900_000)}`), ["unclosed-text"]],
    ["one comment", `/*${" *".repeat(2_400_000)}`, ["unclosed-comment"]],
    ["one name", inSegment("a".repeat(4_900_000)), []],
    ["one number", inSegment(`a > ${"1".repeat(4_900_000)}`), ["number-length"]],
    ["one line of blanks", " ".repeat(4_900_000), []],
    ["one unknown run", "$".repeat(4_900_000), ["unknown-character"]],
  ] as const)("%s of nearly 5 MB is one token", (_, text, slugs) => {
    expect(read(text).diagnostics.map((d) => d.slug)).toEqual(slugs);
  });
});

/** The same numbers each time, each below what is asked for. */
function dice(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const BITS =
  'segment|trait|entity|event|extend|param|list|A|b| |\n|\n  |.|,|:|(|)|[|]|{|}|@|"|"x"|\'|`|and|or|not|no|in|is|where|else|if|then|of|by|per|has|last|next|full|months|90d|3|..|2026-01-01|=|!=|<|+|-|*|/|known|missing|null|between|contains|starts|with|ignoring|case|default|from|at|key|many|optional|json|///d\n|//c\n|/*|*/|\u00a0|;|\\|\ud83d|😀|.last90d|.last5|top|at least|test|policy'.split(
    "|",
  );

/** Whatever is found lies in the text and is said in words for people. */
function checkFindings(text: string): void {
  const { file, diagnostics } = read(text);
  const within = ({ start, end }: Span): boolean => start >= 0 && start <= end && end <= text.length;
  for (const d of diagnostics) {
    expect(within(d.span), `${JSON.stringify(text)} ${d.slug}`).toBe(true);
    expect(d.message).not.toMatch(/undefined|NaN|EOF|token/);
    for (const edit of d.fixes.flatMap((fix) => fix.edits))
      expect(within(edit.span), `${JSON.stringify(text)} ${d.slug}`).toBe(true);
  }
  walk(file, (node) => {
    if ("span" in node) expect(within(node.span), `${JSON.stringify(text)} ${JSON.stringify(node)}`).toBe(true);
    return true;
  });
}

test("texts made of bits of the language never make it throw", () => {
  const roll = dice(42);
  for (let round = 0; round < 2_000; round++) {
    checkFindings(
      Array.from({ length: roll(40) }, () => BITS[roll(BITS.length)] + (roll(3) === 0 ? "" : " ")).join(""),
    );
  }
});

test("samples with bits put in and taken out never make it throw, nor need Chevrotain's own recovery", () => {
  const roll = dice(7);
  const samples = Object.values(SAMPLES);
  const parser = new SegParser();
  for (let round = 0; round < 1_000; round++) {
    const sample = samples[roll(samples.length)] as string;
    const start = roll(sample.length);
    let text = sample.slice(Math.max(0, sample.lastIndexOf("\n", start)), start + 400);
    for (let change = 0; change <= roll(4); change++) {
      const { tokens } = read(text);
      const at = tokens[roll(tokens.length)]?.span ?? { start: 0, end: 0 };
      const bit = roll(3) === 0 ? "" : ` ${BITS[roll(BITS.length)]} `;
      text = text.slice(0, at.start) + bit + text.slice(roll(2) === 0 ? at.start : at.end);
    }
    checkFindings(text);
    const file = sourceFile("test.seg", text);
    const found = reporter(file);
    for (const chunk of chunks(layout(lex(file, found).tokens, text, found))) {
      if (chunk.word < 0) continue;
      parser.read({ ...chunk, tokens: withoutDepths(chunk.tokens, text, found) }, new Map(), text, found);
      expect(parser.errors.map((error) => `${error.message} in ${JSON.stringify(text)}`)).toEqual([]);
    }
  }
});
