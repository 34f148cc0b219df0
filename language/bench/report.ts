import { type Measured, sideBySide, type Way } from "./measure.ts";

/** Ways to do one thing, to be held side by side. Ratios are times of the first way. */
export interface Comparison {
  readonly title: string;
  readonly explanation: string;
  /** What a time is divided by. */
  readonly per: { readonly unit: string; readonly count: number };
  /** Letters that are read in all; null where text is not what counts. */
  readonly bytes: number | null;
  readonly ways: readonly Way[];
  readonly goals: readonly Goal[];
}

/** How many times as long as `of` a way may, or must, take. */
export type Goal =
  | { readonly way: string; readonly of: string; readonly atMost: number }
  | { readonly way: string; readonly of: string; readonly atLeast: number };

/** One comparison, measured: as Markdown, and the goals that were missed. */
export interface Section {
  readonly text: string;
  readonly missed: readonly string[];
}

/** Milliseconds of warming up for each round that counts. */
const WARM_UP = 500;

/** Measures and tells. */
export function sectionOf(comparison: Comparison, now: () => number, rounds: number): Section {
  const measured = sideBySide(comparison.ways, now, { warmUp: rounds * WARM_UP, rounds });
  const judged = comparison.goals.map((goal) => judge(goal, measured));
  const text = [
    `## ${comparison.title}`,
    "",
    comparison.explanation,
    "",
    ...table(comparison, measured),
    ...judged.flatMap(({ sentence }) => ["", sentence]),
  ].join("\n");
  return { text, missed: judged.flatMap(({ met, sentence }) => (met ? [] : [sentence])) };
}

function table({ per, bytes }: Comparison, measured: readonly Measured[]): readonly string[] {
  const speed = bytes === null ? [] : [" MB/s"];
  const rows = measured.map(({ name, milliseconds, ratio }) => {
    const each = ((milliseconds * 1000) / per.count).toFixed(1);
    const perSecond = bytes === null ? [] : [` ${(bytes / 1000 / milliseconds).toFixed(1)}`];
    return [` ${name}`, ` ${each}`, ...perSecond, ` ${ratio.toFixed(2)}`];
  });
  const head = ["", ` µs a ${per.unit}`, ...speed, " ratio"];
  return [head, head.map((_, i) => (i === 0 ? " ---" : " ---:")), ...rows].map((cells) => `|${cells.join(" |")} |`);
}

function judge(goal: Goal, measured: readonly Measured[]): { readonly met: boolean; readonly sentence: string } {
  const ratioOf = (name: string): number => {
    const found = measured.find((m) => m.name === name);
    if (found === undefined) throw new Error(`${name} was not measured`);
    return found.ratio;
  };
  const ratio = ratioOf(goal.way) / ratioOf(goal.of);
  const met = "atMost" in goal ? ratio <= goal.atMost : ratio >= goal.atLeast;
  const bound = "atMost" in goal ? `at most ${goal.atMost}` : `at least ${goal.atLeast}`;
  const sentence = `Goal: ${goal.way} takes ${bound} times as long as ${goal.of}; it took ${ratio.toFixed(2)} times: ${met ? "met" : "missed"}.`;
  return { met, sentence };
}
