import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Diagnostic } from "../../language/diagnostics/diagnostic.ts";
import { loadProject, type Project } from "../../language/project.ts";
import { sourceFile } from "../../language/text/source.ts";

/** What is told of the examples, and why it may be: rule, segment, reason. Whatever else is told of them is a mistake, theirs or the rule's. */
const EXPECTED: Readonly<Record<string, readonly (readonly [code: string, segment: string, reason: string])[]>> = {
  cdnow: [],
  media: [],
  nonprofit: [],
  saas: [
    ["SEG5003", "ExpansionReady", "a ticket whose status nobody noted counts as open, as its description says"],
    ["SEG5003", "MidSizeMakers", "a company without an account is no customer either"],
  ],
  shop: [],
};

const EXAMPLES = join(import.meta.dirname, "..");

function read(example: string): Project {
  const folder = join(EXAMPLES, example);
  const files = readdirSync(folder).filter((file) => file.endsWith(".seg"));
  return loadProject(files.map((file) => sourceFile(file, readFileSync(join(folder, file), "utf8"))));
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

describe("nothing is told of an example unless it is expected by name", () => {
  test.each(Object.entries(EXPECTED))("%s", (example, expected) => {
    const project = read(example);
    const told = project.diagnostics.map((one) => `${one.code} ${declarationAt(one, project)}`);
    expect(told.sort()).toEqual(expected.map(([code, segment]) => `${code} ${segment}`).sort());
  });
});
