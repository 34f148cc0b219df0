import { readdirSync, readFileSync } from "node:fs";
import { loadProject, type Project } from "../../../language/project.ts";
import { sourceFile } from "../../../language/text/source.ts";

/** One group of conformance cases, as it stands in its file; `README.md` beside it says what each key is. */
export interface Group {
  readonly file: string;
  readonly title: string;
  /** Dialects whose engines raise an overflow at each case, where others answer. */
  readonly raisesOn?: readonly string[];
  readonly model: readonly string[];
  readonly declarations?: readonly string[];
  readonly asOf: string;
  readonly timezone: string;
  readonly tables: Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>;
  readonly cases: readonly ConformanceCase[];
}

export interface ConformanceCase {
  readonly where: string;
  readonly of?: string;
  readonly zone?: string;
  readonly members?: readonly string[];
  readonly problem?: { readonly kind: "duplicateKey" | "missingKey"; readonly table: string };
  readonly why: string;
}

/** Every group in the folder, in the order of file names. */
export function readGroups(): readonly Group[] {
  const folder = new URL("./", import.meta.url);
  return readdirSync(folder)
    .filter((name) => name.endsWith(".json"))
    .sort()
    .flatMap((file) => {
      const content = JSON.parse(readFileSync(new URL(file, folder), "utf8")) as Group | Group[];
      return (Array.isArray(content) ? content : [content]).map((group) => ({ ...group, file }));
    });
}

/** The name of the segment that stands for the case at `index`. */
export const caseName = (index: number): string => `Case${index}`;

/** The group as a project: its model, its declarations, and a segment for each case. */
export function groupProject(group: Group): Project {
  const segments = group.cases.map((c, i) => {
    const zone = c.zone ? ` in zone ${c.zone}` : "";
    return `segment ${caseName(i)}${c.of ? ` of ${c.of}` : ""}${zone} where ${c.where}`;
  });
  const files = [
    sourceFile("model.seg", group.model.join("\n")),
    sourceFile("cases.seg", [...(group.declarations ?? []), ...segments].join("\n")),
  ];
  return loadProject(files, { lint: false });
}
