import type { Origin, Value, Window } from "./ir.ts";
import type { Allowed } from "./reason-set.ts";

/** What is limited: a value, a comparison of two, a bucket. Two terms are the same where their keys are. */
export interface Term {
  readonly key: string;
  readonly step: bigint | null;
  /** What it may be whatever the data. */
  readonly base: Allowed;
  /** What it may be in data that keeps what the model says. */
  readonly declared: Allowed;
  /** Null where it is no value. */
  readonly value: Value | null;
}

/** A condition as the reasoner sees it: no negation but in what it consists of, references in place where they are small. */
export type Form =
  | { readonly kind: "always"; readonly value: boolean; readonly origin: Origin }
  | { readonly kind: "and" | "or"; readonly items: readonly Form[]; readonly origin: Origin }
  /** Holds exactly where the term is one of the allowed values (missing is one). */
  | { readonly kind: "limits"; readonly term: Term; readonly allowed: Allowed; readonly origin: Origin }
  /** Holds exactly where the term lies in the window; `positive` false: where it does not, or is missing. */
  | {
      readonly kind: "window";
      readonly term: Term;
      readonly window: Window;
      readonly positive: boolean;
      readonly origin: Origin;
    }
  /** Something else that holds, or not. */
  | { readonly kind: "atom"; readonly key: string; readonly positive: boolean; readonly origin: Origin };

/** A text that two forms share only where they hold for the same rows. */
export function formKey(
  form: Form,
  limits: (form: Extract<Form, { kind: "limits" }>) => string,
  window: (w: Window) => string,
): string {
  switch (form.kind) {
    case "always":
      return String(form.value);
    case "and":
    case "or": {
      const items = new Set(form.items.map((item) => formKey(item, limits, window)));
      return items.size === 1 ? ([...items][0] as string) : `(${form.kind} ${[...items].sort().join(" ")})`;
    }
    case "limits":
      return limits(form);
    case "window":
      return `${form.positive ? "" : "!"}${form.term.key} in ${window(form.window)}`;
    case "atom":
      return `${form.positive ? "" : "!"}${form.key}`;
  }
}

/** How many tests a form has. */
export function sizeOf(form: Form): number {
  return form.kind === "and" || form.kind === "or" ? form.items.reduce((sum, item) => sum + sizeOf(item), 1) : 1;
}
