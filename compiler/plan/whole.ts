import type { CompareOp } from "../../language/meaning/ir.ts";
import { INTEGER_MAX, INTEGER_MIN } from "../../language/types/number.ts";
import { INTEGER } from "../../language/types/type.ts";
import type { Atom, Constant, Term } from "./term.ts";

/**
 * An integer that is held against decimals which are written down is held against integers: `n > 2.5` is `n > 2`. It stays exact up to the ends
 * of 64 bits on engines that would have to multiply it first. Null where the atom is not of this kind.
 */
export function wholeNumbers(atom: Atom): Atom | null {
  if (atom.kind === "compare") {
    const value = integerUnder(atom.left);
    if (value === null || atom.right.kind !== "constant") return null;
    const bound = wholeBound(atom.op, String(atom.right.value));
    if (bound === null) return null;
    if (bound === "none") return { kind: "oneOf", value, options: [], ignoreCase: false };
    return { ...atom, left: value, right: bound };
  }
  if (atom.kind !== "oneOf") return null;
  const value = integerUnder(atom.value);
  if (value === null) return null;
  const options = atom.options.map((option) => wholeBound("=", String(option.value)));
  if (options.includes(null)) return null;
  return { ...atom, value, options: options.filter((option) => option !== "none" && option !== null) };
}

function integerUnder(term: Term): Term | null {
  if (term.kind !== "widen" || term.type.kind !== "decimal") return null;
  return term.value.type.kind === "integer" ? term.value : integerUnder(term.value);
}

/** The integer against which an integer is held as it is against the decimal; `none` where it equals no integer, null where that has no 64 bits. */
function wholeBound(op: CompareOp, decimal: string): Constant | "none" | null {
  const [whole = "0", fraction = ""] = decimal.split(".");
  const isWhole = /^0*$/.test(fraction);
  if (!isWhole && op === "=") return "none";
  const towardsZero = BigInt(whole);
  const floor = !isWhole && decimal.startsWith("-") ? towardsZero - 1n : towardsZero;
  const bound = !isWhole && (op === "<" || op === ">=") ? floor + 1n : floor;
  if (bound < INTEGER_MIN || bound > INTEGER_MAX) return null;
  return { kind: "constant", type: INTEGER, value: String(bound) };
}
