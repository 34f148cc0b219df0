import type { Const } from "../../language/meaning/ir.ts";
import type { Constant } from "./term.ts";

/** The constant, without where it was written. */
export const constant = ({ type, value }: Const): Constant => ({ kind: "constant", type, value });
