/** One of the ways that are held side by side. `run` does all of the work once and answers something that depends on it. */
export interface Way {
  readonly name: string;
  readonly run: () => unknown;
}

/** What was measured of one way. */
export interface Measured {
  readonly name: string;
  /** Milliseconds for all of the work: the median over the rounds. */
  readonly milliseconds: number;
  /** How many times the first way's time: the median over the rounds of the two times of one round. */
  readonly ratio: number;
}

/**
 * Times ways against the first one: in every round each runs once, in an order that turns from round to round, so that what disturbs the machine
 * disturbs all of them. Before the rounds that count are at least three, and as many as fit into `warmUp` milliseconds: engines of JavaScript make
 * code fast while it runs. `now` answers milliseconds.
 */
export function sideBySide(
  ways: readonly Way[],
  now: () => number,
  { warmUp, rounds }: { readonly warmUp: number; readonly rounds: number },
): readonly Measured[] {
  const times = ways.map((): number[] => []);
  const round = (turn: number, counts: boolean): void => {
    for (let i = 0; i < ways.length; i++) {
      const at = (i + turn) % ways.length;
      const start = now();
      sink = (ways[at] as Way).run();
      const took = now() - start;
      if (counts) (times[at] as number[]).push(took);
    }
  };
  const begin = now();
  for (let turn = 0; turn < LEAST_WARM_UP || now() - begin < warmUp; turn++) round(turn, false);
  for (let turn = 0; turn < rounds; turn++) round(turn, true);
  const first = times[0] as number[];
  return ways.map(({ name }, i) => {
    const own = times[i] as number[];
    return { name, milliseconds: median(own), ratio: median(own.map((t, round) => t / (first[round] as number))) };
  });
}

const LEAST_WARM_UP = 3;

/** Keeps what was worked out from being left away. */
export let sink: unknown = null;

/** The middle one, the lower of two. */
export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[(values.length - 1) >> 1] as number;
}
