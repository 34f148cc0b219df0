import type { Duration } from "../model/model.ts";
import { civil, clockOf, parseDay, parseInstant } from "./calendar.ts";
import type { Bound, Const, Window } from "./ir.ts";
import { type Telling, valueWords } from "./words-value.ts";

const MONTHS = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
] as const;

const UNITS: Readonly<Record<Duration["unit"], string>> = {
  min: "minute",
  h: "hour",
  d: "day",
  w: "week",
  mo: "month",
  q: "quarter",
  y: "year",
};

/** `90 days`, `1 month`; without its sign. */
export function durationWords({ amount, unit }: Duration): string {
  const count = Math.abs(amount);
  return `${count} ${UNITS[unit]}${count === 1 ? "" : "s"}`;
}

/** `1 April 2026`, or of an instant its local clock: `1 April 2026 14:30`, seconds only where there are any. */
export function timeWords(constant: Const, { zone }: Telling): string {
  if (constant.value === null) return "an unknown time";
  const text = String(constant.value);
  if (constant.type.kind === "date") return dayWords(parseDay(text) ?? 0);
  const { year, month, day, micros } = clockOf(parseInstant(text, zone) ?? 0n, zone);
  return `${day} ${MONTHS[month - 1]} ${year} ${clockWords(micros)}`;
}

function dayWords(number: number): string {
  const { year, month, day } = civil(number);
  return `${day} ${MONTHS[month - 1]} ${year}`;
}

function clockWords(micros: number): string {
  const two = (value: number): string => String(value).padStart(2, "0");
  const seconds = Math.floor(micros / 1_000_000);
  const rest = micros % 1_000_000;
  const clock = `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}`;
  if (seconds % 60 === 0 && rest === 0) return clock;
  return `${clock}:${two(seconds % 60)}${rest === 0 ? "" : `.${String(rest).padStart(6, "0")}`}`;
}

/** A window with its ends: `in last 90d: from 1 April 2026 00:00 until 30 June 2026 00:00`. Days are said with the last one that belongs to it. */
export function windowWords(window: Window, of: Telling): string {
  const ends = endsWords(window, of);
  const zone = window.zone === null ? "" : ` by the calendar of ${valueWords(window.zone, of)}`;
  const word = /^(since|before|on) /u.test(window.words) ? "" : "in ";
  return `${word}${window.words}${ends === "" ? "" : ` (${ends})`}${zone}`;
}

function endsWords({ from, to, target }: Window, of: Telling): string {
  const start = from === null ? "" : boundWords(from, of);
  if (to === null) return start === "" ? "" : `from ${start} on`;
  if (target === "date" && to.kind === "at" && to.value.value !== null) {
    const last = dayWords((parseDay(String(to.value.value)) ?? 0) - 1);
    return start === "" ? `up to ${last}` : start === last ? `on ${last}` : `from ${start} to ${last}`;
  }
  const end = boundWords(to, of);
  return start === "" ? `before ${end}` : `from ${start} until ${end}`;
}

function boundWords(bound: Bound, of: Telling): string {
  switch (bound.kind) {
    case "at":
      return timeWords(bound.value, of);
    case "value": {
      const words = valueWords(bound.value, of);
      return bound.edge === "end" && bound.value.type.kind === "date" ? `the end of ${words}` : words;
    }
    case "asOf": {
      if (bound.shift.amount === 0) return "now";
      return `${durationWords(bound.shift)} ${bound.shift.amount < 0 ? "ago" : "ahead"}`;
    }
    case "calendar":
      return bound.offset === 0
        ? `the start of this ${bound.unit}`
        : `the start of the ${bound.unit} ${Math.abs(bound.offset)} ${bound.offset < 0 ? "before" : "after"} this one`;
  }
}
