import { type Answer, answer } from "../../test/answer.ts";
import { addDays, addMonths, ageOn, micros, monthsFrom } from "../../test/calendar.ts";
import { type Household, type Nonprofit, type Order, type Supporter, ZONE } from "./read.ts";

/** 36. Anyone with a pending erasure or objection is out of everything, always. */
function contactable(supporter: Supporter): boolean {
  return !supporter.requests.some(
    ({ kind, status }) => (kind === "erasure" || kind === "objection") && status === "open",
  );
}

/** 1. Adults of 25 to 34 living in France whose occupation we know and who are not students. */
function youngProfessional({ born, country, occupation }: Supporter, { today }: Nonprofit): boolean {
  if (born === null || occupation === null || occupation === "student" || country !== "FR") return false;
  return ageOn(today, born) >= 25 && ageOn(today, born) <= 34;
}

/** 2. Households with a child under two and more than one adult with an account. */
function youngFamily({ members }: Household, { today }: Nonprofit): boolean {
  let children = 0;
  let adults = 0;
  for (const member of members) {
    if (member.born === null || !contactable(member)) continue;
    const age = ageOn(today, member.born);
    if (age < 2) children++;
    if (age >= 18 && member.hasAccount === true) adults++;
  }
  return children > 0 && adults > 1;
}

/** 4. Care about sustainability: they said so in a survey, or a third or more of what they bought in six months is eco. */
function ecoMinded(supporter: Supporter, { now }: Nonprofit): boolean {
  const last = supporter.answers
    .filter(({ question }) => question === "sustainability")
    // Of two answers in one instant the higher score comes later, and none comes first.
    .toSorted((a, b) => a.at - b.at || (a.score ?? 0) - (b.score ?? 0))
    .at(-1);
  if (last !== undefined && last.score !== null && last.score >= 4) return true;
  const start = monthsFrom(now, -6, ZONE);
  const bought = supporter.orders.filter(({ at }) => at >= start).flatMap(({ items }) => items);
  const eco = bought.filter((tags) => tags.includes("eco"));
  return bought.length > 0 && 3 * eco.length >= bought.length;
}

/** Kilometres between two points on a sphere as large as the Earth, by the haversine formula. */
function kilometres(lat1: number, lon1: number, lat2: number, lon2: number): number {
  const radians = (degrees: number): number => (degrees * Math.PI) / 180;
  const half = (from: number, to: number): number => Math.sin(radians(to - from) / 2) ** 2;
  const h = half(lat1, lat2) + Math.cos(radians(lat1)) * Math.cos(radians(lat2)) * half(lon1, lon2);
  return 2 * 6_371.0088 * Math.asin(Math.sqrt(h));
}

/** 15. Live within 25 km of the Lyon store and visited it in the last year. */
function aroundLyon({ latitude, longitude, visits }: Supporter, { today }: Nonprofit): boolean {
  if (latitude === null || longitude === null || kilometres(latitude, longitude, 45.764, 4.8357) > 25) return false;
  return visits.some(({ on, store }) => store === "lyon" && on >= addMonths(today, -12));
}

const EU = "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK".split(" ");
/** The end of January 2020 in Brussels: the United Kingdom leaves. */
const BREXIT = micros("2020-01-31T23:00:00Z");
const inEu = (country: string, at: number): boolean => EU.includes(country) || (country === "GB" && at < BREXIT);

/** 16. Billed in the European Union but delivered to a country outside it, at the time of the order. */
function crossBorder({ orders }: Supporter): boolean {
  return orders.some(
    ({ at, billed, shipped }: Order) => billed !== null && shipped !== null && inEu(billed, at) && !inEu(shipped, at),
  );
}

/** 17. Live in a city that has a heat wave today: 32 degrees or more on each of the three days before. */
function heatWave({ weather }: Supporter, { today }: Nonprofit): boolean {
  for (const back of [1, 2, 3]) {
    const day = addDays(today, -back);
    if (!weather.some(({ on, degrees }) => on === day && degrees !== null && degrees >= 32)) return false;
  }
  return true;
}

/** 35. Leave out minors, and everybody whose age we do not know where the law is strict. */
function adult({ born, country }: Supporter, { today }: Nonprofit): boolean {
  if (born === null) return !["DE", "ES", "FR"].includes(country ?? "");
  return ageOn(today, born) >= 16;
}

/** The answers of the association's eight. */
export function readPlainly(nonprofit: Nonprofit): readonly Answer[] {
  const { supporters, households } = nonprofit;
  const all = (number: number, name: string, is: (s: Supporter) => boolean): Answer =>
    answer(number, name, supporters, (s) => contactable(s) && is(s));
  return [
    all(1, "YoungProfessionalsFR", (s) => youngProfessional(s, nonprofit)),
    answer(2, "YoungFamilies", households, (h) => youngFamily(h, nonprofit)),
    all(4, "EcoMinded", (s) => ecoMinded(s, nonprofit)),
    all(15, "AroundLyon", (s) => aroundLyon(s, nonprofit)),
    all(16, "CrossBorder", crossBorder),
    all(17, "HeatWave", (s) => heatWave(s, nonprofit)),
    all(35, "AdultsOnly", (s) => adult(s, nonprofit)),
    all(36, "Contactable", () => true),
  ];
}
