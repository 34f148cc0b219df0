import type { Declaration } from "../../language/syntax/ast.ts";
import { usage } from "./exit.ts";
import type { Io } from "./io.ts";
import type { Opened } from "./project.ts";
import { refusal } from "./report/refusal.ts";

/**
 * The segments that the arguments ask for, in the order of the project; or the exit code, after saying which errors the project has.
 * An error anywhere stops: it may be in what the model says of everybody.
 */
export function chosenSegments(io: Io, opened: Opened, format: "pretty" | "json"): readonly string[] | number {
  if (opened.errors.length > 0) return refusal(io, opened, opened.errors, format);
  const wanted = new Set(wantedNames(opened));
  if (wanted.size === 0) throw usage("There is no segment to work on.", "Write one: `segment Loyal where …`.");
  return [...opened.project.program.segments.keys()].filter((name) => wanted.has(name));
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
