import { CHECK_FORMATS } from "./report/format-names.ts";

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
  init: {
    name: "init",
    arguments: "[dir]",
    summary: "a new project, with a little data to count",
    description:
      "Writes `seglang.json`, a model, segments and a little data; with `--from`, a model of your files. Nothing is written where a project is already.",
    group: "To begin:",
    formats: ["pretty", "json"],
    examples: [
      ["seg init", "in this folder"],
      ["seg init shop", "in a folder of its own"],
      ["seg init --from customers.csv --from orders.csv", "over files; segments are about the first"],
    ],
  },
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
  fmt: {
    name: "fmt",
    arguments: "[paths...]",
    summary: "canonical layout, meaning and comments kept",
    description:
      "Writes files in their canonical layout and lists those that changed. A file with syntax errors is left as it is: its findings go to stdout, exit 1.",
    group: "While writing:",
    formats: CHECK_FORMATS,
    examples: [
      ["seg fmt", "every file of the project"],
      ["seg fmt segments.seg more/", "one file and one folder"],
      ["seg fmt --check", "for CI: writes nothing, exit 1 if a file would change"],
      ["seg fmt - < draft.seg", "a text that is not saved yet, to stdout"],
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
  explain: {
    name: "explain",
    arguments: "<name> [key]",
    summary: "a segment in plain words; why somebody is in or out",
    description:
      "Tells a segment in plain words, with the dates of its windows. With a key: the tree of its conditions, the values and rows that decided, and the nearest change that would turn the answer round.",
    group: "With segments that hold:",
    formats: ["pretty", "json"],
    examples: [
      ["seg explain Loyal", "what it asks, in plain words"],
      ["seg explain Loyal 17 --as-of 2026-06-30", "why customer 17 is in or out"],
      ["seg explain SEG2001", "a code, as `seg rule` does"],
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
  test: {
    name: "test",
    arguments: "[paths|names...]",
    summary: "the tests of segments, on people made up",
    description:
      "Runs the `test` declarations of the project, or those of the files and segments named; each says its own as-of. Exit 1 where one fails.",
    group: "While writing:",
    formats: CHECK_FORMATS,
    examples: [
      ["seg test", "all of them"],
      ["seg test Loyal", "those of one segment"],
      ["seg test --format github", "for CI"],
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
  list: {
    name: "list",
    arguments: "[paths|names...]",
    summary: "the catalogue: owners, tags, what needs what",
    description:
      "Lists segments with their title, text, owner and tags, the segments, traits and params they name, and the entities they read.",
    group: "With segments that hold:",
    formats: ["pretty", "json"],
    examples: [
      ["seg list", "every segment of the project"],
      ["seg list Loyal", "one of them"],
      ["seg list --format json", "for a catalogue elsewhere"],
    ],
  },
  dialects: {
    name: "dialects",
    arguments: "[names...]",
    summary: "engines, and how each is verified",
    description: "Tells of each engine how its SQL is verified, and what it cannot express.",
    group: "About the command:",
    formats: ["pretty", "json"],
    examples: [
      ["seg dialects", "all of them"],
      ["seg dialects sqlite", "one of them"],
    ],
  },
  doctor: {
    name: "doctor",
    arguments: "",
    summary: "versions, and which connections answer",
    description:
      "Reports the versions of what the command runs on, and tries each connection. No secret and no address is in the report.",
    group: "About the command:",
    formats: ["pretty", "json"],
    examples: [
      ["seg doctor", "of the project here"],
      ["seg doctor --format json", "to attach to a report"],
    ],
  },
  completion: {
    name: "completion",
    arguments: "<shell>",
    summary: "completion for bash, zsh, fish, powershell",
    description: "Prints a script that completes verbs, options and the names of segments.",
    group: "About the command:",
    formats: [],
    examples: [
      ["source <(seg completion bash)", "bash; in ~/.bashrc for always"],
      ["source <(seg completion zsh)", "zsh, after compinit"],
      ["seg completion fish | source", "fish"],
      ["seg completion powershell | Out-String | iex", "PowerShell"],
    ],
  },
} as const satisfies Readonly<Record<string, Verb>>;

/** Verbs that the command will have, by name: told apart from misspellings. */
export const LATER: readonly string[] = [
  "prove",
  "diff",
  "stats",
  "materialize",
  "stream",
  "export",
  "import",
  "ci",
  "graph",
  "cache",
  "play",
  "lsp",
];
