import { createHash } from "node:crypto";
import { type Answer, answer, fifth } from "../../test/answer.ts";
import { addDays, ageOn, DAY, localDay, monthsFrom, returnIn } from "../../test/calendar.ts";
import type { Email, Media, Reader } from "./read.ts";

const ZONE = "Europe/Oslo";
const ZONES = new Set(Intl.supportedValuesOf("timeZone"));

/** The days of this year and the next on which a day returns, if they come after it. */
const returns = (day: string, year: number): readonly string[] =>
  [year, year + 1].map((y) => returnIn(y, day)).filter((back) => back > day);

/** How many instants lie in from <= t < to. */
const within = (instants: readonly number[], from: number, to: number): number =>
  instants.filter((at) => at >= from && at < to).length;

const ordered = (reader: Reader): readonly number[] => reader.orders.map(({ at }) => at);

/** 3. Birthday in the next seven days, in their own time zone. */
function birthdayWeek(reader: Reader, { now }: Media): boolean {
  if (reader.born === null) return false;
  const zone = reader.zone !== null && ZONES.has(reader.zone) ? reader.zone : ZONE;
  const first = localDay(now, zone);
  const end = addDays(first, 7);
  return returns(reader.born, Number(first.slice(0, 4))).some((day) => day >= first && day < end);
}

/** 11. Fewer than half as many orders in the last 90 days as in the 90 days before, where there were two at least. */
export function slowingDown(reader: Reader, { now }: Media): boolean {
  const before = within(ordered(reader), now - 180 * DAY, now - 90 * DAY);
  const lately = within(ordered(reader), now - 90 * DAY, now);
  return before >= 2 && 2 * lately < before;
}

/** 13. Opened at least three of the last five e-mails we sent. */
function engagedReaders(reader: Reader): boolean {
  const later = (a: Email, b: Email): number => b.at - a.at || (a.id < b.id ? 1 : -1);
  return (
    reader.emails
      .toSorted(later)
      .slice(0, 5)
      .filter(({ opened }) => opened).length >= 3
  );
}

/** 21. Everyone in exactly one life stage. */
function lifeStage(reader: Reader, { now }: Media): string {
  const orders = ordered(reader);
  if (orders.length > 0 && Math.min(...orders) >= now - 30 * DAY) return "New";
  if (within(orders, now - 90 * DAY, now) > 0) return "Active";
  if (within(orders, now - 180 * DAY, now) > 0) return "Cooling";
  return orders.length > 0 ? "Lapsed" : "Prospect";
}

/** 22. Subscription anniversary this calendar month, three years or longer. */
function longSubscribers(reader: Reader, { now }: Media): boolean {
  if (reader.subscribed === null) return false;
  const today = localDay(now, ZONE);
  const year = Number(today.slice(0, 4));
  return (
    returns(reader.subscribed, year).some((day) => day.slice(0, 7) === today.slice(0, 7)) &&
    ageOn(today, reader.subscribed) >= 3
  );
}

/** The orders of the last two years of each who has any. */
const buyers = ({ readers, now }: Media): readonly { readonly reader: Reader; readonly orders: Reader["orders"] }[] => {
  const start = monthsFrom(now, -24, ZONE);
  return readers
    .map((reader) => ({ reader, orders: reader.orders.filter(({ at }) => at >= start) }))
    .filter(({ orders }) => orders.length > 0);
};

const spent = (orders: Reader["orders"]): number => orders.reduce((sum, o) => sum + (o.cents ?? 0), 0);

/** 23. The ids of the top fifth by recency, frequency and money over the last two years, among buyers. */
function champions(media: Media): ReadonlySet<string> {
  const ranked = buyers(media).map(({ reader, orders }) => ({
    id: reader.id,
    recency: Math.max(...ordered(reader)),
    frequency: orders.length,
    money: spent(orders),
  }));
  const recencies = ranked.map((one) => one.recency);
  const frequencies = ranked.map((one) => one.frequency);
  const monies = ranked.map((one) => one.money);
  const best = ranked.filter(
    (one) =>
      fifth(one.recency, recencies) === 5 && fifth(one.frequency, frequencies) === 5 && fifth(one.money, monies) === 5,
  );
  return new Set(best.map(({ id }) => id));
}

/** 27. The ids of the 50,000 non-customers most similar to Champions, without anybody from the seed. */
function likeChampions({ prospects }: Media, seed: ReadonlySet<string>): ReadonlySet<string> {
  const strangers = prospects.filter(
    (p) => p.similarity !== null && (p.reader === null || p.reader.orders.length === 0),
  );
  const like = strangers.toSorted(
    (a, b) => (b.similarity as number) - (a.similarity as number) || (a.id < b.id ? -1 : 1),
  );
  const nearest = like.slice(0, 50_000).filter((p) => p.reader === null || !seed.has(p.reader.id));
  return new Set(nearest.map(({ id }) => id));
}

/** 34. May be mailed today: opted in, not suppressed, consent younger than 24 months, and the country allows it. */
function mailable(reader: Reader, { now }: Media): boolean {
  const word = reader.consents
    .filter(({ channel }) => channel === "email")
    // At one instant a yes comes after a no, and both after what is unknown.
    .toSorted((a, b) => a.at - b.at || Number(a.granted ?? -1) - Number(b.granted ?? -1))
    .at(-1);
  return (
    word !== undefined &&
    word.granted === true &&
    word.at >= monthsFrom(now, -24, ZONE) &&
    !reader.suppressed.includes("email") &&
    ["DE", "NO", "SE"].includes(reader.country ?? "")
  );
}

/** One of ten thousand buckets, by SHA-256 of `2026:` and the id. */
function bucket(reader: Reader): number {
  const hash = createHash("sha256").update(`2026:${reader.id}`, "utf8").digest("hex");
  return Number.parseInt(hash.slice(0, 8), 16) % 10_000;
}

const heldOut = (reader: Reader): boolean => bucket(reader) < 1_000;

/** 37. Winter sale: Active or Cooling, mailable, not contacted in five days, less a global holdout of 10 %. */
function winterSale(reader: Reader, media: Media): boolean {
  return (
    ["Active", "Cooling"].includes(lifeStage(reader, media)) &&
    mailable(reader, media) &&
    within(reader.contacts, media.now - 5 * DAY, media.now) === 0 &&
    !heldOut(reader)
  );
}

/** 38. One offer per person, the best they qualify for: 25, 15 or 10 %. Null for those who may not be mailed. */
function offer(reader: Reader, media: Media, best: ReadonlySet<string>): string | null {
  if (!mailable(reader, media)) return null;
  if (best.has(reader.id)) return "P25";
  const start = monthsFrom(media.now, -12, ZONE);
  if (spent(reader.orders.filter(({ at }) => at >= start)) >= 30_000) return "P15";
  return reader.orders.length > 0 ? "P10" : "None";
}

/** 40. Do not disturb: contacted three times in a week, complained in 90 days, or in an open dispute. */
function doNotDisturb(reader: Reader, { now }: Media): boolean {
  return (
    within(reader.contacts, now - 7 * DAY, now) >= 3 ||
    within(reader.complaints, now - 90 * DAY, now) > 0 ||
    reader.disputes.includes("open")
  );
}

/** The answers of the publisher's twelve. */
export function readPlainly(media: Media): readonly Answer[] {
  const { readers, prospects } = media;
  const best = champions(media);
  const like = likeChampions(media, best);
  return [
    answer(3, "BirthdayWeek", readers, (r) => birthdayWeek(r, media)),
    answer(11, "SlowingDown", readers, (r) => slowingDown(r, media)),
    answer(13, "EngagedReaders", readers, engagedReaders),
    ...["New", "Active", "Cooling", "Lapsed", "Prospect"].map((stage) =>
      answer(21, `LifeStage.${stage}`, readers, (r) => lifeStage(r, media) === stage),
    ),
    answer(22, "LongSubscribers", readers, (r) => longSubscribers(r, media)),
    answer(23, "Champions", readers, (r) => best.has(r.id)),
    answer(27, "LikeChampions", prospects, (p) => like.has(p.id)),
    answer(34, "Mailable", readers, (r) => mailable(r, media)),
    answer(37, "WinterSale", readers, (r) => winterSale(r, media)),
    answer(37, "Global10.Holdout", readers, heldOut),
    ...["P25", "P15", "P10", "None"].map((tier) =>
      answer(38, `Offer.${tier}`, readers, (r) => offer(r, media, best) === tier),
    ),
    answer(39, "SlowingDownJune", readers, (r) => media.slowingDownJune.includes(r.id)),
    answer(40, "DoNotDisturb", readers, (r) => doNotDisturb(r, media)),
  ];
}
