import { entry } from "../entry.ts";

/** SEG7xxx: the model, the configuration, files and data. */
export const PROJECT = {
  "test-failed": entry<{ group: string; title: string; expected: string; got: string; because: string | null }>({
    number: "SEG7151",
    severity: "error",
    message: (p) => `${p.title}: expected ${p.expected} of \`${p.group}\`, got ${p.got}.`,
    help: (p) => (p.because === null ? null : `${p.because.charAt(0).toUpperCase()}${p.because.slice(1)}.`),
    explain:
      "A case of a `test` came out otherwise than it says. The help tells which conditions decided, and with which values.",
    bad: 'segment Europeans where region = "EU"\ntest Europeans as of 2026-06-30 {\n  "elsewhere" : { region: "NA" } is in\n}',
    good: 'segment Europeans where region = "EU"\ntest Europeans as of 2026-06-30 {\n  "elsewhere" : { region: "NA" } is out\n}',
  }),
  "test-not-run": entry<{ title: string; problem: string }>({
    number: "SEG7152",
    severity: "error",
    message: (p) => `${p.title}: the case cannot be decided.`,
    help: (p) => p.problem,
    explain:
      "The rows that a case makes up are wrong in themselves: two have the same key, or a sum does not fit its type.",
    bad: 'segment Members of Account where members\ntest Members as of 2026-06-30 {\n  "twice" : { members: 2 of { customer_id: "a" } } is in\n}',
    good: 'segment Members of Account where members\ntest Members as of 2026-06-30 {\n  "two" : { members: 2 of {} } is in\n}',
  }),
  // SEG74xx: configuration and files. `path` is where a setting stands: `connections.default.tables`.
  "unreadable-configuration": entry<{ found: string | null; expected: string }>({
    number: "SEG7401",
    severity: "error",
    message: (p) =>
      p.found === null
        ? `The file ends where ${p.expected} is expected.`
        : `\`${p.found}\` stands where ${p.expected} is expected.`,
    help: () => "Write JSON: names and texts in double quotes, no comments, no comma after the last entry.",
    explain:
      "`seglang.json` is strict JSON, so that every other tool reads it the same way. Comments, single quotes and trailing commas are not part of it.",
    bad: '{ "timezone": "UTC", }',
    good: '{ "timezone": "UTC" }',
  }),
  "unknown-setting": entry<{ name: string; path: string; nearest: string | null; known: readonly string[] }>({
    number: "SEG7402",
    severity: "error",
    message: (p) =>
      p.path === "" ? `There is no setting \`${p.name}\`.` : `There is no setting \`${p.name}\` in \`${p.path}\`.`,
    help: (p) =>
      p.nearest === null
        ? `The settings here are ${p.known.map((name) => `\`${name}\``).join(", ")}.`
        : `Write \`${p.nearest}\`.`,
    explain:
      "A setting that nobody reads is nearly always a misspelling, and a misspelt setting that is silently ignored gives other results than the file seems to say.",
    bad: '{ "timezon": "Europe/Berlin" }',
    good: '{ "timezone": "Europe/Berlin" }',
  }),
  "wrong-setting": entry<{ path: string; expected: string; found: string; nearest: string | null }>({
    number: "SEG7403",
    severity: "error",
    message: (p) =>
      p.path === ""
        ? `The configuration must be ${p.expected}, not ${p.found}.`
        : `\`${p.path}\` must be ${p.expected}, not ${p.found}.`,
    help: (p) => (p.nearest === null ? null : `Write \`${p.nearest}\`.`),
    explain: "The setting is known, its value is not one that it can have.",
    bad: '{ "timezone": 1 }',
    good: '{ "timezone": "UTC" }',
  }),
  "missing-setting": entry<{ path: string; names: readonly string[] }>({
    number: "SEG7404",
    severity: "error",
    message: (p) => `\`${p.path}\` lacks ${p.names.map((name) => `\`${name}\``).join(" and ")}.`,
    help: () => null,
    explain:
      "A connection says which engine it is of, and where its data is: `tables` or `path` for DuckDB, `path` for SQLite, `url` for a server.",
    bad: '{ "connections": { "default": { "engine": "sqlite" } } }',
    good: '{ "connections": { "default": { "engine": "sqlite", "path": "shop.db" } } }',
  }),
  "repeated-setting": entry<{ path: string }>({
    number: "SEG7405",
    severity: "error",
    message: (p) => `\`${p.path}\` is set twice.`,
    help: () => "Keep one of them.",
    explain:
      "Most readers of JSON silently take the last of two entries with one name; which of them was meant only its author knows.",
    bad: '{ "timezone": "UTC", "timezone": "Europe/Berlin" }',
    good: '{ "timezone": "Europe/Berlin" }',
  }),
  "unknown-time-zone": entry<{ zone: string; nearest: string | null }>({
    number: "SEG7406",
    severity: "error",
    message: (p) => `There is no time zone \`${p.zone}\`.`,
    help: (p) =>
      `Write ${p.nearest === null ? "its IANA name, such as `Europe/Berlin` or `UTC`" : `\`${p.nearest}\``}.`,
    explain:
      "The project's time zone decides where a day begins and what `this month` is. It is a name of the IANA time zone database; abbreviations and offsets are not, because they do not know summer time.",
    bad: '{ "timezone": "Europe/Berln" }',
    good: '{ "timezone": "Europe/Berlin" }',
  }),
  "unknown-code": entry<{ name: string; nearest: string | null }>({
    number: "SEG7407",
    severity: "error",
    message: (p) => `There is no finding with the code \`${p.name}\`.`,
    help: (p) =>
      p.nearest === null ? "Write a code as `seg check` prints it, such as `SEG5003`." : `Write \`${p.nearest}\`.`,
    explain: "`lint` names findings by their code or by their slug.",
    bad: '{ "lint": { "SEG0001": "off" } }',
    good: '{ "lint": {} }',
  }),
  "fixed-severity": entry<{ name: string }>({
    number: "SEG7408",
    severity: "error",
    message: (p) => `\`${p.name}\` is an error, and errors cannot be changed.`,
    help: () => "Remove this entry.",
    explain:
      "`lint` decides about warnings and notes. An error means that a text has no meaning, or not the one it seems to have, so it cannot be switched off.",
    bad: '{ "lint": { "SEG7408": "off" } }',
    good: '{ "lint": {} }',
  }),
  "conflicting-settings": entry<{ path: string; names: readonly string[] }>({
    number: "SEG7409",
    severity: "error",
    message: (p) =>
      `\`${p.path}\` has ${p.names.map((name) => `\`${name}\``).join(" and ")}, which exclude each other.`,
    help: () => "Keep one of them.",
    explain: "A DuckDB connection reads either files (`tables`) or a database (`path`).",
    bad: '{ "connections": { "default": { "engine": "duckdb", "path": "shop.duckdb", "tables": {} } } }',
    good: '{ "connections": { "default": { "engine": "duckdb", "path": "shop.duckdb" } } }',
  }),
  "unreadable-text": entry<{ path: string }>({
    number: "SEG7410",
    severity: "error",
    message: (p) => `\`${p.path}\` is not UTF-8 text.`,
    help: () => "Save it as UTF-8.",
    explain:
      "Segment files are UTF-8. Read as anything else, letters beyond A to Z would silently become others, and so would the people they select.",
    bad: "",
    good: "",
  }),
};
