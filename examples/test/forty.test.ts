import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { AS_OF as MEDIA_AS_OF } from "../media/generate/media.ts";
import { generate as generateMedia } from "../media/generate.ts";
import { readPlainly as mediaAnswers } from "../media/test/plainly.ts";
import { readMedia } from "../media/test/read.ts";
import { AS_OF as NONPROFIT_AS_OF } from "../nonprofit/generate/nonprofit.ts";
import { generate as generateNonprofit } from "../nonprofit/generate.ts";
import { readPlainly as nonprofitAnswers } from "../nonprofit/test/plainly.ts";
import { readNonprofit } from "../nonprofit/test/read.ts";
import { AS_OF as SAAS_AS_OF } from "../saas/generate/saas.ts";
import { generate as generateSaas } from "../saas/generate.ts";
import { readPlainly as saasAnswers } from "../saas/test/plainly.ts";
import { readSaas } from "../saas/test/read.ts";
import { AS_OF as SHOP_AS_OF } from "../shop/generate/time.ts";
import { generate as generateShop } from "../shop/generate.ts";
import { readForty, readShop } from "../shop/test/forty.ts";
import type { Answer } from "./answer.ts";
import { openExample } from "./engines.ts";
import type { Tables } from "./rows.ts";

/** How a project's data is made, and how its segments' English is read by hand as of the start of July 2026 there. */
interface Example {
  readonly generate: (folder: string) => void;
  readonly answers: (tables: Tables) => readonly Answer[];
}

const PROJECTS: Readonly<Record<string, Example>> = {
  shop: {
    generate: (folder) => generateShop(folder, 1_200),
    answers: (tables) => readForty(readShop(tables, SHOP_AS_OF * 1_000_000)),
  },
  saas: { generate: generateSaas, answers: (tables) => saasAnswers(readSaas(tables, SAAS_AS_OF[0])) },
  media: { generate: generateMedia, answers: (tables) => mediaAnswers(readMedia(tables, MEDIA_AS_OF[0])) },
  nonprofit: {
    generate: generateNonprofit,
    answers: (tables) => nonprofitAnswers(readNonprofit(tables, NONPROFIT_AS_OF[0])),
  },
};

const EXAMPLES = new URL("..", import.meta.url).pathname;
const read = (...path: readonly string[]): string => readFileSync(join(EXAMPLES, ...path), "utf8");

/** The numbered declarations of a project: a segment, a segmentation or a snapshot with a title. */
const numbered = (project: string) =>
  readdirSync(join(EXAMPLES, project))
    .filter((file) => file.endsWith(".seg"))
    .flatMap((file) => [
      ...read(project, file).matchAll(
        /^\/\/\/ (\d+)\..*\n(?:(?:@|\/\/\/).*\n)*(?:segment|segmentation|snapshot) (\w+) "([^"]+)"/gm,
      ),
    ])
    .map(([, number, name = "", title]) => ({ number: Number(number), name, title }))
    .sort((a, b) => a.number - b.number);

test("the forty stand in the four projects, each once", () => {
  const numbers = Object.keys(PROJECTS).flatMap((project) => numbered(project).map(({ number }) => number));
  expect(numbers.sort((a, b) => a - b)).toEqual(Array.from({ length: 40 }, (_, i) => i + 1));
});

describe.each(Object.entries(PROJECTS))("%s", (project, { generate, answers }) => {
  const own = numbered(project);

  test("lists its own with their titles in its README", () => {
    const rows = [...read(project, "README.md").matchAll(/^\| (\d+) \| `(\w+)` \| (.+) \|$/gm)];
    expect(rows.map(([, number, name, title]) => ({ number: Number(number), name, title }))).toEqual(own);
  });

  test("is read a second time without the language and the compiler", () => {
    const files = readdirSync(join(EXAMPLES, project, "test")).filter((name) => /^(read|plainly|forty)/.test(name));
    const texts = [
      ...["rows.ts", "calendar.ts", "answer.ts"].map((file) => read("test", file)),
      ...files.map((file) => read(project, "test", file)),
    ];
    expect(files.length).toBeGreaterThan(0);
    for (const text of texts) expect(text).not.toMatch(/from ".*(language|compiler|engines)\b/);
  });

  describe("as of 2026-07-01 the interpreter finds whom the English means", () => {
    const example = openExample(project, generate);
    afterAll(example.close);
    const all = answers(example.tables);

    test.each(own.map(({ number, name, title }) => [`${number}. ${name}: ${title}`, number, name] as const))(
      "%s",
      async (_, number, name) => {
        // A segmentation has an answer for each tier.
        const meant = all.filter((one) => one.name === name || one.name.startsWith(`${name}.`));
        expect(meant.length).toBeGreaterThan(0);
        const found = await example.members(
          "interpreter",
          all.map((one) => one.name),
          "2026-07-01",
        );
        for (const one of meant) {
          expect(one.number).toBe(number);
          expect(one.members.length).toBeGreaterThan(0);
          expect([...(found.get(one.name) ?? [])].sort()).toEqual([...one.members].sort());
        }
      },
    );
  });
});
