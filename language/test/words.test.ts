import { expect, describe as group, it } from "vitest";
import { parseInstant } from "../meaning/calendar.ts";
import type { Bound, Pred, Row, Step, Test, Value } from "../meaning/ir.ts";
import type { Circumstances, Program } from "../meaning/program.ts";
import { describe, printSentence } from "../meaning/words.ts";
import { loadProject } from "../project.ts";
import { sourceFile } from "../text/source.ts";
import { SHOP_MODEL } from "./model.ts";
import { CONDITIONS, DECLARATIONS } from "./words-cases.ts";

const WHEN: Circumstances = {
  asOf: parseInstant("2026-06-30T00:00", "Europe/Berlin") as bigint,
  zone: "Europe/Berlin",
  params: new Map(),
};

function programOf(text: string): Program {
  const { program, diagnostics } = loadProject([sourceFile("a.seg", `${SHOP_MODEL}\n${DECLARATIONS}\n${text}`)]);
  expect(diagnostics.filter((d) => d.severity === "error").map((d) => d.message)).toEqual([]);
  return program;
}

type Kind = Pred["kind"] | Test["kind"] | Value["kind"] | Row["kind"] | Step["kind"] | Bound["kind"];

/** All that lowering makes; a kind that is added must be named here. What only `bind` and `normalize` make is not as written. */
const KINDS: Readonly<Record<Exclude<Kind, "zoned" | "offsets" | "settled" | "when" | "at" | "always">, true>> = {
  and: true,
  or: true,
  not: true,
  countOf: true,
  test: true,
  compare: true,
  oneOf: true,
  between: true,
  inWindow: true,
  text: true,
  known: true,
  linked: true,
  truth: true,
  exists: true,
  segment: true,
  has: true,
  listKnown: true,
  anniversaryIn: true,
  top: true,
  bucket: true,
  stored: true,
  const: true,
  param: true,
  field: true,
  trait: true,
  aggregate: true,
  arithmetic: true,
  negate: true,
  else: true,
  widen: true,
  if: true,
  function: true,
  json: true,
  part: true,
  start_of: true,
  elapsed: true,
  anniversary: true,
  tile: true,
  gap: true,
  group: true,
  groupAggregate: true,
  periodIndex: true,
  local_date: true,
  shift: true,
  today: true,
  now: true,
  since: true,
  condition: true,
  scope: true,
  link: true,
  pick: true,
  where: true,
  window: true,
  take: true,
  afterGap: true,
  neighbour: true,
  flatten: true,
  per: true,
  asOf: true,
  calendar: true,
  value: true,
};

const told = (program: Program, name: string): string => printSentence(describe(program, name, WHEN));

group("a segment in plain words", () => {
  it("says every construct of the language", async () => {
    const program = programOf(CONDITIONS.map((where, i) => `segment S${i} where ${where}`).join("\n"));
    const page = CONDITIONS.map((where, i) => `${where}\n${told(program, `S${i}`).replace(`S${i} is `, "")}`);
    const others = [...program.segments.keys()].filter((name) => !/^S\d+$/.test(name));
    const declared = others.map((name) => told(program, name));
    await expect(`${[...page, ...declared].join("\n\n")}\n`).toMatchFileSnapshot("golden/words.txt");
  });

  it("has a case for every kind of condition, test, value, row, step and bound", () => {
    const kinds = new Set<string>();
    const walk = (node: unknown): void => {
      if (typeof node !== "object" || node === null) return;
      if ("kind" in node && typeof node.kind === "string") kinds.add(node.kind);
      for (const [key, child] of Object.entries(node)) if (key !== "origin" && key !== "type") walk(child);
    };
    const program = programOf(CONDITIONS.map((where, i) => `segment S${i} where ${where}`).join("\n"));
    for (const segment of program.segments.values()) walk(segment.condition);
    for (const trait of program.traits.values()) walk(trait.value);
    const missing = Object.keys(KINDS).filter((kind) => !kinds.has(kind));
    expect(missing).toEqual([]);
  });

  it("is the same for the same program and circumstances, whatever else is declared", () => {
    const where = CONDITIONS[0] as string;
    const [one, other] = [
      programOf(`segment A where ${where}`),
      programOf(`segment B where account is known\nsegment A where ${where}`),
    ];
    expect(told(one, "A")).toBe(told(other, "A"));
  });

  it("says windows with the dates of its as-of and zone", () => {
    const program = programOf("segment A where purchases.last7d");
    expect(told(program, "A")).toContain("from 23 June 2026 00:00 until 30 June 2026 00:00");
    const elsewhere = printSentence(describe(program, "A", { ...WHEN, zone: "America/New_York" }));
    expect(elsewhere).toContain("from 22 June 2026 18:00 until 29 June 2026 18:00");
  });
});
