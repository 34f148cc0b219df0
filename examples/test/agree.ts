import { afterAll, describe, expect, test } from "vitest";
import type { Answer } from "./answer.ts";
import { ENGINES, type Engine, openExample } from "./engines.ts";
import type { Tables } from "./rows.ts";

/** What an example's tests need. */
export interface Agreement {
  /** The folder, such as `media`. */
  readonly name: string;
  /** Writes the example's data as CSV files. */
  readonly generate: (folder: string) => void;
  /** Who is asked: everybody unless told. */
  readonly engines?: readonly Engine[];
  /** The moments to ask about: as `--as-of` has them, and in microseconds since 1970. */
  readonly asOf: readonly (readonly [text: string, micros: number])[];
  /** The members of the example's segments as of a moment, read from the rows by hand. */
  readonly readPlainly: (tables: Tables, now: number) => readonly Answer[];
}

/** Holds what every engine answers against a plain reading of the English, person by person. */
export function describeAgreement({ name, generate, engines = ENGINES, asOf, readPlainly }: Agreement): void {
  const example = openExample(name, generate);
  const { program, diagnostics } = example.project;
  afterAll(example.close);

  // A note says of each claim that it is not proved.
  test("is clean", () => expect(diagnostics.filter(({ severity }) => severity !== "info")).toEqual([]));

  describe.each(asOf)("as of %s", (text, now) => {
    const answers = readPlainly(example.tables, now);
    const names = answers.map((one) => one.name);
    const rows = answers.map((one) => [`${one.number}. ${one.name}: ${titleOf(one.name)}`, one] as const);

    test.each(rows)("somebody, and not everybody: %s", (_, { members, everybody }) => {
      expect(members.length).toBeGreaterThan(0);
      expect(members.length).toBeLessThan(everybody.length);
    });

    test.each(engines.flatMap((engine) => rows.map(([title, one]) => [engine, title, one] as const)))(
      "%s, %s",
      async (engine, _, one) => {
        const members = await example.members(engine, names, text);
        expect([...(members.get(one.name) ?? [])].sort()).toEqual([...one.members].sort());
      },
    );
  });

  /** Of a tier or an arm, the title of the whole. */
  function titleOf(segment: string): string {
    const whole = segment.split(".")[0] as string;
    const parted = program.segmentations.get(whole) ?? program.splits.get(whole);
    return (parted ?? program.segments.get(segment))?.title ?? "";
  }
}
