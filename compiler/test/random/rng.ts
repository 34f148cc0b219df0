/** A small seeded source of choices (mulberry32): the same seed gives the same choices on every machine. */
export interface Rng {
  /** A whole number from 0 to n - 1. */
  readonly below: (n: number) => number;
  readonly chance: (p: number) => boolean;
  readonly pick: <T>(items: readonly T[]) => T;
  /** A choice where an item with weight 2 comes twice as often as one with weight 1. */
  readonly weighted: <T>(items: readonly (readonly [number, T])[]) => T;
}

export function rng(seed: number): Rng {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const below = (n: number): number => Math.floor(next() * n);
  return {
    below,
    chance: (p) => next() < p,
    pick: (items) => items[below(items.length)] as (typeof items)[number],
    weighted: (items) => {
      let left = next() * items.reduce((sum, [w]) => sum + w, 0);
      for (const [w, item] of items) {
        left -= w;
        if (left < 0) return item;
      }
      return (items[items.length - 1] as (typeof items)[number])[1];
    },
  };
}
