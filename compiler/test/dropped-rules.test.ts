import { afterAll, beforeAll, expect, it } from "vitest";
import { parseInstant } from "../../language/meaning/calendar.ts";
import { compileSql, dialectOf } from "../sql/compile.ts";
import type { Dialect, NumberOperators, Operators, TextOperators, TimeOperators } from "../sql/dialect.ts";
import { number, plain } from "../sql/fragment.ts";
import { DIALECTS } from "../sql/index.ts";
import { answersTogether, type LoadedGroup } from "./conformance/answers.ts";
import { caseName, type Group, groupProject, readGroups } from "./conformance/cases.ts";
import type { TestEngine } from "./load/creation.ts";
import { describeEngines } from "./load/engines.ts";

/** What every dialect says, the same without it, and conformance files that show the difference. */
interface Rule {
  readonly title: string;
  readonly files: readonly string[];
  readonly drop: (by: Operators) => Partial<Operators>;
}

const text = (title: string, files: readonly string[], drop: (by: TextOperators) => Partial<TextOperators>): Rule => ({
  title,
  files,
  drop: (by) => ({ text: { ...by.text, ...drop(by.text) } }),
});
const numbers = (
  title: string,
  files: readonly string[],
  drop: (by: NumberOperators) => Partial<NumberOperators>,
): Rule => ({ title, files, drop: (by) => ({ numbers: { ...by.numbers, ...drop(by.numbers) } }) });
const times = (title: string, files: readonly string[], drop: (by: TimeOperators) => Partial<TimeOperators>): Rule => ({
  title,
  files,
  drop: (by) => ({ times: { ...by.times, ...drop(by.times) } }),
});

const RULES: readonly Rule[] = [
  text("case is not ignored", ["text"], () => ({ fold: (value) => value })),
  text("a beginning may be anywhere", ["text"], (by) => ({ startsWith: by.contains })),
  text("an end may be anywhere", ["text"], (by) => ({ endsWith: by.contains })),
  text("what contains begins with it", ["text"], (by) => ({ contains: by.startsWith })),
  { title: "case counts in lists", files: ["lists"], drop: (by) => ({ has: (l, v, of) => by.has(l, v, of, false) }) },
  { title: "yes/no is always yes", files: ["missing-values"], drop: () => ({ isTrue: () => plain("1 = 1") }) },
  {
    title: "JSON of any type is a text",
    files: ["json"],
    drop: (by) => ({ json: (value, path) => by.json(value, path, { kind: "text" }) }),
  },
  { title: "cells are read as they stand", files: ["arithmetic"], drop: () => ({ cell: (column) => column }) },
  { title: "everybody is in the first sample", files: ["samples"], drop: () => ({ bucket: () => plain("0") }) },
  numbers("the least is the greatest", ["functions"], (by) => ({
    extreme: (fn, values, type) => by.extreme(fn === "least" ? "greatest" : "least", values, type),
  })),
  numbers("down is up", ["functions"], (by) => ({
    whole: (fn, value, type) => by.whole(fn === "floor" ? "ceil" : "floor", value, type),
  })),
  numbers("what is no number counts", ["floats"], () => ({ finite: (value) => value })),
  numbers("a difference is a sum", ["floats"], (by) => ({
    floats: (op, left, right) => by.floats(op === "-" ? "+" : op, left, right),
  })),
  times("the local clock is that of UTC", ["zones"], (by) => ({
    clock: (instant) => by.clock(instant, null),
  })),
  times("midnight is that of UTC", ["midnights"], (by) => ({
    midnight: (date) => by.midnight(date, number(0)),
  })),
  times("there is no time of day", ["parts"], () => ({ microsOfDay: () => plain("0") })),
  times("a month is its day", ["parts"], (by) => ({
    part: (part, date) => by.part(part === "month" ? "day" : part, date),
  })),
  times("weekdays are days of the month", ["parts"], (by) => ({
    part: (part, date) => by.part(part === "day_of_week" ? "day" : part, date),
  })),
  times("a week begins with its month", ["parts"], (by) => ({
    startOf: (period, date) => by.startOf(period === "week" ? "month" : period, date),
  })),
  times("a quarter is a month", ["parts"], (by) => ({
    startOf: (period, date) => by.startOf(period === "quarter" ? "month" : period, date),
  })),
  times("anniversaries stay in their year", ["anniversaries"], () => ({ inYear: (_, date) => date })),
  times("a month has 28 days", ["dates"], (by) => ({
    shiftMonths: (date, months) => by.shiftDays(date, months * 28),
  })),
  times("days do not go by", ["dates"], () => ({ shiftDays: (date) => date })),
  times("seconds do not go by", ["dates"], () => ({
    shiftInstant: (instant) => instant,
  })),
  times("days are counted back", ["elapsed"], (by) => ({
    daysBetween: (from, to) => by.daysBetween(to, from),
  })),
  times("time is counted back", ["elapsed"], (by) => ({ microsBetween: (from, to) => by.microsBetween(to, from) })),
  times("quotients are not taken", ["elapsed"], () => ({ quotient: (dividend) => dividend })),
];

/** The dialect without the rule, under a name of its own. */
const DROPPED = "dropped";
const groups = readGroups();

describeEngines("a rule dropped from the dialect of %s is noticed by the conformance cases:", ({ open }) => {
  let engine: TestEngine;
  beforeAll(async () => {
    engine = await open();
  }, 120_000);
  afterAll(async () => {
    (DIALECTS as Map<string, Dialect>).delete(DROPPED);
    await engine.close();
  });

  it.for(RULES)("$title", { timeout: 300_000 }, async ({ files, drop }, { skip }) => {
    const noticed = await notice(engine, files, drop);
    if (noticed === "the same statements") skip("its dialect has no such rule");
    expect(noticed).toBe("other members");
  });

  it("and nothing is noticed where none is dropped", { timeout: 300_000 }, async () => {
    // Each of the operators is there, and none has changed.
    const kept = await notice(engine, ["floats", "text", "midnights"], (by) => ({ ...by }));
    expect(kept).toBe("the same statements");
  });
});

type Noticed = "other members" | "the same members" | "the same statements";

/** What is different without the rule. */
async function notice(engine: TestEngine, files: readonly string[], drop: Rule["drop"]): Promise<Noticed> {
  const dialect = dialectOf(engine.dialect);
  const operators: Dialect["operators"] = (storage) => {
    const by = dialect.operators(storage);
    return { ...by, ...drop(by) };
  };
  (DIALECTS as Map<string, Dialect>).set(DROPPED, { ...dialect, name: DROPPED, operators });
  let isSame = true;
  for (const group of groups.filter((g) => files.includes(g.file.replace(".json", "")))) {
    if (group.raisesOn?.includes(engine.dialect)) continue;
    const { program } = groupProject(group);
    const cases = group.cases.flatMap((c, i) => (c.members ? [{ name: caseName(i), members: c.members }] : []));
    const names = cases.map(({ name }) => name);
    const options = {
      segments: names,
      shape: "flags",
      inline: true,
      storage: engine.storage,
      ...whenOf(group),
    } as const;
    const [kept, dropped] = [engine.dialect, DROPPED].map((name) => compileSql(program, { ...options, dialect: name }));
    if (JSON.stringify(kept) === JSON.stringify(dropped)) continue;
    isSame = false;
    const runner = await engine.load(program.model, group.tables);
    const loaded: LoadedGroup = { engine: { ...engine, dialect: DROPPED }, runner, program, group };
    try {
      const found = await answersTogether(loaded, names, { shape: "flags", inline: true });
      if (cases.some(({ name, members }) => JSON.stringify(found.get(name)) !== JSON.stringify(members)))
        return "other members";
    } catch {
      // A statement that the engine refuses, or in which it finds wrong data, has no members at all.
      return "other members";
    } finally {
      await runner.close();
    }
  }
  return isSame ? "the same statements" : "the same members";
}

const whenOf = ({ asOf, timezone }: Group) => ({
  asOf: parseInstant(asOf, timezone) as bigint,
  zone: timezone,
  params: new Map(),
});
