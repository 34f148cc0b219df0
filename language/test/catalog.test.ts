import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { CATALOG, type Slug } from "../diagnostics/catalog.ts";
import { ENGINES } from "../diagnostics/codes/engines.ts";
import { INTERNAL } from "../diagnostics/codes/internal.ts";
import { MEANING } from "../diagnostics/codes/meaning.ts";
import { MODEL } from "../diagnostics/codes/model.ts";
import { NAMES } from "../diagnostics/codes/names.ts";
import { PATHS } from "../diagnostics/codes/names-paths.ts";
import { PROJECT } from "../diagnostics/codes/project.ts";
import { STYLE } from "../diagnostics/codes/style.ts";
import { SYNTAX } from "../diagnostics/codes/syntax.ts";
import { CHOICES } from "../diagnostics/codes/syntax-choices.ts";
import { TYPES } from "../diagnostics/codes/types.ts";
import { CHOICE_TYPES } from "../diagnostics/codes/types-choices.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { loadProject } from "../project.ts";
import { type SourceFile, sourceFile } from "../text/source.ts";
import { expectFixed } from "./expect-fixed.ts";
import { SHOP_MODEL } from "./model.ts";

/** Which numbers belong to which file of `diagnostics/codes/`. */
const RANGES = [
  ["syntax", SYNTAX, /^SEG1\d{3}$/],
  ["syntax-choices", CHOICES, /^SEG13\d{2}$/],
  ["names", NAMES, /^SEG2\d{3}$/],
  ["names-paths", PATHS, /^SEG21\d{2}$/],
  ["types", TYPES, /^SEG3\d{3}$/],
  ["types-choices", CHOICE_TYPES, /^SEG31\d{2}$/],
  ["meaning", MEANING, /^SEG4\d{3}$/],
  ["style", STYLE, /^SEG5\d{3}$/],
  ["engines", ENGINES, /^SEG6\d{3}$/],
  ["model", MODEL, /^SEG7[0-3]\d{2}$/],
  ["project", PROJECT, /^SEG7(1[56]|[4-9]\d)\d$/],
  ["internal", INTERNAL, /^SEG9\d{3}$/],
] as const;

/** What a text of declarations cannot show, and why; other tests have to name these. */
const NOT_SHOWN: Readonly<Record<string, string>> = {
  ...because("its text would be too large to be read by anybody", ["too-large", "too-many"]),
  ...because("a broken invariant has no text that causes it", Object.keys(INTERNAL)),
  ...because("it depends on the engine", Object.keys(ENGINES)),
  ...because("it is about configuration, files or data", Object.keys(PROJECT)),
};

/** Those for which even a reader of its page is shown no text. */
const NO_EXAMPLE: ReadonlySet<string> = new Set([...Object.keys(INTERNAL), "too-large", "too-many", "unreadable-text"]);

function because(reason: string, slugs: readonly string[]): Record<string, string> {
  return Object.fromEntries(slugs.map((slug) => [slug, reason]));
}

const ENTRIES = Object.entries(CATALOG) as readonly [Slug, (typeof CATALOG)[Slug]][];
const SHOWN = ENTRIES.filter(([slug]) => NOT_SHOWN[slug] === undefined);

/** A text over the shop's model, unless it declares a model itself. */
function project(text: string): readonly SourceFile[] {
  const declaresModel = /^(default )?(entity|event) /m.test(text);
  return [sourceFile("segments.seg", text), ...(declaresModel ? [] : [sourceFile("model.seg", SHOP_MODEL)])];
}

/** Examples of errors are not looked at for style. */
const findings = (text: string, lint: boolean): readonly Diagnostic[] =>
  loadProject(project(text), { lint }).diagnostics;
const isStyle = (slug: string): boolean => Object.hasOwn(STYLE, slug);

/** The text of every other test of language and compiler, the wrong files of the corpus among them. */
function otherTests(): string {
  const areas = ["..", "../../compiler"].map((area) => join(import.meta.dirname, area, "test"));
  const files = areas.flatMap((area) =>
    readdirSync(area, { recursive: true, encoding: "utf8" }).map((file) => join(area, file)),
  );
  const tests = files.filter((file) => /\.(test\.ts|json|seg)$/.test(file) && file !== import.meta.filename);
  return tests.map((file) => readFileSync(file, "utf8")).join("\n");
}

test("the model of the examples has no findings", () => {
  expect(loadProject([sourceFile("model.seg", SHOP_MODEL)]).diagnostics).toEqual([]);
});

test("numbers are given once", () => {
  const numbers = ENTRIES.map(([, entry]) => entry.number);
  expect(numbers.filter((n, i) => numbers.indexOf(n) !== i)).toEqual([]);
});

test("slugs are given once", () => {
  const slugs = RANGES.flatMap(([, entries]) => Object.keys(entries));
  expect(slugs.filter((s, i) => slugs.indexOf(s) !== i)).toEqual([]);
  expect(slugs.toSorted()).toEqual(ENTRIES.map(([slug]) => slug).toSorted());
});

test.each(RANGES)("numbers of %s lie in its range", (_, entries, range) => {
  const all = Object.values(entries) as readonly { readonly number: string }[];
  expect(all.map((entry) => entry.number).filter((n) => !range.test(n))).toEqual([]);
});

describe("every entry", () => {
  test.each(ENTRIES)("%s has a slug and an explanation in sentences", (slug, entry) => {
    expect(slug).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(entry.explain).toMatch(/^[A-Z`].*[.!]$/s);
    expect(entry.explain).not.toMatch(/\b(parse|token|lexer|AST|expression type|type error)\b/);
  });
  test.each(ENTRIES.filter(([slug]) => !NO_EXAMPLE.has(slug)))("%s has a bad and a good example", (_, entry) => {
    expect(entry.bad).not.toBe("");
    expect(entry.good).not.toBe("");
    expect(entry.bad).not.toBe(entry.good);
  });
});

describe("the examples of", () => {
  test.each(SHOWN)("%s show it and nothing else", (slug, entry) => {
    expect([...new Set(findings(entry.bad, isStyle(slug)).map((d) => d.code))]).toEqual([entry.number]);
    expect(findings(entry.good, isStyle(slug))).toEqual([]);
  });
  test.each(SHOWN)("%s lose it by its fixes", (slug, entry) => {
    expectFixed(project(entry.bad), isStyle(slug));
  });
  test.each(SHOWN)("%s are told in a plain sentence", (slug, entry) => {
    for (const { message, help } of findings(entry.bad, isStyle(slug))) {
      expect(message).toMatch(/^[A-Z`0-9].*\.$/su);
      expect(`${message} ${help?.replace(/^Did you mean/, "")}`).not.toMatch(
        /\b([Yy]ou|[Yy]our|[Tt]oken|[Ii]dentifier|[Ee]xpression|NaN)\b/,
      );
      if (help !== null) expect(help).toMatch(/^[A-Z`].*[.?]$/su);
    }
  });
});

test("every code is named by a test of its own", () => {
  const tests = otherTests();
  const untested = ENTRIES.filter(
    ([slug, entry]) => !tests.includes(entry.number) && !new RegExp(`["\`' ]${slug}["\`' :,]`).test(tests),
  );
  expect(untested.map(([slug, entry]) => `${entry.number} ${slug}`)).toEqual([]);
});
