/** Instants are whole microseconds since 1970, days are `2026-06-30`, clock times `09:00:00.000000`. */
export const SECOND = 1_000_000;
export const HOUR = 3_600 * SECOND;
export const DAY = 24 * HOUR;

/** The instant that a text names: `T` or a blank between day and time, UTC with or without a `Z`. */
export function micros(text: string): number {
  const match = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2})(:\d{2})?(?:\.(\d{1,6}))?Z?$/.exec(text);
  if (match === null) throw new Error(`no instant: ${text}`);
  const [, day, minutes, seconds = ":00", fraction = ""] = match;
  return Date.parse(`${day}T${minutes}${seconds}Z`) * 1000 + Number(fraction.padEnd(6, "0"));
}

/** The day `n` days later. */
export function addDays(day: string, n: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + n);
  return date.toISOString().slice(0, 10);
}

/** The same day of the month `n` months later, or the last one where that month is shorter. */
export function addMonths(day: string, n: number): string {
  const [year, month, date] = day.split("-").map(Number) as [number, number, number];
  const first = new Date(Date.UTC(year, month - 1 + n, 1));
  const length = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  return `${first.toISOString().slice(0, 8)}${String(Math.min(date, length)).padStart(2, "0")}`;
}

/** 1 for a Monday to 7 for a Sunday. */
export const weekday = (day: string): number => new Date(`${day}T00:00:00Z`).getUTCDay() || 7;

const clocks = new Map<string, Intl.DateTimeFormat>();

/** What calendars and clocks of a zone show at an instant: `2026-06-30 09:00:00.000000`. */
export function localTime(at: number, zone: string): string {
  let clock = clocks.get(zone);
  if (clock === undefined) {
    clock = new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "medium" });
    clocks.set(zone, clock);
  }
  const second = Math.floor(at / SECOND);
  return `${clock.format(second * 1000)}.${String(at - second * SECOND).padStart(6, "0")}`;
}

/** The day of an instant in a zone. */
export const localDay = (at: number, zone: string): string => localTime(at, zone).slice(0, 10);

/** When a zone's clocks show a time: the first instant that they do; where they skip it, as long after the gap as it was meant to be in it. */
export function instantOf(day: string, clock: string, zone: string): number {
  const wanted = `${day} ${clock}`;
  const asUtc = micros(wanted);
  const offsetAt = (at: number): number => micros(localTime(at, zone)) - at;
  const offsets = [offsetAt(asUtc - DAY), offsetAt(asUtc + DAY)];
  const found = offsets.map((offset) => asUtc - offset).filter((at) => localTime(at, zone) === wanted);
  return found.length > 0 ? Math.min(...found) : asUtc - (offsets[0] as number);
}

/** The first instant of a day in a zone. */
export const startOf = (day: string, zone: string): number => instantOf(day, "00:00:00.000000", zone);

/** The instant whose local day lies `n` months later, at the same time on the clock. */
export function monthsFrom(at: number, n: number, zone: string): number {
  const [day, clock] = localTime(at, zone).split(" ") as [string, string];
  return instantOf(addMonths(day, n), clock, zone);
}

/** How old somebody is on a day who was born on another; those of 29 February grow older on 1 March in common years. */
export function ageOn(today: string, born: string): number {
  const years = Number(today.slice(0, 4)) - Number(born.slice(0, 4));
  return today.slice(5) < born.slice(5) ? years - 1 : years;
}

/** The day of a year on which a day of another one returns: 29 February on the 28th in common years. */
export function returnIn(year: number, day: string): string {
  const leap = new Date(Date.UTC(year, 1, 29)).getUTCDate() === 29;
  return `${year}-${day.slice(5) === "02-29" && !leap ? "02-28" : day.slice(5)}`;
}
