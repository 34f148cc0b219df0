import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Declaration } from "../syntax/ast.ts";
import { parse } from "../syntax/parse.ts";
import { sourceFile } from "../text/source.ts";
import { SAMPLES } from "./samples.ts";
import { showDeclaration } from "./show.ts";

const ROOT = join(import.meta.dirname, "../..");
const EXAMPLES = globSync("examples/**/*.seg", { cwd: ROOT }).map(
  (path) => [path, readFileSync(join(ROOT, path), "utf8")] as const,
);
const TEXTS: readonly (readonly [string, string])[] = [...Object.entries(SAMPLES), ...EXAMPLES];

const read = (text: string) => parse(sourceFile("test.seg", text));

/** A declaration as data, its places counted from where it begins, and where that is. */
interface Kept {
  readonly shape: string;
  readonly start: number;
}

function kept(declaration: Declaration): Kept {
  const { start } = declaration.span;
  const shape = JSON.stringify(declaration, (_, value) =>
    typeof value === "object" && value !== null && "start" in value
      ? { start: value.start - start, end: value.end - start }
      : value,
  );
  return { shape, start };
}

/** Where a declaration begins and ends, with what stands in front of it. */
function extent(declaration: Declaration, text: string): { readonly start: number; readonly end: number } {
  const start = declaration.annotations[0]?.span.start ?? declaration.span.start;
  const isDefault = declaration.kind === "entity" && declaration.isDefault;
  return {
    start: isDefault ? Math.min(start, text.lastIndexOf("default", declaration.span.start)) : start,
    end: declaration.span.end,
  };
}

/** A text, and its declarations as they are read undamaged. */
function undamaged(text: string) {
  return {
    text,
    declarations: read(text).file.declarations.map((declaration) => ({
      ...kept(declaration),
      extent: extent(declaration, text),
      name: declaration.name.text,
    })),
  };
}

/**
 * What is read after the stretch from `start` to `end` was replaced: the findings, and the declarations that do not touch it and are not as they were.
 */
function damage({ text, declarations }: ReturnType<typeof undamaged>, start: number, end: number, newText = "") {
  const { file, diagnostics } = read(text.slice(0, start) + newText + text.slice(end));
  const found = new Set(file.declarations.map(kept).map(({ shape, start }) => `${start} ${shape}`));
  const lost = declarations.filter(({ shape, start: at, extent }) => {
    const by = extent.end <= start ? 0 : extent.start >= end ? newText.length - (end - start) : null;
    return by !== null && !found.has(`${at + by} ${shape}`);
  });
  return { lost: lost.map(({ name }) => `${name} without ${start}–${end}`), diagnostics };
}

/** The tokens of a text, and the colons of its labels. */
function stretches(text: string): { readonly start: number; readonly end: number }[] {
  return read(text).tokens.flatMap((token) => {
    if (token.type !== "Label") return [token.span];
    const colon = text.indexOf(":", token.span.end);
    return [token.span, { start: colon, end: colon + 1 }];
  });
}

describe.each(TEXTS)("%s", (_, text) => {
  const whole = undamaged(text);

  test("cut off anywhere, keeps every declaration before the cut", () => {
    expect(Array.from(text, (_, at) => damage(whole, at, text.length).lost).flat()).toEqual([]);
  });

  test("without any one token, keeps every other declaration, and has about one finding", () => {
    const damages = stretches(text).map((at) => damage(whole, at.start, at.end));
    expect(damages.flatMap(({ lost }) => lost)).toEqual([]);
    const counts = damages.map(({ diagnostics }) => diagnostics.length);
    expect(Math.max(...counts)).toBeLessThanOrEqual(2);
    expect(counts.reduce((sum, count) => sum + count, 0) / counts.length).toBeLessThan(1.1);
  });

  test("with any one token twice, keeps every other declaration", () => {
    const twice = stretches(text).map((at) => {
      const token = text.slice(at.start, at.end);
      return damage(whole, at.start, at.end, `${token} ${token}`).lost;
    });
    expect(twice.flat()).toEqual([]);
  });
});

/** What is found wrong in a text, and what is read all the same. */
function check(text: string, messages: readonly string[], ...declarations: readonly string[]): void {
  const { file, diagnostics } = read(text);
  expect(diagnostics.map((d) => d.message)).toEqual(messages);
  expect(file.declarations.map(showDeclaration)).toEqual(declarations);
}

const checkAll = (rows: readonly (readonly [string, readonly string[], ...string[]])[]): void =>
  test.each(rows.map((row) => [row[0], row] as const))("%s", (_, row) => check(...row));

describe("a broken declaration is read as far as it goes", () => {
  checkAll([
    ["segment A where", ["Something is missing at the end: a condition."], "segment A where ⊥"],
    ["segment A where a =", ["Something is missing at the end: a value."], "segment A where (a = ⊥)"],
    [
      "segment A where a in",
      ["Something is missing at the end: a list, a range or a window such as `last 30d`."],
      "segment A where (a in ⊥)",
    ],
    ["segment A where a and", ["Something is missing at the end: a condition."], "segment A where (a and ⊥)"],
    ["segment A where and b", ["Something is missing before `and`: a condition."], "segment A where (⊥ and b)"],
    ["segment A where a = and b", ["Something is missing before `and`: a value."], "segment A where ((a = ⊥) and b)"],
    ["segment A where = 3", ["Something is missing before `=`: a condition."], "segment A where (⊥ = 3)"],
    ["segment A where a is", ["Something is missing at the end: `known` or `missing`."], "segment A where ⊥<a>"],
    [
      "segment A where a.",
      ["Something is missing at the end: a field, or a step such as `count`."],
      "segment A where a.?",
    ],
    [
      "segment A where a.\nsegment B where c",
      ["Something is missing at the end: a field, or a step such as `count`."],
      "segment A where a.?",
      "segment B where c",
    ],
    ["segment A where a > 3 +", ["Something is missing at the end: a value."], "segment A where (a > (3 + ⊥))"],
    ["segment A where (a", ["The `(` is never closed: `)` is missing."], "segment A where {a}"],
    ["segment A where (a = 1 ] ) and b", ["The `(` is never closed: `)` is missing."], "segment A where {(a = 1)}"],
    [
      "segment A where p.where(a, b = ).count > 1",
      ["Something is missing before `)`: a value."],
      "segment A where (p.where(a, (b = ⊥)).count > 1)",
    ],
    ["segment A where a in [1, , 2]", ["Something is missing before `,`: a value."], "segment A where (a in [1, 2])"],
    ["segment A where a in [1 2]", ["`,` is missing before `2`."], "segment A where (a in [1, 2])"],
    ["segment A where a )", ["`)` is not expected here."], "segment A where a"],
    ["segment A where a b", ["`and` or `or` is missing before `b`."], "segment A where ⊥<a, b>"],
    [
      "segment A where a = 1 b = 2 c = 3",
      ["`and` or `or` is missing before `b`."],
      "segment A where ⊥<(a = 1), (b = 2), (c = 3)>",
    ],
    [
      'segment A where a "x"',
      ['Something is missing before `"x"`: a comparison such as `=` or `in`.'],
      'segment A where ⊥<a, "x">',
    ],
    ["segment A a = 1", ["`where` is missing before `a`."], "segment A where (a = 1)"],
    ["segment A", ["Something is missing at the end: `where` and a condition."], "segment A where ⊥"],
    ["segment where a", ["The name of the segment is missing before `where`."], "segment ? where a"],
    ['segment "T" where a', ['The name of the segment is missing before `"T"`.'], 'segment ? "T" where a'],
    ["segment A of where a", ["The name of the entity is missing before `where`."], "segment A of ? where a"],
    ["segment", ["The name of the segment is missing."], "segment ? where ⊥"],
    ["trait a", ["Something is missing at the end: `=` and a value."], "trait a = ⊥"],
    ["trait a 3", ["`=` is missing before `3`."], "trait a = 3"],
    ["list A", ["Something is missing at the end: `=` and the values in `[ ]`."], "list A = ⊥"],
    [
      "param a : = 3",
      ["Something is missing before `=`: a type such as `text`, `integer` or `timestamp`."],
      "param a : ? = 3",
    ],
    ["A where b", ["`segment` is missing before `A`."], "segment A where b"],
    ['A "T" of B where c', ["`segment` is missing before `A`."], 'segment A "T" of B where c'],
    ['A = ["x"]', ["`list` is missing before `A`."], 'list A = ["x"]'],
    ["a = 3 + b", ["`trait` is missing before `a`."], "trait a = (3 + b)"],
    ["a : integer = 3", ["`param` is missing before `a`."], "param a : integer = 3"],
    [
      "segment A where a\nB where b\nsegment C where c",
      ["`segment` is missing before `B`."],
      "segment A where a",
      "segment B where b",
      "segment C where c",
    ],
    [
      "segment A where a\nand_more > 3\nsegment C where c",
      ["`and_more` does not belong to any declaration."],
      "segment A where a",
      "segment C where c",
    ],
    ["hello", ["`hello` does not belong to any declaration."]],
    [") segment A where b", ["`)` does not belong to any declaration."], "segment A where b"],
    ['@owner("x"\nsegment A where b', ["The `(` is never closed: `)` is missing."], '@owner("x") segment A where b'],
    ['@owner("x") (\nsegment A where b', ["`(` is not expected here."], '@owner("x") segment A where b'],
    ["@tags(a, b(\nsegment A where b", ["The `(` is never closed: `)` is missing."], "@tags(a, b) segment A where b"],
    ["@ segment A where b", ["The name of the annotation is missing before `segment`."], "@?() segment A where b"],
    ['@owner("x")', ["`@` does not belong to any declaration."]],
    ["segment A where a\nsegment", ["The name of the segment is missing."], "segment A where a", "segment ? where ⊥"],
    ["entity A { a : text }", ["Something is missing before `{`: `from` and the table."], "entity A { a : text }"],
    ["entity A from t", ["Something is missing at the end: `{` and the fields."], "entity A from t {  }"],
    ["entity A from t { a : text", ["The `{` is never closed: `}` is missing."], "entity A from t { a : text }"],
    ["entity A from t a : text optional }", ["`{` is missing before `a`."], "entity A from t { a : text optional }"],
    [
      "entity A from t { a text b : text }",
      ["`a` is not expected here; a name with `:` is."],
      "entity A from t { b : text }",
    ],
    [
      "entity A from t { a : b : text }",
      ["Something is missing before `b`: a type such as `text`, `integer` or `timestamp`."],
      "entity A from t { a : ?; b : text }",
    ],
    [
      "entity A from t { a : text wrong b : text }",
      ["`wrong` is not expected here; `key`, `optional`, `from` or `in` is."],
      "entity A from t { a : text; b : text }",
    ],
    [
      "entity A from t { m : many M b : text }",
      ["Something is missing before `b`: `by` and the column that links the two."],
      "entity A from t { m -> many M by ?; b : text }",
    ],
    [
      "entity A from t { m : many M key by b }",
      ["`key` is not expected here."],
      "entity A from t { m -> many M by b }",
    ],
    [
      "entity A from t since { a : text }",
      ["The name of the column is missing before `{`."],
      "entity A from t since ? { a : text }",
    ],
    [
      "entity A from t nonsense 3 since b { a : text }",
      ["`nonsense` is not expected here."],
      "entity A from t since b { a : text }",
    ],
    ["event A from t once b { }", ["`per` is missing before `b`."], "event A from t oncePer b {  }"],
    ["event A from t fresh 2h { }", ["`within` is missing before `2h`."], "event A from t fresh 2h {  }"],
    [
      "entity A from t { j : json { a : text\n b : B optional by c\n d : text }",
      ["The `{` is never closed: `}` is missing."],
      "entity A from t { j : json { a : text, b : B } optional; d : text }",
    ],
    [
      "default segment A where b",
      ["`default` stands before `entity` only, not before `segment`."],
      "segment A where b",
    ],
  ]);
});

describe("a part in the wrong place is reported once and read", () => {
  checkAll([
    ["segment A where b of C", ["`where` stands before `of`."], "segment A of C where b"],
    ['segment A of C "T" where b', ["`of` stands before the title."], 'segment A "T" of C where b'],
    ['segment A where b = 1 "T" of C', ["`where` stands before the title."], 'segment A "T" of C where (b = 1)'],
    ["segment A where b where c", ["`where` is there twice."], "segment A where b"],
    ['segment A "T" "U" where b', ["The title is there twice."], 'segment A "T" where b'],
    ["list A of B = [1]", ["`of` is not expected here."], "list A = [1]"],
  ]);
});

describe("choices and lists are read as far as they go", () => {
  checkAll([
    ["segment A where if a then b", ["This `if` has no `else`."], "segment A where ⊥<a, b>"],
    [
      "segment A where if a then b else",
      ["Something is missing at the end: a value."],
      "segment A where (if a then b else ⊥)",
    ],
    [
      "segment A where if then b else c",
      ["Something is missing before `then`: a condition."],
      "segment A where (if ⊥ then b else c)",
    ],
    [
      "segment A where if a then else c",
      ["Something is missing before `else`: a value."],
      "segment A where (if a then ⊥ else c)",
    ],
    ["segment A where at least of (a)", ["Something is missing before `of`: a whole number."], "segment A where ⊥<a>"],
    [
      "segment A where at least 2 of a",
      ["Something is missing before `a`: `(` and the conditions."],
      "segment A where ⊥<⊥, a>",
    ],
    [
      "segment A where all of () and b",
      ["Something is missing before `)`: a condition."],
      "segment A where ((all of ⊥) and b)",
    ],
    ["segment A where any of (a, b", ["The `(` is never closed: `)` is missing."], "segment A where (any of a, b)"],
    [
      "segment A where any of (a,) and b",
      ["There is a `,` with nothing after it."],
      "segment A where ((any of a) and b)",
    ],
    [
      "segment A where b has any",
      ["Something is missing at the end: the values in `[ ]`."],
      "segment A where (b has any ⊥)",
    ],
    [
      "segment A where b has and c",
      ["Something is missing before `and`: a value."],
      "segment A where ((b has ⊥) and c)",
    ],
  ]);
});
