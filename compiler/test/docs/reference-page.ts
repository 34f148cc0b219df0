import type { MissingRule, Operand, Operator, Signature } from "../../../language/operators/operator.ts";
import { describeAccepts, type Result } from "../../../language/operators/signature.ts";
import { OPERATOR_IDS, OPERATORS } from "../../../language/operators/table.ts";
import { printType } from "../../../language/types/print.ts";

const KINDS: readonly (readonly [Operator["kind"], string, string])[] = [
  ["operator", "Operators", "Between, before or after values and conditions."],
  ["step", "Steps of collections", "Behind a collection and a dot. The first operand is the collection itself."],
  ["function", "Functions", "Written by their names, with what they take in parentheses."],
  ["window", "Windows", "Stretches of time, after `in` or inside `.during(…)`."],
];

/** What happens where an operand is missing, as a sentence. */
const MISSING: Readonly<Record<MissingRule, string>> = {
  false: "A missing operand: it does not hold.",
  true: "A missing operand: it holds, for it is `not` around a test.",
  sees: "It asks for just that.",
  missing: "A missing operand: the answer is missing.",
  skipped: "Missing values are skipped; of nothing it is 0.",
  skippedToMissing: "Missing values are skipped; of nothing it is missing.",
  outside: "An element for which it is missing is left out.",
  operand: "It has no rule of its own: its conditions have theirs.",
  nothing: "A missing bound: the window holds nothing.",
  never: "Nothing in it can be missing.",
};

/** `docs/reference.md`: every row of the table of operators, and nothing else. */
export function referencePage(): string {
  return [
    "# Reference",
    "",
    "Every operator, step, function and window, made from the table that the parser, the checker and editors read (`npm run docs`).",
    "[The language](language.md) tells how they go together.",
    ...KINDS.flatMap(([kind, title, words]) => [
      "",
      `## ${title}`,
      "",
      words,
      ...OPERATOR_IDS.map((id) => OPERATORS[id])
        .filter((row) => row.kind === kind)
        .flatMap(section),
    ]),
    "",
  ].join("\n");
}

function section(row: Operator): readonly string[] {
  const [word = "", ...others] = row.words;
  const also = [...others, ...(row.symbol === null ? [] : [row.symbol])];
  const said = also.length === 0 ? "" : ` Also written ${also.map((w) => `\`${w}\``).join(", ")}.`;
  const tightness = row.level === null ? "" : ` Binds like \`${row.level}\`.`;
  const folding = row.ignoringCase ? " `ignoring case` may follow." : "";
  return [
    "",
    `### \`${row.kind === "step" ? "." : ""}${word}\``,
    "",
    `${row.doc}${said}${folding}${tightness}`,
    "",
    ...row.signatures.map((s) => `- ${signatureWords(row, s)}`),
    `- ${MISSING[row.missing]}`,
    `- For example \`${row.example}\`.`,
  ];
}

function signatureWords(row: Operator, { operands, result }: Signature): string {
  const own = row.kind === "step" ? operands.slice(1) : operands;
  const taken = own.length === 0 ? "takes nothing" : `takes ${list(own.map(operandWords))}`;
  return `${sentence(taken)}${row.kind === "window" ? "." : `; gives ${resultWords(result, operands)}.`}`;
}

const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

function operandWords({ name, accepts, label, required }: Operand): string {
  const words = `${label === null ? `*${name}*` : `\`${label}:\``}, ${describeAccepts(accepts)}`;
  return required ? words : `${words} (may be left out)`;
}

function resultWords(result: Result, operands: readonly Operand[]): string {
  const nameOf = (index: number): string => operands[index]?.name ?? "operand";
  switch (result.kind) {
    case "condition":
      return "yes or no";
    case "fixed":
      return printType(result.type);
    case "same":
      return `the type of *${nameOf(result.of)}*`;
    case "joined":
      return "the type that holds both";
    case "arithmetic":
      return result.op === "/" ? "float" : "the wider type of the two";
    case "sum":
      return `the type of *${nameOf(result.of)}*`;
    case "element":
      return "one element";
    case "gaps":
      return "the waits between the elements";
    case "groups":
      return "groups of the elements";
  }
}

const list = (items: readonly string[]): string =>
  items.length < 2 ? items.join("") : `${items.slice(0, -1).join("; ")}; and ${items.at(-1)}`;
