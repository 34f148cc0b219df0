import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { diagnose } from "../../language/diagnostics/catalog.ts";
import type { Diagnostic } from "../../language/diagnostics/diagnostic.ts";
import { compareText } from "../../language/text/compare.ts";
import { type SourceFile, sourceFile } from "../../language/text/source.ts";
import { CONFIG_FILE } from "./config/config.ts";
import { unfinished, usage } from "./exit.ts";

/** Whether an argument is a path; else it is a declaration's name. */
export const isPathArgument = (argument: string): boolean =>
  /[/*]|\.seg$/.test(argument) || (sep === "\\" && argument.includes(sep));

/**
 * The folder of the project: the one given; else the nearest folder with a `seglang.json`, upwards from where the path arguments lead, or from `cwd`
 * without any; else `cwd`. Stops where the arguments belong to two projects.
 */
export function findProject(cwd: string, given: string | null, pathArguments: readonly string[]): string {
  if (given !== null) {
    const root = resolve(cwd, given);
    if (!isFolder(root)) throw usage(`There is no folder \`${given}\`.`);
    return root;
  }
  const roots = new Set(
    (pathArguments.length === 0 ? ["."] : pathArguments).map(
      (argument) => configuredParent(resolve(cwd, plainPart(argument))) ?? cwd,
    ),
  );
  if (roots.size > 1)
    throw usage(
      `These paths belong to different projects: ${[...roots].map((root) => `\`${shownPath(cwd, root)}\``).join(", ")}.`,
      "Run the command once for each.",
    );
  return [...roots][0] as string;
}

/** The folder in front of the first `*`, or the whole path. */
const plainPart = (argument: string): string =>
  argument.includes("*") ? dirname(`${argument.slice(0, argument.indexOf("*"))}x`) : argument;

function configuredParent(path: string): string | null {
  for (let folder = isFolder(path) ? path : dirname(path); ; folder = dirname(folder)) {
    if (existsSync(join(folder, CONFIG_FILE))) return folder;
    if (folder === dirname(folder)) return null;
  }
}

/** A path as people write it where the command runs: relative, with `/`. */
export const shownPath = (cwd: string, path: string): string => relative(cwd, path).split(sep).join("/") || ".";

/**
 * The `.seg` files below a project's folder, relative to it, with `/`, in code point order. Dot-folders, node_modules, links to folders, and folders that
 * are projects of their own are left out; `nested` lists the latter.
 */
export function listSegFiles(root: string): { readonly files: readonly string[]; readonly nested: readonly string[] } {
  const files: string[] = [];
  const nested: string[] = [];
  const pending = [""];
  for (let folder = pending.pop(); folder !== undefined; folder = pending.pop()) {
    for (const entry of readFolder(join(root, folder))) {
      const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) {
        if (entry.name.startsWith(".") || entry.name === "node_modules") continue;
        if (existsSync(join(root, path, CONFIG_FILE))) nested.push(path);
        else pending.push(path);
      } else if (
        entry.name.endsWith(".seg") &&
        (entry.isFile() || (entry.isSymbolicLink() && isFile(join(root, path))))
      )
        files.push(path);
    }
  }
  return { files: files.sort(compareText), nested: nested.sort(compareText) };
}

function readFolder(path: string) {
  try {
    return readdirSync(path, { withFileTypes: true });
  } catch (error) {
    throw unfinished(`The folder \`${path}\` cannot be read: ${reason(error)}.`);
  }
}

/** The text of a file of the project; a finding where it is not UTF-8. A byte order mark is not part of the text. */
export function readSource(root: string, path: string): SourceFile | Diagnostic {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(join(root, path));
  } catch (error) {
    throw unfinished(`\`${path}\` cannot be read: ${reason(error)}.`);
  }
  return decodeSource(path, bytes);
}

/** The bytes of a file as text. */
export function decodeSource(path: string, bytes: Uint8Array): SourceFile | Diagnostic {
  try {
    return sourceFile(path, new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    return diagnose("unreadable-text", { path }, { file: path, span: { start: 0, end: 0 } });
  }
}

/** The files of the project that a path argument (a file, a folder, a pattern with `*` and `**`) means. */
export function matchPath(argument: string, files: readonly string[], root: string, cwd: string): readonly string[] {
  const wanted = shownPath(root, resolve(cwd, argument));
  const pattern = wanted === "." ? /^/ : globPattern(wanted);
  return files.filter((file) => pattern.test(file));
}

/** `*` and `?` stay in a folder, `**` crosses folders; a folder means all that is below it. */
function globPattern(glob: string): RegExp {
  const body = glob
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replace(
      /\*\*\/|\*\*|\*|\?/g,
      (star) => ({ "**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]" })[star] as string,
    );
  return new RegExp(`^${body}(?:/.*)?$`, "u");
}

/** Why a file operation failed, in plain words: the system's reason without its call and path. */
export function reason(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  const known: Readonly<Record<string, string>> = {
    ENOENT: "it does not exist",
    EACCES: "permission denied",
    EPERM: "permission denied",
    EISDIR: "it is a folder",
    ENOTDIR: "a part of its path is not a folder",
    ENOSPC: "the disk is full",
    EROFS: "the disk is read-only",
    EMFILE: "too many files are open",
  };
  return known[code ?? ""] ?? message;
}

/** Whether there is a folder of that path. */
export const isFolder = (path: string): boolean => existsSync(path) && statSync(path).isDirectory();
const isFile = (path: string): boolean => existsSync(path) && statSync(path).isFile();
