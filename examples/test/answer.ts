/** Who is in one of the forty segments, read by hand. A segmentation has an answer for each tier. */
export interface Answer {
  /** Its number among the forty. */
  readonly number: number;
  /** The segment's name, or `Segmentation.Tier`. */
  readonly name: string;
  /** The keys of everybody whom it is about. */
  readonly everybody: readonly string[];
  readonly members: readonly string[];
}

/** Something with a key. */
interface Keyed {
  readonly id: string;
}

/** The answer of a test that is put to everybody. */
export function answer<A extends Keyed>(
  number: number,
  name: string,
  everybody: readonly A[],
  is: (one: A) => boolean,
): Answer {
  const keys = (list: readonly A[]): readonly string[] => list.map(({ id }) => id);
  return { number, name, everybody: keys(everybody), members: keys(everybody.filter(is)) };
}

/** What each fifth begins with is how many stand strictly below: 5 is the highest, equal values share a fifth. */
export function fifth(value: number, all: readonly number[]): number {
  let below = 0;
  for (const other of all) if (other < value) below++;
  return 1 + Math.floor((5 * below) / all.length);
}
