import { CHECK_FORMATS } from "./report/check-formats.ts";

/** A verb as its help shows it. */
export interface Verb {
  readonly name: string;
  readonly arguments: string;
  /** One line for the list of verbs. */
  readonly summary: string;
  readonly description: string;
  readonly group: string;
  /** What `--format` takes. */
  readonly formats: readonly string[];
  /** Command lines and what they do. */
  readonly examples: readonly (readonly [string, string])[];
}

/** The verbs of this version, in the order of the help. */
export const VERBS = {
  check: {
    name: "check",
    arguments: "[paths|names...]",
    summary: "syntax, names, types and meaning",
    description:
      "Checks the project, or the files and declarations named. Findings go to stdout; exit 1 where there are errors.",
    group: "While writing:",
    formats: CHECK_FORMATS,
    examples: [
      ["seg check", "the whole project"],
      ["seg check segments.seg Loyal", "one file and one declaration"],
      ["seg check --fix", "mend what has one obvious repair"],
      ["seg check --format json --max-warnings 0", "for CI"],
      ["seg check - --stdin-filename segments.seg < draft.seg", "a text that is not saved yet"],
    ],
  },
  run: {
    name: "run",
    arguments: "[paths|names...]",
    summary: "sizes, shares and members",
    description:
      "Counts segments on a connection of `seglang.json`, as of the start of the run or any other instant. It never judges.",
    group: "With segments that hold:",
    formats: ["pretty", "json"],
    examples: [
      ["seg run", "every segment's size"],
      ["seg run Loyal Winback --as-of 2026-06-30", "two of them, as of a day's start"],
      ["seg run Loyal --members", "the keys of its members"],
      ["seg run Loyal --out loyal.csv", "the same as a file"],
    ],
  },
  compile: {
    name: "compile",
    arguments: "[paths|names...]",
    summary: "SQL and its typed parameters",
    description:
      "Prints the SQL of segments, or writes it to files. The same text, as-of and options give the same SQL, byte for byte.",
    group: "With segments that hold:",
    formats: ["pretty", "json"],
    examples: [
      ["seg compile Loyal --dialect postgres", "SQL with its parameters"],
      ["seg compile Loyal --dialect duckdb --inline", "SQL alone, to be piped"],
      ["seg compile --dialect all --out sql --as-of 2026-07-01", "a file for each segment and dialect"],
      ["seg compile --dialect all --out sql --check", "whether these files are up to date"],
    ],
  },
  rule: {
    name: "rule",
    arguments: "[codes...]",
    summary: "what a code means, and how it is mended",
    description:
      "Explains codes of findings: what each means, an example that has it, the same mended. Without any, lists all of them.",
    group: "While writing:",
    formats: ["pretty", "json"],
    examples: [
      ["seg rule SEG2001", "one code"],
      ["seg rule and-or other-quotes", "two, by their names"],
      ["seg rule", "the list of all"],
    ],
  },
} as const satisfies Readonly<Record<string, Verb>>;

/** Verbs that the command will have, by name: told apart from misspellings. */
export const LATER: readonly string[] = [
  "init",
  "fmt",
  "explain",
  "test",
  "prove",
  "diff",
  "stats",
  "materialize",
  "stream",
  "export",
  "import",
  "ci",
  "list",
  "graph",
  "dialects",
  "cache",
  "doctor",
  "completion",
  "play",
  "lsp",
];
