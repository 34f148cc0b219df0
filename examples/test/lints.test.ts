import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Diagnostic } from "../../language/diagnostics/diagnostic.ts";
import { loadProject, type Project } from "../../language/project.ts";
import { sourceFile } from "../../language/text/source.ts";

/** What would be told of the examples without their `// seg-allow`: rule and segment. With these comments, which say the reasons, nothing is told. */
const EXPECTED: Readonly<Record<string, readonly string[]>> = {
  cdnow: [],
  media: ["SEG5003 LikeChampions"],
  nonprofit: [],
  saas: ["SEG5003 ExpansionReady", "SEG5003 MidSizeMakers"],
  shop: ["SEG5003 Specialists", "SEG5014 SlowingDown"],
};

const EXAMPLES = join(import.meta.dirname, "..");

function read(example: string, allows: boolean): Project {
  const folder = join(EXAMPLES, example);
  const files = readdirSync(folder).filter((file) => file.endsWith(".seg"));
  const texts = files.map((file) => [file, readFileSync(join(folder, file), "utf8")] as const);
  return loadProject(
    texts.map(([file, text]) => sourceFile(file, allows ? text : text.replaceAll("// seg-allow", "//"))),
  );
}

/** The declaration that a finding lies in. */
function declarationAt({ file, span }: Diagnostic, { files }: Project): string {
  const declarations = files.get(file)?.file.declarations ?? [];
  return declarations.find((one) => span.start <= one.span.end)?.name.text ?? "";
}

test("every example is held to what is expected of it", () => {
  const projects = readdirSync(EXAMPLES, { withFileTypes: true }).filter(
    (entry) => entry.isDirectory() && readdirSync(join(EXAMPLES, entry.name)).some((file) => file.endsWith(".seg")),
  );
  expect(projects.map(({ name }) => name).sort()).toEqual(Object.keys(EXPECTED).sort());
});

describe.each(Object.entries(EXPECTED))("%s", (example, expected) => {
  test("nothing is told of it", () => {
    // That a claim is not proved yet is no finding about the example.
    const told = read(example, true).diagnostics.filter(({ severity }) => severity !== "info");
    expect(told.map(({ message }) => message)).toEqual([]);
  });
  test("nothing would be that is not expected by name", () => {
    const project = read(example, false);
    const warnings = project.diagnostics.filter(({ severity }) => severity !== "info");
    const told = warnings.map((one) => `${one.code} ${declarationAt(one, project)}`);
    expect(told.sort()).toEqual(expected);
  });
});
