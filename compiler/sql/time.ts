import { sql } from "kysely";
import {
  civil,
  DAY_MICROS,
  dayOf,
  floorDivide,
  monthLength,
  parseDay,
  startOfDay,
} from "../../language/meaning/calendar.ts";
import { InternalError } from "../../language/text/assert.ts";
import type { Term } from "../plan/term.ts";
import { constantSql, type Emitter } from "./emitter.ts";
import { number, type Sql, steps } from "./fragment.ts";
import { termSql } from "./value.ts";

/** More days than lie between any two, so that quotients are not negative and engines need not agree on how to round those that are. */
const AHEAD = 4_000_000n;

/** The local clock of an instant: what the zone is ahead of UTC then is a constant, or a tree of them. */
export function clockSql(by: Emitter, value: Term): Sql {
  const { times } = by.operators;
  const [first, ...others] = by.offsets;
  const instant = termSql(by, value);
  if (others.length === 0) return times.clock(instant, first?.seconds ? number(first.seconds) : null);
  return named(by, value, instant, (x) => {
    const ahead = by.offsets.map(({ from, seconds }) => ({ from, value: seconds }));
    return times.clock(
      x,
      times.step?.(x, "instant", ahead) ?? tree(by, ahead, (from) => sql`${x} < ${times.instant(from)}`),
    );
  });
}

const tree = <A>(
  by: Emitter,
  of: readonly { readonly from: A | null; readonly value: number }[],
  isBefore: (bound: A) => Sql,
): Sql =>
  steps(
    of.map(({ from, value }) => ({ from, value: number(value) })),
    isBefore,
    by.dialect.limits.cases !== undefined,
  );

/** What uses a value several times: under a name where it is more than a column and the engine can name it. */
function named({ dialect, operators }: Emitter, { kind }: Term, value: Sql, use: (value: Sql) => Sql): Sql {
  const isShort = kind === "column" || (kind === "cell" && dialect.namesCells !== true);
  if (isShort || !dialect.namesValues) return use(value);
  if (operators.named !== undefined) return operators.named(value, use);
  return sql`(select ${use(sql`o_.x`)} from (select ${value} as x) as o_)`;
}

/** The first instant of a date: what its midnight is ahead of UTC changes with the days around each change of the zone's offset. */
export function startOfDaySql(by: Emitter, value: Term): Sql {
  const { times } = by.operators;
  const date = termSql(by, value);
  const changes = midnights(by);
  if (changes.length === 1) return times.midnight(date, number(changes[0]?.seconds ?? 0));
  return named(by, value, date, (x) => {
    const ahead = changes.map(({ from, seconds }) => ({ from, value: seconds }));
    return times.midnight(
      x,
      times.step?.(x, "day", ahead) ?? tree(by, ahead, (from) => sql`${x} < ${times.day(from)}`),
    );
  });
}

/** From which day on midnight is how far ahead of UTC. */
function midnights({ offsets, zone }: Emitter): readonly { readonly from: number | null; readonly seconds: number }[] {
  const found: { from: number | null; seconds: number }[] = [{ from: null, seconds: offsets[0]?.seconds ?? 0 }];
  for (const { from } of offsets) {
    if (from === null) continue;
    const around = dayOf(from, zone);
    for (let day = around - 2; day <= around + 2; day++) {
      const seconds = Number(floorDivide(BigInt(day) * DAY_MICROS - startOfDay(day, zone), 1_000_000n));
      const last = found.at(-1);
      if (last !== undefined && last.seconds !== seconds && (last.from === null || day > last.from))
        found.push({ from: day, seconds });
    }
  }
  return found;
}

/** Whole days from a date, or of 24 hours from an instant, rounded down. */
export function daysSinceSql(by: Emitter, { value, now }: Extract<Term, { kind: "daysSince" }>): Sql {
  const { times } = by.operators;
  const [from, to] = [termSql(by, value), constantSql(by, now)];
  if (now.type.kind === "date") return times.daysBetween(from, to);
  const ahead = sql`(${times.microsBetween(from, to)} + ${number(AHEAD * DAY_MICROS)})`;
  return sql`(${times.quotient(ahead, number(DAY_MICROS))} - ${number(AHEAD)})`;
}

/** A year after what is today or later; else the return in this year, or in the next one where this year's is over. */
export function nextReturnSql(by: Emitter, { value, today }: Extract<Term, { kind: "nextReturn" }>): Sql {
  const { times } = by.operators;
  const day = parseDay(String(today.value));
  if (day === null) throw new InternalError(`not a date: ${today.value}`);
  const { year, month, day: dayOfMonth } = civil(day);
  return named(by, value, termSql(by, value), (x) => {
    const monthDay = sql`${times.part("month", x)} * 100 + ${times.part("day", x)}`;
    return sql`(case when ${x} >= ${times.day(day)} then ${times.shiftMonths(x, 12)} when ${monthDay} >= ${number(month * 100 + dayOfMonth)} then ${times.inYear(year, x)} else ${times.inYear(year + 1, x)} end)`;
  });
}

/** Whole months (31 January and a month is 28 February) or years (29 February and a year is 1 March) until a known day and clock time. */
export function periodsSinceSql(by: Emitter, term: Extract<Term, { kind: "periodsSince" }>): Sql {
  const { value } = term;
  const from = termSql(by, value);
  // A tree of offsets is long, and its parts are asked for.
  const isLong = value.kind === "clock" && value.ahead === null && by.offsets.length > 1;
  return isLong ? named(by, value, from, (x) => periodsFrom(by, term, x)) : periodsFrom(by, term, from);
}

function periodsFrom(by: Emitter, { unit, value, now }: Extract<Term, { kind: "periodsSince" }>, from: Sql): Sql {
  const { times } = by.operators;
  const isClock = value.type.kind === "clock";
  const date = isClock ? times.dayOf(from) : from;
  const [year, month, day] = [times.part("year", date), times.part("month", date), times.part("day", date)];
  const later = isClock ? sql` and ${times.microsOfDay(from)} > ${number(now.micros)}` : sql` and 1 = 0`;
  if (unit === "year") {
    const monthDay = sql`${month} * 100 + ${day}`;
    const today = number(now.month * 100 + now.day);
    const isShort = sql`${monthDay} > ${today} or (${monthDay} = ${today}${later})`;
    return sql`(${number(now.year)} - ${year} - case when ${isShort} then 1 else 0 end)`;
  }
  // At the end of a month every day from here on is as good as this one.
  const isShort =
    now.day === monthLength(now.year, now.month)
      ? sql`${day} >= ${number(now.day)}${later}`
      : sql`${day} > ${number(now.day)} or (${day} = ${number(now.day)}${later})`;
  return sql`(${number(now.year * 12 + now.month)} - (${year} * 12 + ${month}) - case when ${isShort} then 1 else 0 end)`;
}
