import type { DurationLiteral } from "./ast.ts";

type Unit = DurationLiteral["unit"];

/** Every way to write a unit of time. */
const UNITS: ReadonlyMap<string, Unit> = new Map(
  (
    [
      ["min", "minute", "minutes"],
      ["h", "hour", "hours"],
      ["d", "day", "days"],
      ["w", "week", "weeks"],
      ["mo", "month", "months"],
      ["q", "quarter", "quarters"],
      ["y", "year", "years"],
    ] as const
  ).flatMap(([unit, ...words]) => [[unit, unit] as const, ...words.map((w) => [w, unit] as const)]),
);

/** What people write for a unit elsewhere, and the short unit they mean. */
const OTHER_UNITS: ReadonlyMap<string, Unit> = new Map<string, Unit>([
  ["mins", "min"],
  ["hr", "h"],
  ["hrs", "h"],
  ["wk", "w"],
  ["wks", "w"],
  ["mon", "mo"],
  ["mos", "mo"],
  ["mth", "mo"],
  ["qtr", "q"],
  ["yr", "y"],
  ["yrs", "y"],
]);

/** A thousand years in each unit: nothing longer is a window. */
const LONGEST: Readonly<Record<Unit, number>> = {
  min: 525_960_000,
  h: 8_766_000,
  d: 365_250,
  w: 52_178,
  mo: 12_000,
  q: 4_000,
  y: 1_000,
};

/** Whether the word is a unit in any spelling, also a wrong one. */
export const isAnyUnit = (word: string): boolean =>
  UNITS.has(word.toLowerCase()) || OTHER_UNITS.has(word.toLowerCase()) || word === "m";

/** What is wrong with digits that hang together; `say` is what to write instead, most likely first. */
export interface Wrong {
  readonly what:
    | "number"
    | "duration"
    | "unit"
    | "minutes-or-months"
    | "too-long"
    | "date-shape"
    | "no-such-day"
    | "time";
  readonly say: readonly string[];
}

/** A duration that was read; `wrong` where it was read in spite of a mistake. */
export interface ReadDuration {
  readonly amount: number;
  readonly unit: Unit;
  readonly wrong: Wrong | null;
}

/** `90d`, `90 days`, `3mo`; null where it cannot be a duration at all. `m` is read as months, and wrong. */
export function readDuration(text: string): ReadDuration | null {
  const usual = /^(\d{1,4})([dhwqy]|min|mo)$/.exec(text);
  if (usual !== null) {
    const [amount, unit] = [Number(usual[1]), usual[2] as Unit];
    if (amount <= LONGEST[unit]) return { amount, unit, wrong: null };
  }
  const parts = /^([\d_]+)(\.[\d_]+)?(\s*)(\p{L}[\p{L}\p{M}]*)$/u.exec(text);
  if (parts === null) return null;
  const [, digits = "", fraction = "", blank = "", word = ""] = parts;
  const amount = Number(digits.replaceAll("_", ""));
  const exact = UNITS.get(word);
  const unit = exact ?? UNITS.get(word.toLowerCase()) ?? OTHER_UNITS.get(word.toLowerCase());
  const plain = digits.replaceAll("_", "");
  if (unit === undefined) {
    if (word.toLowerCase() !== "m") return null;
    return {
      amount: Math.min(amount, LONGEST.mo),
      unit: "mo",
      wrong: { what: "minutes-or-months", say: [`${plain}min`, `${plain}mo`] },
    };
  }
  const long = !(word.toLowerCase() in LONGEST);
  const wrong: Wrong | null =
    fraction !== ""
      ? { what: "duration", say: [] }
      : amount > LONGEST[unit]
        ? { what: "too-long", say: [] }
        : exact === undefined || digits.startsWith("_") || digits.endsWith("_") || long !== (blank !== "")
          ? { what: "unit", say: [long && exact !== undefined ? `${plain} ${word}` : `${plain}${unit}`] }
          : null;
  return { amount: Math.min(amount, LONGEST[unit]), unit, wrong };
}

const pad = (digits: string): string => digits.padStart(2, "0");

/** Days of a month; 0 where there is no such month. */
export function daysInMonth(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return month < 1 || month > 12 ? 0 : month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** Whether `YYYY-MM-DD` is a day that exists, of the years 1 to 9999. */
export function isDay(text: string): boolean {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (parts === null) return false;
  const [year, month, day] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
  return year >= 1 && day >= 1 && day <= daysInMonth(year, month);
}

const TIME = /^(\d{4}-\d{2}-\d{2})T(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,6}))?)?(Z|[+-]\d{2}:\d{2})?$/;

/** The full form of a timestamp, `YYYY-MM-DDTHH:MM:SS.ffffff` with the offset if there is one; null where it is not one. */
export function readTimestamp(text: string): string | null {
  const parts = TIME.exec(text);
  if (parts === null) return null;
  const [, day = "", hour = "", minute = "", second = "00", fraction = "", offset = ""] = parts;
  const offsetFits =
    offset === "" || offset === "Z" || (Number(offset.slice(1, 3)) <= 18 && Number(offset.slice(4)) <= 59);
  if (!isDay(day) || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59 || !offsetFits) return null;
  return `${day}T${hour}:${minute}:${second}.${fraction.padEnd(6, "0")}${offset}`;
}

/** More digits than any number of the language has. */
const MOST_DIGITS = 38;

/** What digits that hang together are. */
export interface ReadDigits {
  readonly type: "Number" | "Percent" | "Date" | "Timestamp" | "Duration" | "Wrong";
  readonly wrong: Wrong | null;
}

const wrong = (what: Wrong["what"], ...say: string[]): ReadDigits => ({ type: "Wrong", wrong: { what, say } });

function readDay(text: string): ReadDigits {
  if (isDay(text)) return { type: "Date", wrong: null };
  const [year = "", month = "", day] = text.split("-");
  if (day === undefined) {
    const last = daysInMonth(Number(year), Number(month));
    const first = `${year}-${pad(month)}-01`;
    return last === 0
      ? wrong("no-such-day")
      : wrong("date-shape", first, `${first}..${year}-${pad(month)}-${last}`, `${year} - ${Number(month)}`);
  }
  const padded = `${year}-${pad(month)}-${pad(day)}`;
  if (isDay(padded)) return wrong("date-shape", padded);
  const last = daysInMonth(Number(year), Number(month));
  return wrong("no-such-day", ...(last > 0 && Number(day) > last ? [`${year}-${pad(month)}-${last}`] : []));
}

/** Day, month and year with points; with strokes, the month may come first. */
function readOtherDay([, first = "", mark, second = "", year = ""]: readonly string[]): ReadDigits {
  const readings = [
    `${year}-${pad(second)}-${pad(first)}`,
    ...(mark === "/" ? [`${year}-${pad(first)}-${pad(second)}`] : []),
  ];
  return wrong("date-shape", ...new Set(readings.filter(isDay)));
}

const USUAL_NUMBER: ReadDigits = { type: "Number", wrong: null };

/** Sorts out what the lexer found from a digit on. */
export function readDigits(text: string): ReadDigits {
  if (/^\d{1,15}(?:\.\d{1,15})?$/.test(text)) return USUAL_NUMBER;
  if (/^\d{4}-\d{1,2}(?:-\d{1,2})?$/.test(text)) return readDay(text);
  if (/^\d{4}-\d/.test(text)) {
    if (readTimestamp(text) !== null) return { type: "Timestamp", wrong: null };
    const upper = text.toUpperCase();
    return wrong("time", ...(readTimestamp(upper) !== null ? [upper] : []));
  }
  const other = /^(\d{1,2})([./])(\d{1,2})[./](\d{4})$/.exec(text);
  if (other !== null) return readOtherDay(other);
  const number = /^(\d[\d_]*)(?:\.(\d[\d_]*))?(%?)$/.exec(text);
  if (number !== null) {
    const type = number[3] === "%" ? "Percent" : "Number";
    const plain = text.replaceAll("_", "");
    if (plain.length > MOST_DIGITS) return wrong("too-long");
    const tidy = /^\d+(?:_\d+)*(?:\.\d+(?:_\d+)*)?%?$/.test(text);
    return { type, wrong: tidy ? null : { what: "number", say: [plain] } };
  }
  const duration = readDuration(text);
  if (duration !== null) return { type: "Duration", wrong: duration.wrong };
  const power = /^(\d+)e(\d{1,2})$/i.exec(text);
  if (power !== null && (power[1] as string).length + Number(power[2]) <= MOST_DIGITS)
    return wrong("number", `${power[1]}${"0".repeat(Number(power[2]))}`);
  return wrong("number");
}

/** What is wrong inside a text: a `\` that means nothing, or a character that no engine stores. */
export interface TextProblem {
  readonly kind: "escape" | "character";
  /** Units from the beginning of the image. */
  readonly start: number;
  readonly end: number;
}

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ["\\", "\\"],
  ["n", "\n"],
  ["t", "\t"],
]);

/** The text meant by what stands between quotes, from `from` to `to` of `image`, and its problems. A `\` that means nothing stands for itself. */
export function readText(
  image: string,
  from: number,
  to: number,
): { readonly value: string; readonly problems: readonly TextProblem[] } {
  const usual = image.slice(from, to);
  if (/^[ -[\]-~]*$/.test(usual)) return { value: usual, problems: [] };
  const problems: TextProblem[] = [];
  const parts: string[] = [];
  let plain = from;
  let at = from;
  while (at < to) {
    if (image.charCodeAt(at) !== 92) {
      at++;
      continue;
    }
    parts.push(image.slice(plain, at));
    const unicode =
      image[at + 1] !== "u" ? null : /^u\{([0-9a-fA-F]{1,6})\}/.exec(image.slice(at + 1, Math.min(at + 12, to)));
    const code = unicode === null ? -1 : Number.parseInt(unicode[1] as string, 16);
    const simple = ESCAPES.get(image[at + 1] ?? "");
    if (simple !== undefined && at + 1 < to) {
      parts.push(simple);
      plain = at + 2;
    } else if (unicode !== null && code <= 0x10ffff) {
      parts.push(String.fromCodePoint(code));
      plain = at + 1 + unicode[0].length;
    } else {
      problems.push({ kind: "escape", start: at, end: at + 1 });
      plain = at;
      at++;
      continue;
    }
    at = plain;
  }
  parts.push(image.slice(plain, to));
  const value = parts.join("");
  if (/\p{Cs}/u.test(value) || image.includes("\0")) problems.push({ kind: "character", start: from, end: to });
  return { value, problems };
}

/** The text meant by a token in quotes of any kind, closed or not. In single quotes, a doubled one is one. */
export function textValue(image: string): string {
  const closed = image.length > 1 && /["'’‘“”«»]$/.test(image);
  const { value } = readText(image, 1, image.length - (closed ? 1 : 0));
  return image.startsWith("'") ? value.replaceAll("''", "'") : value;
}

/** How a text is written: in straight quotes, with its escapes. */
export function writeText(value: string): string {
  return `"${value.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n").replaceAll("\t", "\\t")}"`;
}
