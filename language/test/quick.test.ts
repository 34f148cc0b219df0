import { describe, expect, it } from "vitest";
import { corpus } from "../bench/corpus.ts";
import type { SegmentDecl } from "../syntax/ast.ts";
import { type Chunk, chunks } from "../syntax/chunks.ts";
import { SegParser } from "../syntax/grammar.ts";
import { layout } from "../syntax/layout.ts";
import { lex } from "../syntax/lexer.ts";
import { parse } from "../syntax/parse.ts";
import { quickExpression, quickSegment } from "../syntax/quick.ts";
import { reporter } from "../syntax/report.ts";
import { sourceFile } from "../text/source.ts";

/** A default that never stands alone makes the grammar read all that is before it: the same condition, read by Chevrotain's rules. */
function byGrammar(condition: string): SegmentDecl {
  const { file } = parse(sourceFile("a.seg", `segment S where ${condition} and (z else 0) = 1`));
  return file.declarations[0] as SegmentDecl;
}

function quickly(condition: string): SegmentDecl {
  const { file } = parse(sourceFile("a.seg", `segment S where ${condition} and z = 1`));
  return file.declarations[0] as SegmentDecl;
}

const first = (decl: SegmentDecl) => (decl.condition.kind === "and" ? decl.condition.items.slice(0, -1) : decl);

describe("what is read quickly", () => {
  const CONDITIONS = [
    "a",
    "a.b.c",
    "not a",
    "no a.last90d",
    "not not a",
    "a = 1",
    "a != 1.5",
    "a < b",
    "a <= b.c",
    "a > 2026-01-31",
    "a >= true",
    "a in [1, 2]",
    'a not in ["EU"]',
    "a in EU",
    "a in 18..25",
    'a contains "x"',
    "a is known",
    "a.b is missing",
    "a + b - c * d / e > 1",
    "(a or b)",
    "(a and not (b or c))",
    "a.where(b = 1 and c).last90d.count >= 3",
    "a.top(3, by: x).sum(y + 1) > 2",
    "f(a, b) = 1",
    "a.next7d",
    "`order` = 1",
  ];
  for (const condition of CONDITIONS) {
    it(`${condition} makes the tree that the grammar makes`, () => {
      expect(first(quickly(condition))).toEqual(first(byGrammar(condition)));
    });
  }

  it("is what the corpus of the benchmark is made of, and the trees are equal there too", () => {
    for (const text of corpus(50)) {
      const condition = text.slice(text.indexOf("where") + 6).trim();
      expect(first(quickly(condition))).toEqual(first(byGrammar(condition)));
    }
  });
});

describe("a whole segment is read quickly, and is what the grammar makes of it", () => {
  const parser = new SegParser();
  for (const text of [
    "segment S where a = 1",
    'segment S "A title" where a and b.last90d > 3',
    "segment `and` where a\n",
    '/// Said of it.\nsegment S where a in ["EU"] // and a comment',
  ]) {
    it(text, () => {
      const source = sourceFile("a.seg", text);
      const found = reporter(source);
      const [chunk] = chunks(layout(lex(source, found).tokens, text, found)) as [Chunk];
      const docs = new Map([[text.indexOf("segment"), "Said of it."]]);
      const quick = quickSegment(chunk.tokens, docs);
      expect(quick).not.toBeNull();
      expect(quick).toEqual(parser.read(chunk, docs, text, found));
      expect(found.diagnostics).toEqual([]);
    });
  }

  for (const text of [
    "segment S of A where a",
    "@kpi segment S where a",
    "segment where a",
    "segment S a",
    "trait T = a",
  ])
    it(`${text} is left to the grammar`, () => {
      const source = sourceFile("a.seg", text);
      const { tokens } = lex(source, reporter(source));
      expect(quickSegment(layout(tokens, text, reporter(source)), new Map())).toBeNull();
    });
});

describe("what is not", () => {
  const ELSEWHERE = [
    "a and b or c",
    "a = b = c",
    "a else 1",
    "- a > 1",
    "a.count() > 1",
    "a.last(5) > 1",
    "a in last 30d",
    "a in 18..",
    "a in (1)",
    'a starts with "x"',
    "a = ",
    "a b",
    "(a",
    "a)",
    'a contains "x" ignoring case',
    "a is not known",
    `${"(".repeat(40)}a${")".repeat(40)}`,
  ];
  for (const condition of ELSEWHERE) {
    it(`${condition.slice(0, 30)} is left to the grammar`, () => {
      const { tokens } = quickTokens(condition);
      expect(quickExpression(tokens, 0)).toBeNull();
    });
  }
});

function quickTokens(condition: string) {
  const source = sourceFile("a.seg", condition);
  const found = reporter(source);
  return { tokens: layout(lex(source, found).tokens, condition, found) };
}
