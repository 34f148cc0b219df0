import { ARITHMETIC } from "./arithmetic.ts";
import { CALENDAR } from "./calendar.ts";
import { COMPARISONS } from "./comparisons.ts";
import { FUNCTIONS } from "./functions.ts";
import { LOGIC } from "./logic.ts";
import type { Operator } from "./operator.ts";
import { PARTS, RANKS } from "./population.ts";
import { STEPS } from "./steps.ts";
import { WINDOWS } from "./windows.ts";

const NAMED = { ...FUNCTIONS, ...CALENDAR, ...PARTS };
const TABLE = { ...COMPARISONS, ...LOGIC, ...ARITHMETIC, ...STEPS, ...NAMED, ...RANKS, ...WINDOWS };

/** The name of a row: what evaluators and tests that must handle every operator count by. */
export type OperatorId = keyof typeof TABLE;
export type StepId = keyof typeof STEPS;
export type FunctionId = keyof typeof NAMED;

/** Every operator, function, collection step and window of the language. */
export const OPERATORS: Readonly<Record<OperatorId, Operator>> = TABLE;

/** Every row's name, in the order of the reference. */
export const OPERATOR_IDS = Object.keys(TABLE) as readonly OperatorId[];

function byWord<Id extends OperatorId>(rows: Readonly<Record<Id, Operator>>): ReadonlyMap<string, Id> {
  return new Map((Object.keys(rows) as Id[]).flatMap((id) => rows[id].words.map((word) => [word, id] as const)));
}

/** The steps by what stands after the dot; `keys()` are the candidates of did-you-mean and completion. */
export const STEP_WORDS: ReadonlyMap<string, StepId> = byWord<StepId>(STEPS);

/** The functions by their names. */
export const FUNCTION_WORDS: ReadonlyMap<string, FunctionId> = byWord<FunctionId>(NAMED);

/** The functions that take more values of the kind of their last operand. */
export const TAKING_MORE: ReadonlySet<FunctionId> = new Set(["least", "greatest"]);

/** All rows with this spelling (`-` is two operators, `last` a step and a window). */
export function operatorsNamed(word: string): readonly OperatorId[] {
  return OPERATOR_IDS.filter((id) => OPERATORS[id].words.includes(word));
}
