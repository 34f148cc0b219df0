import { chmodSync, readFileSync, realpathSync, statSync } from "node:fs";
import { join } from "node:path";
import { mend } from "../../language/diagnostics/apply-fixes.ts";
import { loadProject, type Project } from "../../language/project.ts";
import type { Io } from "./io.ts";
import { writeWhole } from "./output.ts";
import { isSelected, type Opened, type Selection } from "./project.ts";
import { counted, listed } from "./report/words.ts";

/** What `--fix` did. */
export interface MendedFiles {
  readonly fixes: number;
  readonly files: number;
  /** Files left as they are because with their fixes there would be more errors, as people write them. */
  readonly held: readonly string[];
}

/** Applies the preferred fixes of what the arguments ask for, until none is left, and writes the files that they change: each whole or not at all. */
export function mendFiles(io: Io, opened: Opened): MendedFiles {
  const sources = [...opened.project.files.values()].map(({ source }) => source);
  const mended = mend(sources, (texts) => {
    const project = loadProject(texts);
    const selected = isSelected({ ...opened, project, selection: selectionIn(project, opened.selection) });
    return project.diagnostics.map((one) => (selected(one) ? one : { ...one, fixes: [] }));
  });
  const changed = mended.sources.filter((source, i) => sources[i] !== source);
  for (const { path, text } of changed) {
    // A link to a file stays one, and the file keeps its permissions.
    const target = realpathSync(join(opened.root, path));
    const mark = readFileSync(target, "utf8").startsWith("\ufeff") ? "\ufeff" : "";
    const { mode } = statSync(target);
    writeWhole(io, target, mark + text);
    chmodSync(target, mode);
  }
  return { fixes: mended.applied, files: changed.length, held: [...mended.held].map(opened.show) };
}

/** The same selection in a project that was read again. */
function selectionIn(project: Project, selection: Selection): Selection {
  if (selection.kind === "all") return selection;
  const names = new Set([...selection.declarations].map(({ name }) => name.text));
  const all = [...project.files.values()].flatMap(({ file }) => file.declarations);
  return { ...selection, declarations: new Set(all.filter(({ name }) => names.has(name.text))) };
}

/** `Applied 3 fixes in 2 files.` */
export function mendedText({ fixes, files, held }: MendedFiles): string {
  const done =
    fixes === 0 ? "Nothing to fix." : `Applied ${counted(fixes, "fix", "fixes")} in ${counted(files, "file")}.`;
  if (held.length === 0) return done;
  const names = listed(held.map((path) => `\`${path}\``));
  return `${done}\nLeft as before, because their fixes would bring more errors: ${names}.`;
}
