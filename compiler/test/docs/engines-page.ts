import { cannotOf } from "../../cli/commands/dialects.ts";
import type { Dialect, Support } from "../../sql/dialect.ts";
import { DIALECTS } from "../../sql/index.ts";

const LEVELS: Readonly<Record<Support["level"], string>> = {
  verified: "the engine itself executes every case",
  reference: "an independent implementation of its language executes every case",
  grammar: "nobody executes it here: an emulation does, and an independent grammar reads every statement",
};

const section = (dialect: Dialect): string => `## ${dialect.title}

\`--dialect ${dialect.name}\`, **${dialect.support.level}**: ${dialect.support.by}.

It cannot express:

${cannotOf(dialect)
  .map((what) => `- ${what}`)
  .join("\n")}
`;

/** The text of `docs/engines.md`. */
export function enginesPage(): string {
  const dialects = [...DIALECTS.values()].sort((a, b) => (a.title < b.title ? -1 : 1));
  return `# Engines

\`seg compile\` writes SQL for ${dialects.length} engines, and a segment has the same members on each of them: those that the reference interpreter finds, person by person. How that is known differs, and \`seg dialects\` says it:

${Object.entries(LEVELS)
  .map(([level, text]) => `- **${level}**: ${text}.`)
  .join("\n")}

The cases are those worked out by hand in \`compiler/test/conformance\`, and random segments over random people. What an engine cannot express is an error at its place in the segment, never another meaning. The first lines of each file in \`compiler/sql/dialects\` say which column types are expected.

${dialects.map(section).join("\n")}`;
}
