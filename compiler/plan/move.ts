import type { Duration } from "../../language/model/model.ts";
import type { Move } from "./term.ts";

/** Calendar steps are months; exact ones of a timestamp seconds, of a date days. */
export function moveOf({ amount, unit }: Duration): Move {
  switch (unit) {
    case "min":
      return { unit: "second", amount: amount * 60 };
    case "h":
      return { unit: "second", amount: amount * 3600 };
    case "d":
      return { unit: "day", amount };
    case "w":
      return { unit: "day", amount: amount * 7 };
    case "mo":
      return { unit: "month", amount };
    case "q":
      return { unit: "month", amount: amount * 3 };
    case "y":
      return { unit: "month", amount: amount * 12 };
  }
}
