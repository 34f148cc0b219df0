import type { Signature } from "../operators/operator.ts";
import { accepts, placeArguments } from "../operators/signature.ts";
import { OPERATORS, type StepId } from "../operators/table.ts";
import type { Argument } from "../syntax/ast.ts";
import type { Type } from "../types/type.ts";

/** A step as it is written somewhere. */
export interface StepForm {
  readonly signature: Signature;
  /** The index of the operand that each argument is. */
  readonly places: readonly number[];
}

/** The signature of a step that takes what stands before its dot, and so many arguments with these labels; null where none does. */
export function stepForm(id: StepId, object: Type, args: readonly Argument[]): StepForm | null {
  const labels = args.map((arg) => arg.label?.text ?? null);
  for (const signature of OPERATORS[id].signatures) {
    const [first] = signature.operands;
    const places = first !== undefined && accepts(first.accepts, object) ? placeArguments(signature, labels, 1) : null;
    if (places !== null) return { signature, places };
  }
  return null;
}

/** Whether a collection is left. */
export const isNarrowing = ({ signature }: StepForm): boolean =>
  signature.result.kind === "same" && signature.result.of === 0;

/** Whether an argument is asked of each element; others are asked once, where the chain stands. */
export function isOverElements({ signature, places }: StepForm, argument: number): boolean {
  switch (signature.operands[places[argument] ?? 0]?.accepts) {
    case "condition":
    case "scalar":
    case "ordered":
    case "number":
    case "text":
      return true;
    default:
      return false;
  }
}

/** How a step is written, for one who wrote it with so many arguments. */
export function stepExample(id: StepId, count: number): string {
  const { words, signatures } = OPERATORS[id];
  const forms = signatures.map(({ operands }) =>
    operands.slice(1).map(({ name, label }) => (label === null ? name : `${label}: x`)),
  );
  const form = forms.find((one) => one.length >= count) ?? forms.at(-1) ?? [];
  return form.length === 0 ? `.${words[0]}` : `.${words[0]}(${form.join(", ")})`;
}

/** The arguments in the order of the operands behind the first; undefined where one is left out. */
export function argumentsIn({ places }: StepForm, args: readonly Argument[]): readonly (Argument | undefined)[] {
  const found: (Argument | undefined)[] = [];
  for (const [i, arg] of args.entries()) found[(places[i] ?? 1) - 1] = arg;
  return found;
}
