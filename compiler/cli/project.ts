import { resolve } from "node:path";
import type { Diagnostic, Severity } from "../../language/diagnostics/diagnostic.ts";
import { nearest } from "../../language/diagnostics/suggest.ts";
import { loadProject, type Project } from "../../language/project.ts";
import type { Declaration } from "../../language/syntax/ast.ts";
import { compareText } from "../../language/text/compare.ts";
import type { SourceFile } from "../../language/text/source.ts";
import { type Config, readConfig } from "./config/config.ts";
import { usage } from "./exit.ts";
import {
  decodeSource,
  findProject,
  isFolder,
  isPathArgument,
  listSegFiles,
  matchPath,
  readSource,
  shownPath,
} from "./files.ts";
import type { Io } from "./io.ts";

/** A project as it was found and read, and what the arguments mean in it. */
export interface Opened {
  /** The folder, absolute. */
  readonly root: string;
  readonly config: Config;
  readonly project: Project;
  /** Everything found in it, as the configuration's `lint` has it. */
  readonly diagnostics: readonly Diagnostic[];
  /** The errors of the language among them, whatever `lint` says: with one, nothing is counted or compiled. */
  readonly errors: readonly Diagnostic[];
  readonly selection: Selection;
  /** A file's path as people write it where the command runs. */
  readonly show: (path: string) => string;
}

/** What the arguments ask for: all of the project, or these files and these declarations. */
export type Selection =
  | { readonly kind: "all" }
  | {
      readonly kind: "some";
      readonly files: ReadonlySet<string>;
      readonly declarations: ReadonlySet<Declaration>;
      /** Of those among the declarations that were not asked for as a whole, the tiers or arms that were. */
      readonly parts: ReadonlyMap<Declaration, ReadonlySet<string>>;
    };

export interface OpenOptions {
  readonly project: string | null;
  readonly allowEmpty: boolean;
  /** The name of the file that `-` reads from standard input. */
  readonly stdinFilename: string | null;
}

/** Finds, reads and loads the project that the arguments are about. Stops where nothing matches them. */
export async function openProject(io: Io, args: readonly string[], options: OpenOptions): Promise<Opened> {
  const piped = args.includes("-") ? (options.stdinFilename ?? "stdin.seg") : null;
  if (piped === null && options.stdinFilename !== null)
    throw usage("`--stdin-filename` names what `-` reads, and there is no `-`.");
  const paths = args.filter((argument) => argument !== "-" && isPathArgument(argument));
  const root = findProject(
    io.cwd,
    options.project,
    piped !== null && options.stdinFilename !== null ? [...paths, piped] : paths,
  );
  const config = readConfig(root);
  const { files, nested } = listSegFiles(root);
  const pipedPath = piped === null ? null : shownPath(root, resolve(io.cwd, piped));
  const read = new Map<string, SourceFile | Diagnostic>(files.map((path) => [path, readSource(root, path)]));
  if (pipedPath !== null) read.set(pipedPath, decodeSource(pipedPath, await io.stdin()));
  if (read.size === 0 && !options.allowEmpty) throw noFile(shownPath(io.cwd, root), nested);
  const sources = [...read.values()].filter((source) => "text" in source);
  const unreadable = [...read.values()].filter((source) => "code" in source);
  const project = loadProject(sources);
  const selection = select(io, args, {
    root,
    paths: [...read.keys()],
    pipedPath,
    project,
    allowEmpty: options.allowEmpty,
  });
  const found = [...unreadable, ...project.diagnostics].sort(byPlace);
  const show = (path: string): string => shownPath(io.cwd, resolve(root, path));
  return {
    root,
    config,
    project,
    diagnostics: withLevels(found, config.lint),
    errors: found.filter(({ severity }) => severity === "error"),
    selection,
    show,
  };
}

/** No file of the language where a project was looked for: wrong usage. */
export function noFile(root: string, nested: readonly string[]) {
  const where = root === "." ? "here" : `in \`${root}\``;
  const help =
    nested.length === 0
      ? "A project is a folder with `.seg` files; `--project DIR` names another one."
      : `There are projects below it: ${nested.map((path) => `\`${root === "." ? "" : `${root}/`}${path}\``).join(", ")}. Name one with \`--project\`.`;
  return usage(`There is no \`.seg\` file ${where}.`, help);
}

const byPlace = (a: Diagnostic, b: Diagnostic): number =>
  compareText(a.file, b.file) || a.span.start - b.span.start || compareText(a.code, b.code);

/** What the configuration makes of warnings and notes. */
export function withLevels(
  diagnostics: readonly Diagnostic[],
  lint: ReadonlyMap<string, "off" | Severity>,
): readonly Diagnostic[] {
  return diagnostics.flatMap((diagnostic) => {
    const level = diagnostic.severity === "error" ? undefined : lint.get(diagnostic.code);
    return level === "off" ? [] : [level === undefined ? diagnostic : { ...diagnostic, severity: level }];
  });
}

interface Found {
  readonly root: string;
  readonly paths: readonly string[];
  readonly pipedPath: string | null;
  readonly project: Project;
  readonly allowEmpty: boolean;
}

function select(io: Io, args: readonly string[], found: Found): Selection {
  if (args.length === 0) return { kind: "all" };
  const files = new Set<string>();
  const declarations = new Set<Declaration>();
  const wholes = new Set<Declaration>();
  const parts = new Map<Declaration, Set<string>>();
  for (const argument of args) {
    if (argument === "-") files.add(found.pipedPath as string);
    else if (isPathArgument(argument)) {
      const matched = matchPath(argument, found.paths, found.root, io.cwd);
      if (matched.length === 0 && !found.allowEmpty)
        throw usage(`No \`.seg\` file of the project matches \`${argument}\`.`);
      for (const path of matched) files.add(path);
    } else {
      for (const { declaration, part } of declared(argument, found.project, io.cwd)) {
        declarations.add(declaration);
        if (part === null) wholes.add(declaration);
        else parts.set(declaration, (parts.get(declaration) ?? new Set()).add(part));
      }
    }
  }
  for (const declaration of wholes) parts.delete(declaration);
  return { kind: "some", files, declarations, parts };
}

interface Named {
  readonly declaration: Declaration;
  /** The tier or arm of it that was named. */
  readonly part: string | null;
}

/** What an argument names: declarations, or a tier or arm (`Lifecycle.Active`). */
function declared(name: string, project: Project, cwd: string): readonly Named[] {
  const all = [...project.files.values()].flatMap(({ file }) => file.declarations);
  const matching = all.filter((declaration) => declaration.name.text === name);
  if (matching.length > 0) return matching.map((declaration) => ({ declaration, part: null }));
  const parts = all.flatMap((declaration) => partNames(declaration).map((part) => ({ declaration, part })));
  const whole = ({ declaration, part }: (typeof parts)[number]): string => `${declaration.name.text}.${part}`;
  const named = parts.filter((one) => whole(one) === name);
  if (named.length > 0) return named;
  const known = [...all.map((declaration) => declaration.name.text), ...parts.map(whole)];
  const near = nearest(name, new Set(known.filter((one) => one !== "")));
  const folder = isFolder(resolve(cwd, name)) ? `The folder is written \`${name}/\`.` : null;
  throw usage(
    `There is no declaration \`${name}\` in the project.`,
    folder ?? (near === null ? null : `Write \`${near}\`.`),
  );
}

/** The tiers or arms of a declaration. */
export function partNames(declaration: Declaration): readonly string[] {
  if (declaration.kind === "segmentation") return declaration.tiers.map(({ name }) => name.text);
  return declaration.kind === "split" ? declaration.arms.map(({ name }) => name.text) : [];
}

/** Whether a diagnostic lies in what the arguments ask for: a file, or a declaration with the annotations and comments before it. */
export function isSelected({ selection, project }: Opened): (diagnostic: Diagnostic) => boolean {
  if (selection.kind === "all") return () => true;
  const stretches = [...project.files.values()].flatMap(({ file }) =>
    file.declarations.flatMap((declaration, index) => {
      const start = file.declarations[index - 1]?.span.end ?? 0;
      return selection.declarations.has(declaration) ? [{ file: file.path, start, end: declaration.span.end }] : [];
    }),
  );
  return ({ file, span }) =>
    selection.files.has(file) ||
    stretches.some((one) => one.file === file && one.start <= span.start && span.start <= one.end);
}
