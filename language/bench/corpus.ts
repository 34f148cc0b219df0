/** A seeded source of choices: the same seed gives the same corpus on every machine. */
function choices(seed: number): {
  readonly below: (n: number) => number;
  readonly pick: <A>(items: readonly A[]) => A;
} {
  let state = seed >>> 0;
  const below = (n: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 4_294_967_296) * n);
  };
  return { below, pick: (items) => items[below(items.length)] as (typeof items)[number] };
}

/** What the segments of the corpus are about. */
export const MODEL = `default entity Customer from customers {
  id             : text key
  region         : text optional
  plan           : text optional
  email          : text optional
  age            : integer optional
  lifetime_value : decimal(12, 2)
  refunds        : decimal(12, 2)
  orders         : integer
  consent        : boolean
  purchases      : many Purchase by customer_id
  visits         : many Visit by customer_id
}

event Purchase from purchases at ordered_at {
  order_id   : text key
  ordered_at : timestamp
  amount     : decimal(12, 2)
  category   : text optional
}

event Visit from visits at visited_at {
  visited_at : timestamp
  page       : text optional
}
`;

/** One condition of a kind that segments are made of. */
function leaf(seed: ReturnType<typeof choices>): string {
  const { below, pick } = seed;
  return pick([
    () => `purchases.last${pick([7, 30, 90, 365])}d > ${below(9)}`,
    () => `region in ["EU", "US", "${pick(["UK", "APAC", "LATAM"])}"]`,
    () =>
      `purchases.where(category = "${pick(["shoes", "bags", "toys"])}" and amount >= ${below(100)}.5).last${pick([7, 30, 90])}d.count >= ${below(5)}`,
    () => `age >= ${18 + below(40)}`,
    () => `email contains "${pick(["gmail", "corp"])}"`,
    () => `(lifetime_value - refunds) / orders > ${below(50)} * 1.5`,
    () => `plan = "pro"`,
    () => `no visits.last${pick([7, 30, 90])}d`,
    () => `age in ${18 + below(10)}..${30 + below(30)}`,
    () => "consent",
    () => "plan is known",
    () => `purchases.last${pick([1, 2])}y.sum(amount) >= ${100 * below(10)}`,
  ])();
}

function condition(seed: ReturnType<typeof choices>, depth: number): string {
  if (depth === 0 || seed.below(3) === 0) return leaf(seed);
  const word = seed.pick([" and ", " or "]);
  const items = Array.from({ length: 2 + seed.below(2) }, () => condition(seed, depth - 1));
  const joined = `(${items.join(word)})`;
  return seed.below(5) === 0 ? `not ${joined}` : joined;
}

/** Segments of the core grammar, some 170 letters each, as texts of their own. */
export function corpus(count: number): readonly string[] {
  const seed = choices(5);
  return Array.from({ length: count }, (_, i) => {
    const items = Array.from({ length: 2 + seed.below(2) }, () => condition(seed, 1));
    return `// Segment ${i} of the corpus.\nsegment Seg${i} where ${items.join("\n  and ")}\n`;
  });
}
