import { Temporal } from "temporal-polyfill";
import type { CalendarUnit, Duration } from "../model/model.ts";
import { InternalError } from "../text/assert.ts";
import { ZONE_NAMES } from "./zone-names.ts";

/**
 * Days, instants and zones. An instant is a `bigint` of microseconds since 1970 UTC, a day a `number` of days since 1970-01-01.
 * Civil time is the proleptic Gregorian calendar. Local time in a zone has one meaning everywhere, both ways: the zone's offsets between
 * 1970-01-01 and 2100-01-01 UTC; before and after, the offset at that end.
 */

/** A day as people write it; `month` from 1 to 12. */
export interface Civil {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** A clock time in a zone; `micros` since local midnight. */
export interface Clock extends Civil {
  readonly micros: number;
}

/** From the instant `from` (null: always before) until the next entry, local time is UTC + `seconds`. */
export interface Offset {
  readonly from: bigint | null;
  readonly seconds: number;
}

/** Microseconds of 24 hours. */
export const DAY_MICROS = 86_400_000_000n;
const MINUTE_MICROS = 60_000_000n;

/** A longer duration reaches beyond all data in either direction. */
const LONGEST = 1_000_000_000;

/** The first day that there is. */
export const FIRST_DAY = dayNumber(1, 1, 1);
/** The last day that there is. */
export const LAST_DAY = dayNumber(9999, 12, 31);
const FIRST_INSTANT = BigInt(FIRST_DAY) * DAY_MICROS;
const LAST_INSTANT = BigInt(LAST_DAY + 1) * DAY_MICROS - 1n;

// ---- days -----------------------------------------------------------------------------------------------------------

/** The day of a civil date; the inverse of `civil` (Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms"). */
export function dayNumber(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  return (
    era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468
  );
}

/** The civil date of a day. */
export function civil(day: number): Civil {
  const z = day + 719_468;
  const era = Math.floor(z / 146_097);
  const dayOfEra = z - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1,
  };
}

/** How many days a month has. */
export function monthLength(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** `YYYY-MM-DD`, a day that exists, of the years 1 to 9999; else null. */
export function parseDay(text: string): number | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  return match === null ? null : existingDay(match);
}

function existingDay(match: RegExpExecArray): number | null {
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  if (year < 1 || month < 1 || month > 12 || day < 1 || day > monthLength(year, month)) return null;
  return dayNumber(year, month, day);
}

/** `YYYY-MM-DD`. Days outside the years 1 to 9999 are written as the nearest one inside: no data can lie between. */
export function formatDay(day: number): string {
  const date = civil(Math.min(Math.max(day, FIRST_DAY), LAST_DAY));
  return `${pad(date.year, 4)}-${pad(date.month, 2)}-${pad(date.day, 2)}`;
}

const pad = (value: number, digits: number): string => String(value).padStart(digits, "0");

/** Moved by whole days (`min` and `h` that make some) or by calendar steps clamped to the end of the month. */
export function shiftDay(day: number, by: Duration): number {
  const amount = clampAmount(by.amount);
  switch (by.unit) {
    case "min":
    case "h": {
      const days = amount / (by.unit === "h" ? 24 : 1440);
      if (!Number.isInteger(days)) throw new InternalError(`a day moved by ${by.amount}${by.unit}`);
      return day + days;
    }
    case "d":
      return day + amount;
    case "w":
      return day + 7 * amount;
    case "mo":
      return addMonths(day, amount);
    case "q":
      return addMonths(day, 3 * amount);
    case "y":
      return addMonths(day, 12 * amount);
  }
}

const clampAmount = (amount: number): number => Math.min(Math.max(amount, -LONGEST), LONGEST);

function addMonths(day: number, months: number): number {
  const date = civil(day);
  const total = date.year * 12 + date.month - 1 + months;
  const year = Math.floor(total / 12);
  const month = total - year * 12 + 1;
  return dayNumber(year, month, Math.min(date.day, monthLength(year, month)));
}

/** The first day of the period that lies `offset` periods after the one that holds `day`. Weeks start on Monday. */
export function periodStart(unit: CalendarUnit, offset: number, day: number): number {
  const date = civil(day);
  switch (unit) {
    case "day":
      return day + offset;
    case "week":
      return day - ((((day + 3) % 7) + 7) % 7) + 7 * offset;
    case "month":
      return addMonths(day - date.day + 1, offset);
    case "quarter":
      return addMonths(dayNumber(date.year, date.month - ((date.month - 1) % 3), 1), 3 * offset);
    case "year":
      return dayNumber(date.year + offset, 1, 1);
  }
}

/** The day of the week, 1 (Monday) to 7. */
export const weekday = (day: number): number => day - periodStart("week", 0, day) + 1;

/** A part of a day, as `part` of the IR. */
export function partOf(part: "year" | "month" | "day" | "day_of_week", day: number): number {
  return part === "day_of_week" ? weekday(day) : civil(day)[part];
}

/** The yearly return of a day in a year; 29 February returns on the 28th in common years. */
export function returnIn(year: number, day: number): number {
  const date = civil(day);
  return dayNumber(year, date.month, Math.min(date.day, monthLength(year, date.month)));
}

/** The first yearly return after a day that is `today` or later. */
export function nextReturn(day: number, today: number): number {
  const from = civil(today).year;
  if (day >= today) return returnIn(civil(day).year + 1, day);
  const here = returnIn(from, day);
  return here >= today ? here : returnIn(from + 1, day);
}

// ---- instants -------------------------------------------------------------------------------------------------------

/**
 * An ISO timestamp with `T` or a blank, to the minute or finer; without an offset a clock time of the zone. A bare date is its local start.
 * What is finer than a microsecond is cut off. Null for anything else, also for times that no day has.
 */
export function parseInstant(text: string, zone: string): bigint | null {
  const match =
    /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(Z|[+-]\d{2}(?::?\d{2})?)?)?$/.exec(
      text,
    );
  if (match === null) return null;
  const day = existingDay(match);
  const [hour, minute, second] = [Number(match[4] ?? 0), Number(match[5] ?? 0), Number(match[6] ?? 0)];
  if (day === null || hour > 23 || minute > 59 || second > 59) return null;
  const micros = BigInt((match[7] ?? "").padEnd(6, "0").slice(0, 6));
  const local = BigInt(day) * DAY_MICROS + BigInt((hour * 60 + minute) * 60 + second) * 1_000_000n + micros;
  const offset = match[8];
  if (offset === undefined) return toInstant(local, zone);
  if (offset === "Z") return local;
  const [hours, minutes] = [Number(offset.slice(1, 3)), Number(offset.slice(3).replace(":", ""))];
  if (hours > 23 || minutes > 59) return null;
  const distance = BigInt(hours * 60 + minutes) * MINUTE_MICROS;
  return offset.startsWith("+") ? local - distance : local + distance;
}

/** `YYYY-MM-DDTHH:MM:SS.ffffffZ`. Instants outside the years 1 to 9999 are written as the nearest one inside. */
export function formatInstant(micros: bigint): string {
  const inside = micros < FIRST_INSTANT ? FIRST_INSTANT : micros > LAST_INSTANT ? LAST_INSTANT : micros;
  const day = floorDivide(inside, DAY_MICROS);
  const rest = Number(inside - day * DAY_MICROS);
  const seconds = Math.floor(rest / 1_000_000);
  const clock = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60].map((part) => pad(part, 2));
  return `${formatDay(Number(day))}T${clock.join(":")}.${pad(rest % 1_000_000, 6)}Z`;
}

/** The first instant of a day in the zone. Where the clock skips midnight, that is the instant after the skip. */
export function startOfDay(day: number, zone: string): bigint {
  return toInstant(BigInt(day) * DAY_MICROS, zone);
}

/** The local day of an instant. */
export function dayOf(micros: bigint, zone: string): number {
  return Number(floorDivide(toLocal(micros, zone), DAY_MICROS));
}

/** The local date and clock time of an instant. */
export function clockOf(micros: bigint, zone: string): Clock {
  const local = toLocal(micros, zone);
  const day = floorDivide(local, DAY_MICROS);
  return { ...civil(Number(day)), micros: Number(local - day * DAY_MICROS) };
}

/** The local hour of an instant, 0 to 23. */
export const hourOf = (micros: bigint, zone: string): number =>
  Math.floor(clockOf(micros, zone).micros / 3_600_000_000);

/** `min h d w` are exact (a day is 24 hours); `mo q y` keep the local clock time and are clamped to the end of the month. */
export function shiftInstant(micros: bigint, by: Duration, zone: string): bigint {
  const amount = clampAmount(by.amount);
  switch (by.unit) {
    case "min":
      return micros + BigInt(amount) * MINUTE_MICROS;
    case "h":
      return micros + BigInt(amount) * 60n * MINUTE_MICROS;
    case "d":
      return micros + BigInt(amount) * DAY_MICROS;
    case "w":
      return micros + BigInt(amount) * 7n * DAY_MICROS;
    case "mo":
    case "q":
    case "y": {
      if (amount === 0) return micros;
      const local = toLocal(micros, zone);
      const day = floorDivide(local, DAY_MICROS);
      const moved = BigInt(shiftDay(Number(day), by));
      return toInstant(moved * DAY_MICROS + (local - day * DAY_MICROS), zone);
    }
  }
}

/** Rounded towards minus infinity, for a positive divisor. */
export function floorDivide(value: bigint, divisor: bigint): bigint {
  const quotient = value / divisor;
  return value < 0n && quotient * divisor !== value ? quotient - 1n : quotient;
}

// ---- zones ----------------------------------------------------------------------------------------------------------

/** Whether the text names a zone of the IANA database (an offset such as `+02:00` does not). */
export function isZone(zone: string): boolean {
  if (!/^[A-Za-z]/.test(zone)) return false;
  try {
    zoned(zone);
    return true;
  } catch {
    return false;
  }
}

/** How far local time is from UTC, in order of time; the first `from` is null. The zone must pass `isZone`. */
export function offsets(zone: string): readonly Offset[] {
  const known = ZONES.get(zone);
  if (known !== undefined) return known;
  const found = readOffsets(zone);
  ZONES.set(zone, found);
  return found;
}

const ZONES = new Map<string, readonly Offset[]>([["UTC", [{ from: null, seconds: 0 }]]]);
const FIRST_TABLE = 0;
const END_OF_TABLE = 4_102_444_800_000;

const zoned = (zone: string) => zonedAt(zone, 0);

const zonedAt = (zone: string, millis: number) =>
  Temporal.Instant.fromEpochMilliseconds(millis).toZonedDateTimeISO(ZONE_NAMES.get(zone) ?? zone);

function readOffsets(zone: string): readonly Offset[] {
  return offsetsFrom(zone, FIRST_TABLE, END_OF_TABLE);
}

/** The offsets from one time to another, both in milliseconds and inside of the years that have a table. */
function offsetsFrom(zone: string, start: number, end: number): readonly Offset[] {
  let at = zonedAt(zone, start);
  const found: Offset[] = [{ from: null, seconds: at.offsetNanoseconds / 1e9 }];
  for (;;) {
    const next = at.getTimeZoneTransition("next");
    if (next === null || next.epochMilliseconds >= end) return found;
    found.push({ from: BigInt(next.epochMilliseconds) * 1000n, seconds: next.offsetNanoseconds / 1e9 });
    at = next;
  }
}

/** Four years and some days around them, so that one instant in each of hundreds of zones needs no table of a century. */
const STRETCH = 4 * 365.25 * 86_400_000;
const AROUND = 10 * 86_400_000;
const STRETCHES = new Map<string, readonly Offset[]>();

/** The offsets around an instant or clock time: those of at least the days before and after it. */
function offsetsNear(zone: string, micros: bigint): readonly Offset[] {
  const whole = ZONES.get(zone);
  if (whole !== undefined) return whole;
  const stretch = Math.floor(Number(micros / 1000n) / STRETCH);
  const key = `${stretch} ${zone}`;
  const known = STRETCHES.get(key);
  if (known !== undefined) return known;
  const inside = (millis: number): number => Math.min(Math.max(Math.round(millis), FIRST_TABLE), END_OF_TABLE - 1);
  const end = inside((stretch + 1) * STRETCH + AROUND);
  const found = offsetsFrom(zone, inside(stretch * STRETCH - AROUND), Math.min(end + 1, END_OF_TABLE));
  STRETCHES.set(key, found);
  return found;
}

/** The offsets from one instant to another, as `offsets` has them; the first `from` is null. */
export function offsetsBetween(zone: string, from: bigint, to: bigint): readonly Offset[] {
  const inside = (micros: bigint): number => Math.min(Math.max(Number(micros / 1000n), FIRST_TABLE), END_OF_TABLE - 1);
  return offsetsFrom(zone, inside(from), inside(to) + 1);
}

/** The person's own zone where the text names one, else the project's. */
export function zoneOf(own: string | null, project: string): string {
  return own !== null && ZONE_NAMES.has(own) && isZone(own) ? own : project;
}

let PERSON_ZONES: ReadonlyMap<string, readonly string[]> | null = null;

/** Zones that may be a person's own, each with all its names; names of one zone have one calendar. */
export function personZones(): ReadonlyMap<string, readonly string[]> {
  if (PERSON_ZONES !== null) return PERSON_ZONES;
  const zones = new Map<string, string[]>();
  for (const [name, zone] of ZONE_NAMES) {
    if (!isZone(name)) continue;
    const names = zones.get(zone);
    if (names === undefined) zones.set(zone, [name]);
    else names.push(name);
  }
  PERSON_ZONES = zones;
  return zones;
}

function toLocal(micros: bigint, zone: string): bigint {
  const table = offsetsNear(zone, micros);
  return micros + offsetMicros(table, entryAt(table, micros));
}

/** Where a clock time occurs twice, the earlier instant; where it does not exist, shifted forward by as much as the clock was. */
function toInstant(local: bigint, zone: string): bigint {
  const table = offsetsNear(zone, local);
  let entry = entryAt(table, local - 2n * DAY_MICROS);
  for (;;) {
    const micros = local - offsetMicros(table, entry);
    const next = table[entry + 1]?.from ?? null;
    if (next === null || micros < next) return micros;
    if (local - offsetMicros(table, entry + 1) < next) return micros;
    entry++;
  }
}

/**
 * The instant before which local time is earlier than `micros` after the midnight that starts `day`, and from which on it is not.
 * Null where the clock was put back over that time, so that no one instant parts the two.
 */
export function localBoundary(day: number, micros: number, zone: string): bigint | null {
  const table = offsetsNear(zone, BigInt(day) * DAY_MICROS);
  const local = BigInt(day) * DAY_MICROS + BigInt(micros);
  const last = entryAt(table, local + 2n * DAY_MICROS);
  let boundary: bigint | null = null;
  for (let entry = entryAt(table, local - 2n * DAY_MICROS); entry <= last; entry++) {
    const start = table[entry]?.from ?? null;
    const end = table[entry + 1]?.from ?? null;
    const here = local - offsetMicros(table, entry);
    if (start !== null && here <= start) boundary ??= start;
    else if (boundary !== null) return null;
    else if (end === null || here < end) boundary = here;
  }
  return boundary;
}

const offsetMicros = (table: readonly Offset[], entry: number): bigint =>
  BigInt((table[entry] as Offset).seconds) * 1_000_000n;

/** The index of the entry that is in force at the instant. */
function entryAt(table: readonly Offset[], micros: bigint): number {
  let low = 0;
  let high = table.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (((table[middle] as Offset).from as bigint) <= micros) low = middle;
    else high = middle - 1;
  }
  return low;
}
