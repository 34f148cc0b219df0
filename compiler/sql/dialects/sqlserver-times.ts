import { sql } from "kysely";
import {
  FIRST_DAY,
  formatDay,
  formatInstant,
  LAST_DAY,
  monthLength,
  shiftDay,
} from "../../../language/meaning/calendar.ts";
import type { TimeOperators } from "../dialect.ts";
import { number, plain, type Sql } from "../fragment.ts";
import { quotedText } from "../literal.ts";

const cast = (value: Sql, type: string): Sql => sql`cast(${value} as ${plain(type)})`;

/** An instant as SQL Server reads it in every language of a session. */
export const instantText = (instant: string): string =>
  instant
    .replace("T", " ")
    .replace("Z", "")
    .replace(/\.000000$/, "");

const day = (of: number): Sql => cast(plain(quotedText(formatDay(of))), "date");

const SECONDS = 86_400;

/** More days, or months, than there are: whatever is moved by so many is past the end, and more is no number of 32 bits. */
const FARTHEST = 4_000_000;
const within = (amount: number): number => Math.min(Math.max(amount, -FARTHEST), FARTHEST);

/** Later than every instant and day: what is moved past the end of the year 9999, which would stop the statement. */
const LAST = cast(plain("'9999-12-31 23:59:59.9999999'"), "datetime2(7)");

/** What is moved, but for what would leave the years 1 to 9999. */
function moved(value: Sql, isForward: boolean, limit: Sql, result: Sql): Sql {
  return isForward
    ? sql`case when ${value} >= ${limit} then ${LAST} else ${result} end`
    : sql`case when ${value} < ${limit} then ${day(FIRST_DAY)} else ${result} end`;
}

/** Seconds ahead, or behind. Within two days of the ends of what there is the clock is that of UTC. */
const turned = (value: Sql, seconds: Sql): Sql =>
  sql`case when ${value} < ${day(FIRST_DAY + 2)} or ${value} >= ${day(LAST_DAY - 1)} then ${value} else dateadd(second, ${seconds}, ${value}) end`;

/** Calendars of SQL Server: `datediff` counts the bounds between two values, so that whole days are of dates and microseconds of instants. */
export const sqlserverTimes: TimeOperators = {
  now: cast(sql`sysutcdatetime()`, "datetime2(6)"),
  instant: (micros) => cast(plain(quotedText(instantText(formatInstant(micros)))), "datetime2(6)"),
  day,
  clock: (instant, seconds) => (seconds === null ? instant : turned(instant, seconds)),
  dayOf: (clock) => cast(clock, "date"),
  microsOfDay: (clock) => sql`datediff_big(microsecond, ${cast(cast(clock, "date"), "datetime2(6)")}, ${clock})`,
  midnight: (date, seconds) => turned(cast(date, "datetime2(6)"), sql`-(${seconds})`),
  // 1 January of the year 1 was a Monday, whatever a session holds to be the first day of a week.
  part: (part, date) =>
    part === "day_of_week"
      ? sql`(datediff_big(day, ${day(FIRST_DAY)}, ${date}) % 7 + 1)`
      : cast(sql`${plain(part)}(${date})`, "bigint"),
  startOf: (period, date) => sql`datetrunc(${plain(period === "week" ? "iso_week" : period)}, ${cast(date, "date")})`,
  inYear(year, date) {
    const dayOfMonth = sql`day(${date})`;
    const inFebruary = sql`case when month(${date}) = 2 and ${dayOfMonth} = 29 then 28 else ${dayOfMonth} end`;
    return sql`datefromparts(${number(year)}, month(${date}), ${monthLength(year, 2) === 28 ? inFebruary : dayOfMonth})`;
  },
  shiftInstant(instant, seconds) {
    const days = within(Math.trunc(seconds / SECONDS));
    const limit = day(seconds > 0 ? LAST_DAY - days : FIRST_DAY - days + 1);
    const byDays = sql`dateadd(day, ${number(days)}, ${instant})`;
    return moved(instant, seconds > 0, limit, sql`dateadd(second, ${number(seconds % SECONDS)}, ${byDays})`);
  },
  shiftDays(date, amount) {
    const days = within(amount);
    const limit = day(days > 0 ? LAST_DAY - days + 1 : FIRST_DAY - days);
    return moved(date, days > 0, limit, sql`dateadd(day, ${number(days)}, ${date})`);
  },
  shiftMonths(date, amount) {
    const months = within(amount);
    const limit =
      months > 0
        ? shiftDay(LAST_DAY - 30, { unit: "mo", amount: 1 - months })
        : shiftDay(FIRST_DAY, { unit: "mo", amount: -months });
    return moved(date, months > 0, day(limit), sql`dateadd(month, ${number(months)}, ${date})`);
  },
  daysBetween: (from, to) => sql`datediff_big(day, ${from}, ${to})`,
  microsBetween: (from, to) => sql`datediff_big(microsecond, ${from}, ${to})`,
  // A number of our own that is too great for 32 bits is a decimal to the engine.
  quotient: (dividend, divisor) => sql`(${cast(dividend, "bigint")} / ${cast(divisor, "bigint")})`,
};
