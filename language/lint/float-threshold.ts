import { diagnose } from "../diagnostics/catalog.ts";
import type { Origin, Test, Value } from "../meaning/ir.ts";
import type { Program } from "../meaning/program.ts";
import { walkRoots } from "./roots.ts";
import type { Linted, Rule } from "./rule.ts";

type Sum = Extract<Value, { kind: "aggregate" }>;

/** A sum of floats beside a threshold, wherever the threshold stands; each sum is told once. */
export const floatThreshold: Rule = (project) => {
  const { program } = project;
  const found = new Map<string, { readonly sum: Sum; readonly at: Origin }>();
  walkRoots(program, {
    pred: (pred) => {
      if (pred.kind !== "test") return true;
      for (const value of compared(pred.test)) {
        for (const sum of sumsIn(value, program)) {
          const key = `${sum.origin.file} ${sum.origin.span.start} ${sum.origin.span.end}`;
          if (!found.has(key)) found.set(key, { sum, at: pred.origin });
        }
      }
      return true;
    },
  });
  return [...found.values()].map(({ sum, at }) => finding(sum, at, project));
};

function compared(test: Test): readonly Value[] {
  switch (test.kind) {
    case "compare":
      return test.op === "=" ? [] : [test.left, test.right];
    case "between":
      return [test.value, ...(test.from === null ? [] : [test.from]), ...(test.to === null ? [] : [test.to])];
    default:
      return [];
  }
}

/** The sums of floats that a number is worked out of. A trait is looked into where it is compared. */
function sumsIn(value: Value, program: Program): readonly Sum[] {
  switch (value.kind) {
    case "aggregate":
      return value.fn === "sum" && value.type.kind === "float" ? [value] : [];
    case "trait": {
      const body = program.traits.get(value.name)?.value;
      return body?.kind === "aggregate" ? sumsIn(body, program) : [];
    }
    case "arithmetic":
      return [...sumsIn(value.left, program), ...sumsIn(value.right, program)];
    case "negate":
      return sumsIn(value.operand, program);
    case "widen":
      return sumsIn(value.value, program);
    case "else":
      return [...sumsIn(value.value, program), ...sumsIn(value.fallback, program)];
    default:
      return [];
  }
}

function finding(sum: Sum, at: Origin, { written, model }: Linted) {
  const of = sum.of;
  const field = of?.kind === "field" ? model.entities.get(of.row.entity)?.fields.get(of.field) : undefined;
  const text = written.text(sum.origin);
  const elsewhere =
    at.file !== sum.origin.file || at.span.start > sum.origin.span.start || at.span.end < sum.origin.span.end;
  const related = [
    ...(field === undefined ? [] : [{ ...field.place, message: "The field is declared here." }]),
    ...(elsewhere ? [{ ...at, message: "The threshold stands here." }] : []),
  ];
  const params = { text, of: of === null ? text : written.text(of.origin) };
  return diagnose("float-threshold", params, sum.origin, { related });
}
