import type { Origin, Pred, Value } from "../../language/meaning/ir.ts";
import type { Program } from "../../language/meaning/program.ts";
import { keyText, type Person } from "../predicate/interpret.ts";
import type { Privacy } from "./privacy.ts";

/** What a sentence about one person is made from. */
export interface Asking {
  readonly program: Program;
  readonly person: Person;
  readonly privacy: Privacy;
  /** The words of the text there, on one line. */
  readonly words: (origin: Origin) => string;
}

/** More parts than this are not listed. */
const MOST = 4;

/** Why a condition holds for a person, or does not: the parts that decided, with their values. */
export function because(pred: Pred, asking: Asking): string {
  const parts = deciding(pred, holdsFor(pred, asking), asking, new Set());
  const shown = [...new Set(parts)];
  const more = shown.length > MOST ? [`${shown.length - MOST} more`] : [];
  return [...shown.slice(0, MOST), ...more].join("; ");
}

/** The parts of a condition that make it what it is. */
function deciding(pred: Pred, holds: boolean, asking: Asking, seen: ReadonlySet<string>): readonly string[] {
  switch (pred.kind) {
    case "not":
      return deciding(pred.item, !holds, asking, seen);
    case "and":
    case "or": {
      // Whoever wants it otherwise has to change each of these.
      const same = pred.items.filter((item) => holdsFor(item, asking) === holds);
      return same.flatMap((item) => deciding(item, holds, asking, seen));
    }
    case "test": {
      const { test } = pred;
      const segment = test.kind === "segment" ? asking.program.segments.get(test.name) : undefined;
      const isSame = test.kind === "segment" && test.row.kind === "scope" && test.row.depth === 0;
      if (segment !== undefined && isSame && !seen.has(segment.name))
        return deciding(segment.condition, holds, asking, new Set([...seen, segment.name]));
      return [leaf(pred, holds, asking)];
    }
    case "always":
    case "countOf":
    case "settled":
      return [leaf(pred, holds, asking)];
  }
}

function leaf(pred: Pred, holds: boolean, asking: Asking): string {
  const values = pred.kind === "test" ? valuesIn(pred.test, asking) : [];
  const since = values.length === 0 ? "" : `, where ${values.join(" and ")}`;
  return `\`${asking.words(pred.origin)}\` ${holds ? "holds" : "does not hold"}${since}`;
}

/** The values on both sides of a test, as they are for the person; not those that the text says itself, nor any that must not be shown. */
function valuesIn(test: Extract<Pred, { kind: "test" }>["test"], asking: Asking): readonly string[] {
  const values: readonly Value[] =
    test.kind === "compare"
      ? [test.left, test.right]
      : test.kind === "oneOf" || test.kind === "between" || test.kind === "inWindow" || test.kind === "text"
        ? [test.value]
        : [];
  return values.flatMap((value) => {
    const bare = value.kind === "widen" || value.kind === "local_date" ? value.value : value;
    if (bare.kind === "const" || asking.privacy.shown(bare, () => "") !== "") return [];
    const { row, evaluate } = asking.person;
    const cell = evaluate(bare, [row]);
    const shown = cell === null ? null : keyText(cell, bare.type);
    return [`\`${asking.words(bare.origin)}\` is ${shown ?? "missing"}`];
  });
}

const holdsFor = (pred: Pred, { person }: Asking): boolean => person.holds(pred, [person.row]);
