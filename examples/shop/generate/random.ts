/** A stream of numbers that depends on its seed alone. */
export interface Random {
  /** A whole number from `low` to `high`, both included. */
  readonly between: (low: number, high: number) => number;
  /** Whether something happens that happens `percent` times in a hundred. */
  readonly chance: (percent: number) => boolean;
  readonly pick: <T>(options: readonly T[]) => T;
  /** One of `options`, each as often as its weight says. */
  readonly weighted: <T>(options: readonly (readonly [weight: number, value: T])[]) => T;
}

/** sfc32 (Chris Doty-Humphrey, PractRand), whole numbers only, so that every machine draws the same. */
export function random(seed: number): Random {
  let a = 0;
  let b = 0;
  let c = seed | 0;
  let counter = 1;
  const next = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return sum >>> 0;
  };
  for (let i = 0; i < 16; i++) next();

  const between = (low: number, high: number): number => low + (next() % (high - low + 1));
  return {
    between,
    chance: (percent) => between(1, 10_000) <= percent * 100,
    pick: (options) => options[between(0, options.length - 1)] as (typeof options)[number],
    weighted: (options) => {
      let left = between(
        1,
        options.reduce((sum, [weight]) => sum + weight, 0),
      );
      for (const [weight, value] of options) {
        left -= weight;
        if (left <= 0) return value;
      }
      return (options[0] as (typeof options)[number])[1];
    },
  };
}
