import type { Declaration } from "../../language/syntax/ast.ts";
import { EXIT, usage } from "./exit.ts";
import type { Io } from "./io.ts";
import { isSelected, type Opened } from "./project.ts";
import { countFindings, findingsOf } from "./report/findings.ts";
import { checkJson, jsonText } from "./report/json.ts";
import { findingsText, summaryText } from "./report/pretty.ts";
import { counted } from "./report/words.ts";
import { styleFor } from "./style.ts";

/**
 * The segments that the arguments ask for, in the order of the project; or the exit code after saying why they have no meaning.
 * Errors elsewhere in the project do not matter to them, and are only mentioned.
 */
export function chosenSegments(io: Io, opened: Opened, format: "pretty" | "json"): readonly string[] | number {
  const { program } = opened.project;
  const wanted = wantedNames(opened);
  const errors = opened.diagnostics.filter(({ severity }) => severity === "error");
  const concerned = errors.filter(isSelected(opened));
  const missing = wanted.filter((name) => !program.segments.has(name));
  if (concerned.length > 0 || missing.length > 0)
    return refuse(io, opened, concerned.length > 0 && missing.length === 0 ? concerned : errors, format);
  if (errors.length > 0)
    io.stderr.write(
      `${styleFor(io, io.stderr).faint(`There ${errors.length === 1 ? "is" : "are"} ${counted(errors.length, "error")} elsewhere in the project: see \`seg check\`.`)}\n`,
    );
  if (wanted.length === 0) throw usage("There is no segment to work on.", "Write one: `segment Loyal where …`.");
  const asked = new Set(wanted);
  return [...program.segments.keys()].filter((name) => asked.has(name));
}

function refuse(io: Io, opened: Opened, diagnostics: Opened["diagnostics"], format: "pretty" | "json"): number {
  const findings = findingsOf(opened, diagnostics);
  if (format === "json") io.stdout.write(jsonText(checkJson(findings)));
  else io.stderr.write(`${findingsText(findings, styleFor(io, io.stderr))}\n`);
  io.stderr.write(`${summaryText(countFindings(findings.diagnostics), opened.project.files.size)}\n`);
  return EXIT.findings;
}

/** Names of segments that are declared in what was asked for, whether or not they have a meaning. */
function wantedNames({ project, selection }: Opened): readonly string[] {
  const named = (declarations: readonly Declaration[]): readonly string[] =>
    declarations.flatMap((one) => (one.kind === "segment" && one.name.text !== "" ? [one.name.text] : []));
  if (selection.kind === "all")
    return [...new Set([...project.files.values()].flatMap(({ file }) => named(file.declarations)))];
  for (const { kind, name } of selection.declarations) {
    if (kind !== "segment" && kind !== "unreadable") throw usage(`\`${name.text}\` is ${KINDS[kind]}, not a segment.`);
  }
  const files = [...project.files.values()].filter(({ file }) => selection.files.has(file.path));
  return [
    ...new Set([...files.flatMap(({ file }) => named(file.declarations)), ...named([...selection.declarations])]),
  ];
}

const KINDS: Readonly<Record<Exclude<Declaration["kind"], "segment" | "unreadable">, string>> = {
  entity: "an entity",
  extend: "an entity",
  param: "a param",
  list: "a list",
  trait: "a trait",
};
