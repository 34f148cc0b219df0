import { parseInstant } from "../../../language/meaning/calendar.ts";
import type { Circumstances, Program } from "../../../language/meaning/program.ts";
import { loadProject } from "../../../language/project.ts";
import { sourceFile } from "../../../language/text/source.ts";
import { interpret } from "../../predicate/interpret.ts";
import { readWorld } from "../../predicate/world.ts";
import { compileSql } from "../../sql/compile.ts";
import type { Judged } from "./agree.ts";
import { type Rng, rng } from "./rng.ts";
import type { GenRow } from "./shape.ts";

const MODEL = `default entity Customer from customers {
  id     : text key
  tz     : text optional
  born   : date optional
  joined : timestamp optional
  visits : many Visit by customer_id
}
event Visit from visits at at_time {
  visit_id : integer key
  at_time  : timestamp
}`;

/** Whole and half hours ahead and behind, a day that was left out, a half-hour change of clocks; a name of no zone; none. */
const OWN = [
  "Europe/Berlin",
  "America/New_York",
  "Asia/Kolkata",
  "Australia/Lord_Howe",
  "Pacific/Kiritimati",
  "Nowhere/City",
  null,
];
const PROJECTS = ["Europe/Berlin", "UTC", "America/New_York"];
/** Around changes of clocks, and of years. */
const MOMENTS = [
  "2026-03-29T00:30:00Z",
  "2026-03-29T01:00:00Z",
  "2026-10-25T01:30:00Z",
  "2026-11-01T05:30:00Z",
  "2026-04-04T15:00:00Z",
  "2026-06-30T12:00:00Z",
  "2027-01-01T00:00:00Z",
];

/** Every form of a condition that a person's own calendar decides, by its name. */
export const FORMS: Readonly<Record<string, (r: Rng, day: () => string) => string>> = {
  "a calendar period": (r) =>
    `visits.during(${r.pick(["today", "yesterday", "this week", "this month", "previous month", "this year", "previous day"])})`,
  "full periods": (r) => `visits.during(last ${r.pick([1, 2, 3])} full ${r.pick(["days", "weeks", "months"])})`,
  "steps of months": (r) => `visits.${r.pick(["last1mo", "last2mo", "last1y", "last1q"])} >= ${r.pick([1, 2, 3])}`,
  "a day": (_, day) => `visits.on(${day()})`,
  "since a day": (_, day) => `visits.since(${day()})`,
  "before a day": (_, day) => `visits.before(${day()}) >= 2`,
  "days of events": (r) => `visits.last90d.days ${r.pick(["=", ">="])} ${r.pick([1, 2, 3, 4])}`,
  hour: (r) => `visits.last90d.where(hour(at_time) ${r.pick(["=", "<", ">="])} ${r.pick([0, 1, 2, 3, 6, 12, 22, 23])})`,
  "day of the week": (r) => `visits.last90d.where(day_of_week(at_time) = ${r.pick([1, 3, 6, 7])})`,
  "start of a period": (r, day) =>
    `visits.last90d.where(start_of(${r.pick(["day", "week", "month"])}, at_time) = ${day()})`,
  "a timestamp in a period": (r) =>
    `joined in ${r.pick(["today", "yesterday", "this month", "this week", "this year"])}`,
  "the day of a timestamp": (r, day) => `date(joined) ${r.pick(["=", "<", ">="])} ${day()}`,
  today: (r) => `born ${r.pick(["=", "<", ">="])} today - ${r.pick(["0d", "1d", "2d"])}`,
  age: (r) => `age(born) ${r.pick(["=", ">=", "<"])} ${r.pick([0, 1, 18])}`,
  "days since a day": (r) => `days_since(born) ${r.pick(["=", ">=", "<"])} ${r.pick([0, 1, 2, 365])}`,
  "a day in a window": (r) => `born in ${r.pick(["last 7d", "last 1mo", "this month", "yesterday", "previous week"])}`,
  anniversary: (r) => `anniversary(born) in ${r.pick(["today", "next 1d", "next 7d", "next month", "this week"])}`,
};

export interface ZoneCase {
  readonly judged: Judged;
  /** The form of each segment. */
  readonly forms: ReadonlyMap<string, string>;
  /** The same segments without \`in zone\`, and their people. */
  readonly forgotten: Program;
  readonly plain: ReadonlyMap<string, readonly string[]>;
}

/** Ten segments in each person's zone over fifty people, judged; what SQL cannot list (SEG6111, SEG6112) is left out. */
export function zoneCase(seed: number): ZoneCase {
  const r = rng(seed);
  const zone = r.pick(PROJECTS);
  const asOf = r.pick(MOMENTS);
  const now = Date.parse(asOf);
  const when: Circumstances = { asOf: parseInstant(asOf, zone) as bigint, zone, params: new Map() };
  const day = (): string => new Date(now - r.pick([0, 0, 1, 1, 2, 7, 31]) * 86_400_000).toISOString().slice(0, 10);
  const names = Object.keys(FORMS);
  const made = Array.from({ length: 10 }, (_, i) => {
    const form = r.pick(names);
    const where = (FORMS[form] as (typeof FORMS)[string])(r, day);
    return { name: `S${i}`, form, where: r.chance(0.3) ? `not ${where}` : where };
  });
  const kept = made.filter(({ where }) => !isRefused(read([{ name: "S", where }], true), when));
  const tables = { customers: people(r, now), visits: visits(r, now) };
  const program = read(kept, true);
  const members = membersOf(program, tables, when);
  const population = new Map([["Customer", tables.customers.map((row) => String(row["id"])).sort()]]);
  const known: Judged["case"] = { seed, asOf, zone, tables, segments: [], divisions: [] };
  const forgotten = read(kept, false);
  const text = kept.map(({ name, where }) => `${name}: ${where}`).join("\n");
  return {
    judged: { case: known, text, program, when, members, population },
    forms: new Map(kept.map(({ name, form }) => [name, form])),
    forgotten,
    plain: membersOf(forgotten, tables, when),
  };
}

function read(segments: readonly { readonly name: string; readonly where: string }[], inZone: boolean): Program {
  const text = segments.map(({ name, where }) => `segment ${name}${inZone ? " in zone tz" : ""} where ${where}`);
  const { program, diagnostics } = loadProject([sourceFile("case.seg", [MODEL, ...text].join("\n"))], { lint: false });
  const [error] = diagnostics.filter((d) => d.severity === "error");
  if (error !== undefined) throw new Error(`${error.code} ${error.message}\n${text.join("\n")}`);
  return program;
}

function isRefused(program: Program, when: Circumstances): boolean {
  const options = { dialect: "sqlite", segments: ["S"], shape: "members", inline: false, ...when } as const;
  return compileSql(program, options).diagnostics.some(({ code }) => code === "SEG6111" || code === "SEG6112");
}

function membersOf(program: Program, tables: Readonly<Record<string, readonly GenRow[]>>, when: Circumstances) {
  const answers = interpret(program, readWorld(program.model, tables), when);
  return new Map([...program.segments.keys()].map((name) => [name, answers.members(name)] as const));
}

const PEOPLE = 50;

function people(r: Rng, now: number): readonly GenRow[] {
  return Array.from({ length: PEOPLE }, (_, i) => ({
    id: `c${String(i).padStart(2, "0")}`,
    tz: r.pick(OWN),
    born: r.chance(0.1) ? null : bornOn(r, now),
    joined: r.chance(0.1) ? null : instant(r, now),
  }));
}

const visits = (r: Rng, now: number): readonly GenRow[] =>
  Array.from({ length: PEOPLE * 4 }, (_, i) => ({
    visit_id: String(i),
    customer_id: `c${String(r.below(PEOPLE)).padStart(2, "0")}`,
    at_time: instant(r, now),
  }));

function bornOn(r: Rng, now: number): string {
  const date = new Date(now - r.pick([-1, 0, 0, 1, 2, 7, 30]) * 86_400_000).toISOString().slice(0, 10);
  return `${Number(date.slice(0, 4)) - r.pick([0, 0, 1, 18])}${date.slice(4)}`.replace("02-29", "02-28");
}

/** Whole hours around as-of and the midnights of some zones, a second beside them, and days and months before. */
function instant(r: Rng, now: number): string {
  const back = r.pick([0, 0, 0, 1, 1, 2, 7, 30, 31, 60]) * 86_400_000;
  const hours = r.pick([-24, -13, -11, -5.5, -5, -4, -2, -1, -0.5, 0, 1, 2]) * 3_600_000;
  return new Date(now - back + hours + r.pick([-1000, 0, 0, 1000])).toISOString().replace(".000Z", "Z");
}
