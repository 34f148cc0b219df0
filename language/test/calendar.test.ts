import { describe, expect, test } from "vitest";
import {
  civil,
  clockOf,
  dayNumber,
  dayOf,
  formatDay,
  formatInstant,
  isZone,
  localBoundary,
  monthLength,
  offsets,
  parseDay,
  parseInstant,
  periodStart,
  shiftDay,
  shiftInstant,
  startOfDay,
} from "../meaning/calendar.ts";
import type { CalendarUnit, DurationUnit } from "../model/model.ts";

const BERLIN = "Europe/Berlin";
const ST_JOHNS = "America/St_Johns";
const APIA = "Pacific/Apia";
const NEW_YORK = "America/New_York";

const day = (text: string): number => parseDay(text) as number;
const instant = (text: string): bigint => parseInstant(text, "UTC") as bigint;
const short = (micros: bigint | null): string | null =>
  micros === null ? null : formatInstant(micros).replace(/(:00)?\.000000Z$/, "Z");

describe("days", () => {
  const check = (text: string, expected: number | null) => expect(parseDay(text)).toBe(expected);

  test("a day is written as year, month and day, and exists", () => {
    check("1970-01-01", 0);
    check("1969-12-31", -1);
    check("2000-02-29", 11_016);
    check("2024-02-29", 19_782);
    check("0001-01-01", -719_162);
    check("9999-12-31", 2_932_896);
    for (const wrong of ["2023-02-29", "1900-02-29", "2026-1-5", "2026-01", "2026-02-30", "2026-13-01", "2026-00-01"])
      check(wrong, null);
    for (const wrong of ["2026-01-00", "0000-01-01", "12026-01-01", "2026-01-01 ", "2026-01-01T10:00", "", "today"])
      check(wrong, null);
  });

  test("a day number and a civil date are each other's inverse, as the platform counts them", () => {
    for (let n = -800_000; n < 800_000; n += 97) {
      const { year, month, day: dayOfMonth } = civil(n);
      expect(dayNumber(year, month, dayOfMonth)).toBe(n);
      const date = new Date(n * 86_400_000);
      expect([date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()]).toEqual([year, month, dayOfMonth]);
    }
  });

  test("what lies outside the years 1 to 9999 is written as the nearest day inside", () => {
    expect(formatDay(shiftDay(day("2026-01-01"), { amount: -9000, unit: "y" }))).toBe("0001-01-01");
    expect(formatDay(shiftDay(day("2026-01-01"), { amount: 9e15, unit: "y" }))).toBe("9999-12-31");
    expect(short(shiftInstant(instant("2026-01-01T00:00Z"), { amount: -9000, unit: "y" }, BERLIN))).toBe(
      "0001-01-01T00:00Z",
    );
    expect(formatInstant(shiftInstant(0n, { amount: 1e15, unit: "d" }, "UTC"))).toBe("9999-12-31T23:59:59.999999Z");
  });

  test("months have their lengths", () => {
    const lengths = (year: number) => Array.from({ length: 12 }, (_, month) => monthLength(year, month + 1));
    expect(lengths(2023)).toEqual([31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]);
    expect([1900, 2000, 2024].map((year) => monthLength(year, 2))).toEqual([28, 29, 29]);
  });
});

describe("moving a day", () => {
  const check = (from: string, amount: number, unit: DurationUnit, to: string) =>
    expect(formatDay(shiftDay(day(from), { amount, unit }))).toBe(to);

  test("days, weeks and whole days of hours or minutes are counted", () => {
    check("2024-02-28", 1, "d", "2024-02-29");
    check("2024-02-28", 2, "d", "2024-03-01");
    check("2024-01-01", -1, "d", "2023-12-31");
    check("2024-02-28", 1, "w", "2024-03-06");
    check("2024-02-28", 48, "h", "2024-03-01");
    check("2024-02-28", -1440, "min", "2024-02-27");
  });

  test("months, quarters and years are clamped to the end of the month", () => {
    check("2026-01-31", 1, "mo", "2026-02-28");
    check("2024-01-31", 1, "mo", "2024-02-29");
    check("2026-03-31", -1, "mo", "2026-02-28");
    check("2026-01-31", 13, "mo", "2027-02-28");
    check("2026-01-15", -1, "mo", "2025-12-15");
    check("2026-11-30", 1, "q", "2027-02-28");
    check("2026-05-31", -1, "q", "2026-02-28");
    check("2024-02-29", 1, "y", "2025-02-28");
    check("2024-02-29", 4, "y", "2028-02-29");
    check("2024-02-29", -1, "y", "2023-02-28");
  });
});

describe("calendar periods", () => {
  const check = (of: string, unit: CalendarUnit, offset: number, start: string) =>
    expect(formatDay(periodStart(unit, offset, day(of)))).toBe(start);

  test("a period starts on its first day, weeks on Monday", () => {
    check("2026-06-30", "day", 0, "2026-06-30");
    check("2026-06-30", "day", -1, "2026-06-29");
    check("2026-06-29", "week", 0, "2026-06-29"); // a Monday
    check("2026-06-28", "week", 0, "2026-06-22"); // a Sunday
    check("2026-06-30", "week", 1, "2026-07-06");
    check("1969-12-31", "week", 0, "1969-12-29"); // before day 0
    check("2026-06-30", "month", 0, "2026-06-01");
    check("2026-06-30", "month", -4, "2026-02-01");
    check("2026-06-30", "quarter", 0, "2026-04-01");
    check("2026-01-01", "quarter", -1, "2025-10-01");
    check("2026-12-31", "quarter", 1, "2027-01-01");
    check("2026-12-31", "year", 0, "2026-01-01");
    check("2026-12-31", "year", 1, "2027-01-01");
  });
});

describe("reading a timestamp", () => {
  const check = (text: string, expected: string | null, zone = "UTC") =>
    expect(short(parseInstant(text, zone))).toBe(expected);

  test("an offset is honoured, and without one the text is a clock time of the zone", () => {
    check("2026-01-31T10:00", "2026-01-31T10:00Z");
    check("2026-01-31 10:00", "2026-01-31T10:00Z");
    check("2026-01-31T10:00", "2026-01-31T09:00Z", BERLIN);
    check("2026-07-31T10:00", "2026-07-31T08:00Z", BERLIN);
    check("2026-01-31T10:00Z", "2026-01-31T10:00Z", BERLIN);
    check("2026-01-31T10:00+02:00", "2026-01-31T08:00Z", BERLIN);
    check("2026-01-31T10:00-0330", "2026-01-31T13:30Z");
    check("2026-01-31 10:00:00+00", "2026-01-31T10:00Z");
    check("2026-01-31", "2026-01-30T23:00Z", BERLIN);
  });

  test("microseconds are kept and what is finer is cut off", () => {
    check("2026-01-31T10:00:59.5Z", "2026-01-31T10:00:59.500000Z");
    check("2026-01-31T10:00:59.123456Z", "2026-01-31T10:00:59.123456Z");
    check("2026-01-31T10:00:59.123456999Z", "2026-01-31T10:00:59.123456Z");
    check("1969-12-31T23:59:59.999999Z", "1969-12-31T23:59:59.999999Z");
    expect(parseInstant("1969-12-31T23:59:59.999999Z", "UTC")).toBe(-1n);
  });

  test("anything else is not a timestamp", () => {
    for (const wrong of ["2026-02-29T10:00", "2026-01-31T24:00", "2026-01-31T10:60", "2026-01-31T10:00:60"])
      check(wrong, null);
    for (const wrong of ["2026-01-31T10", "2026-1-31T10:00", "2026-01-31T10:00z", "2026-01-31t10:00", "T10:00"])
      check(wrong, null);
    for (const wrong of ["2026-01-31T10:00+24:00", "2026-01-31T10:00+02:60", "2026-01-31T10:00 Z", "20260131T1000"])
      check(wrong, null);
    for (const wrong of ["2026-01-31Z", "2026-01-31T10:00:00.", "2026-01-31T10:00:00.1234567890", " 2026-01-31", ""])
      check(wrong, null);
  });
});

describe("clock times that occur twice or never", () => {
  const check = (local: string, zone: string, expected: string) =>
    expect(short(parseInstant(local, zone))).toBe(expected);

  test("the earlier instant is meant where a clock time occurs twice", () => {
    check("2026-10-25T02:30", BERLIN, "2026-10-25T00:30Z");
    check("2026-10-25T01:59", BERLIN, "2026-10-24T23:59Z");
    check("2026-10-25T03:00", BERLIN, "2026-10-25T02:00Z");
    check("2026-11-01T01:30", ST_JOHNS, "2026-11-01T04:00Z");
    check("2026-11-01T01:30", NEW_YORK, "2026-11-01T05:30Z");
  });

  test("a clock time that does not exist is shifted forward", () => {
    check("2026-03-29T02:00", BERLIN, "2026-03-29T01:00Z");
    check("2026-03-29T02:30", BERLIN, "2026-03-29T01:30Z");
    check("2026-03-29T03:30", BERLIN, "2026-03-29T01:30Z");
    check("2026-03-08T02:30", ST_JOHNS, "2026-03-08T06:00Z");
  });

  test("a day that a zone skipped begins with the next one", () => {
    check("2011-12-30", APIA, "2011-12-30T10:00Z");
    check("2011-12-31", APIA, "2011-12-30T10:00Z");
    check("2011-12-30T12:00", APIA, "2011-12-30T22:00Z");
    expect(formatDay(dayOf(instant("2011-12-30T09:59:59.999999Z"), APIA))).toBe("2011-12-29");
    expect(formatDay(dayOf(instant("2011-12-30T10:00Z"), APIA))).toBe("2011-12-31");
  });

  test("a day whose midnight is skipped starts after the skip", () => {
    check("2018-11-04", "America/Sao_Paulo", "2018-11-04T03:00Z"); // 00:00 became 01:00
    check("2019-02-17", "America/Sao_Paulo", "2019-02-17T03:00Z"); // 00:00 had become 23:00 of the day before
  });

  test("a night whose midnight occurs twice belongs to the next day for a minute, then to the old one again", () => {
    // St John's, 25 October 1998: at 00:01 the clock went back to 23:01.
    check("1998-10-25", ST_JOHNS, "1998-10-25T02:30Z");
    const days = ["02:29", "02:30", "02:31", "03:29", "03:30"].map((time) =>
      formatDay(dayOf(instant(`1998-10-25T${time}Z`), ST_JOHNS)).slice(8),
    );
    expect(days).toEqual(["24", "25", "24", "24", "25"]);
  });
});

describe("local time of an instant", () => {
  const check = (utc: string, zone: string, local: string) => {
    const clock = clockOf(instant(utc), zone);
    const two = (n: number) => String(n).padStart(2, "0");
    const minutes = clock.micros / 60_000_000;
    const text = `${clock.year}-${two(clock.month)}-${two(clock.day)}T${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
    expect(text).toBe(local);
    expect(formatDay(dayOf(instant(utc), zone))).toBe(local.slice(0, 10));
  };

  test("follows the zone's offsets", () => {
    check("2026-06-30T22:00Z", "UTC", "2026-06-30T22:00");
    check("2026-06-30T22:00Z", BERLIN, "2026-07-01T00:00");
    check("2026-12-31T23:00Z", BERLIN, "2027-01-01T00:00");
    check("2026-07-01T02:29Z", ST_JOHNS, "2026-06-30T23:59");
    check("2026-07-01T02:30Z", ST_JOHNS, "2026-07-01T00:00");
  });

  test("keeps the offset of 1970 before, and that of 2100 after", () => {
    check("1969-06-30T23:30Z", NEW_YORK, "1969-06-30T18:30"); // really 19:30, but the table starts in winter
    check("2099-06-30T12:00Z", NEW_YORK, "2099-06-30T08:00");
    check("2100-06-30T12:00Z", NEW_YORK, "2100-06-30T07:00");
    expect(short(startOfDay(day("1965-07-01"), NEW_YORK))).toBe("1965-07-01T05:00Z");
  });

  test("a day starts at the first instant that has its date, wherever dates only go forward", () => {
    for (const zone of ["UTC", BERLIN, NEW_YORK, APIA, "America/Sao_Paulo", "Asia/Tehran", "Africa/Casablanca"]) {
      for (let n = day("2010-01-01"); n < day("2027-01-01"); n++) {
        const start = startOfDay(n, zone);
        expect(dayOf(start, zone)).toBeGreaterThanOrEqual(n);
        expect(dayOf(start - 1n, zone)).toBeLessThan(n);
      }
    }
  });
});

describe("the instant that parts what is locally before a clock time from the rest", () => {
  const check = (date: string, minutes: number, zone: string, expected: string | null) =>
    expect(short(localBoundary(day(date), minutes * 60_000_000, zone))).toBe(expected);

  test("is that clock time, also where it is skipped, and missing where the clock was put back over it", () => {
    check("2026-06-30", 0, "UTC", "2026-06-30T00:00Z");
    check("2026-06-30", 0, BERLIN, "2026-06-29T22:00Z");
    check("2026-03-29", 120, BERLIN, "2026-03-29T01:00Z");
    check("2026-03-29", 150, BERLIN, "2026-03-29T01:00Z");
    check("2026-03-29", 180, BERLIN, "2026-03-29T01:00Z");
    check("2026-10-25", 120, BERLIN, "2026-10-25T00:00Z"); // it never is before 02:00 again
    check("2026-10-25", 121, BERLIN, null);
    check("2026-10-25", 179, BERLIN, null);
    check("2026-10-25", 180, BERLIN, "2026-10-25T02:00Z");
    check("2026-10-25", 181, BERLIN, "2026-10-25T02:01Z");
    check("1998-10-25", 0, ST_JOHNS, null);
    check("1998-10-26", 0, ST_JOHNS, "1998-10-26T03:30Z");
    check("2011-12-30", 0, APIA, "2011-12-30T10:00Z");
    check("1900-01-01", 0, BERLIN, "1899-12-31T23:00Z");
    check("2150-07-01", 0, BERLIN, "2150-06-30T23:00Z");
  });
});

describe("moving an instant", () => {
  const check = (from: string, amount: number, unit: DurationUnit, zone: string, to: string) =>
    expect(short(shiftInstant(instant(from), { amount, unit }, zone))).toBe(to);

  test("minutes, hours, days and weeks are exact, over a clock change too", () => {
    check("2026-03-28T12:00Z", 1, "d", BERLIN, "2026-03-29T12:00Z");
    check("2026-06-30T00:00Z", -90, "d", BERLIN, "2026-04-01T00:00Z");
    check("2026-06-30T00:00Z", 15, "min", BERLIN, "2026-06-30T00:15Z");
    check("2026-06-30T00:00Z", -2, "h", BERLIN, "2026-06-29T22:00Z");
    check("2026-06-30T00:00Z", 2, "w", BERLIN, "2026-07-14T00:00Z");
  });

  test("months, quarters and years keep the clock time of the zone", () => {
    check("2026-03-31T10:00Z", -1, "mo", "UTC", "2026-02-28T10:00Z");
    check("2026-06-30T22:00Z", -6, "mo", BERLIN, "2025-12-31T23:00Z"); // midnight of 1 July and of 1 January
    check("2026-02-28T12:00Z", 1, "mo", BERLIN, "2026-03-28T12:00Z");
    check("2026-02-28T12:00Z", 2, "mo", BERLIN, "2026-04-28T11:00Z");
    check("2024-02-29T12:00Z", -1, "y", "UTC", "2023-02-28T12:00Z");
    check("2026-01-31T12:00Z", 1, "q", "UTC", "2026-04-30T12:00Z");
    check("2026-02-28T01:30Z", 0, "mo", BERLIN, "2026-02-28T01:30Z");
  });

  test("a step onto a clock time that occurs twice or never follows the rule", () => {
    check("2026-09-25T00:30Z", 1, "mo", BERLIN, "2026-10-25T00:30Z"); // 02:30, the earlier
    check("2026-04-29T00:30Z", -1, "mo", BERLIN, "2026-03-29T01:30Z"); // 02:30 does not exist: 03:30
    check("2026-10-25T01:30Z", 0, "mo", BERLIN, "2026-10-25T01:30Z"); // the later 02:30, not moved at all
  });
});

describe("zones", () => {
  test("a zone has a name of the IANA database", () => {
    for (const zone of ["UTC", BERLIN, ST_JOHNS, "Etc/GMT+3"]) expect(isZone(zone)).toBe(true);
    for (const zone of ["", "Mars/Olympus", "+02:00", "-03:30", "Europe/Berlin ", "Z9"])
      expect(isZone(zone)).toBe(false);
  });

  test("offsets are listed in order, from the one before 1970 to the last before 2100", () => {
    expect(offsets("UTC")).toEqual([{ from: null, seconds: 0 }]);
    const berlin = offsets(BERLIN);
    expect(berlin[0]).toEqual({ from: null, seconds: 3600 });
    expect(berlin[1]).toEqual({ from: instant("1980-04-06T01:00Z"), seconds: 7200 });
    expect(berlin.at(-1)).toEqual({ from: instant("2099-10-25T01:00Z"), seconds: 3600 });
    expect(berlin.slice(2).every((entry, i) => (entry.from as bigint) > (berlin[i + 1]?.from as bigint))).toBe(true);
    expect(offsets(ST_JOHNS)[0]?.seconds).toBe(-12_600);
    expect(offsets("Africa/Monrovia")[0]?.seconds).toBe(-2670);
  });
});
