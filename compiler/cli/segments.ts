import type { Declaration } from "../../language/syntax/ast.ts";
import { usage } from "./exit.ts";
import type { Io } from "./io.ts";
import { type Opened, partNames } from "./project.ts";
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

/** Names of segments that are declared in what was asked for, whether or not they have a meaning. A segmentation stands for its tiers, a split for its arms. */
function wantedNames({ project, selection }: Opened): readonly string[] {
  const named = (declarations: readonly Declaration[]): readonly string[] => declarations.flatMap(groupsOf);
  if (selection.kind === "all")
    return [...new Set([...project.files.values()].flatMap(({ file }) => named(file.declarations)))];
  for (const { kind, name } of selection.declarations) {
    const what = KINDS[kind];
    if (what !== null) throw usage(`\`${name.text}\` is ${what}, not a segment.`);
  }
  const files = [...project.files.values()].filter(({ file }) => selection.files.has(file.path));
  const whole = [...selection.declarations].filter((one) => !selection.parts.has(one));
  const parts = [...selection.parts].flatMap(([{ name }, own]) => [...own].map((part) => `${name.text}.${part}`));
  return [...new Set([...files.flatMap(({ file }) => named(file.declarations)), ...named(whole), ...parts])];
}

/** The groups of people that a declaration gives names to. */
export function groupsOf(declaration: Declaration): readonly string[] {
  const { name } = declaration;
  if (name.text === "") return [];
  switch (declaration.kind) {
    case "segment":
    case "snapshot":
      return [name.text];
    case "segmentation":
    case "split":
      return partNames(declaration).map((part) => `${name.text}.${part}`);
    case "entity":
    case "extend":
    case "param":
    case "list":
    case "trait":
    case "test":
    case "policy":
    case "assert":
    case "unreadable":
      return [];
  }
}

const KINDS: Readonly<Record<Declaration["kind"], string | null>> = {
  segment: null,
  segmentation: null,
  split: null,
  snapshot: null,
  unreadable: null,
  entity: "an entity",
  extend: "an entity",
  param: "a param",
  list: "a list",
  trait: "a trait",
  test: "a test",
  policy: "a policy",
  assert: "an assertion",
};
