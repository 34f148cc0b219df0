import { globSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseInstant } from "../../../language/meaning/calendar.ts";
import type { Program } from "../../../language/meaning/program.ts";
import { loadProject } from "../../../language/project.ts";
import { sourceFile } from "../../../language/text/source.ts";
import { compileSql } from "../../sql/compile.ts";
import { keyCheckSql } from "../../sql/keys.ts";
import { caseName, groupProject, readGroups } from "../conformance/cases.ts";
import { generate } from "../random/generate.ts";
import { printModel, printSegments } from "../random/print.ts";

/** A program whose segments are compiled, and from where it comes. */
interface Asked {
  readonly from: string;
  readonly program: Program;
  readonly segments: readonly string[];
  readonly asOf: string;
  readonly zone: string;
}

const EXAMPLES = fileURLToPath(new URL("../../../examples/", import.meta.url));

/** The conformance cases, random segments and the examples. */
function* programs(seeds: number): Generator<Asked> {
  for (const group of readGroups())
    yield {
      from: `${group.file}: ${group.title}`,
      program: groupProject(group).program,
      segments: group.cases.map((_, i) => caseName(i)),
      asOf: group.asOf,
      zone: group.timezone,
    };
  for (let seed = 1; seed <= seeds; seed++) {
    const made = generate(seed, { segments: 12, people: 1 });
    const text = `${printModel(made.model)}\n${printSegments(made)}`;
    const { program } = loadProject([sourceFile("case.seg", text)], { lint: false });
    yield { from: `seed ${seed}`, program, segments: [...program.segments.keys()], asOf: made.asOf, zone: made.zone };
  }
  for (const config of globSync("*/seglang.json", { cwd: EXAMPLES })) {
    const folder = config.replace("seglang.json", "");
    const files = globSync(`${folder}*.seg`, { cwd: EXAMPLES }).map((file) =>
      sourceFile(file, readFileSync(`${EXAMPLES}${file}`, "utf8")),
    );
    const { program } = loadProject(files, { lint: false });
    const segments = [...program.segments.keys()];
    yield { from: `examples/${folder}`, program, segments, asOf: "2026-06-30T00:00:00Z", zone: "Europe/Berlin" };
  }
}

/** One statement of a dialect. */
export interface Written {
  readonly from: string;
  readonly segments: readonly string[];
  readonly sql: string;
}

/** Statements of the dialect for all of these segments, many in one, bound and inlined, in every shape, and the checks of keys. What it refuses is passed over. */
export function* statementsOf(dialect: string, seeds: number): Generator<Written> {
  for (const { from, program, segments: all, asOf, zone } of programs(seeds)) {
    const options = { dialect, asOf: parseInstant(asOf, zone) as bigint, zone, params: new Map() };
    const ask = (segments: readonly string[], inline: boolean, shape: "members" | "flags" | "sizes") =>
      compileSql(program, { ...options, segments, inline, shape });
    // One that is refused takes the others of its statement with it.
    const isWhole = ask(all, true, "members").diagnostics.length === 0;
    const segments = isWhole ? all : all.filter((one) => ask([one], true, "members").diagnostics.length === 0);
    const asked = [
      ask(segments, true, "members"),
      ask(segments, false, "flags"),
      ask(segments, true, "sizes"),
      ...segments.flatMap((one, i) => (i % 8 === 0 ? [ask([one], i % 16 === 0, "members")] : [])),
    ];
    for (const { statements } of asked)
      for (const { segments: of, sql } of statements) yield { from, segments: of, sql };
    for (const { sql } of keyCheckSql(program, { ...options, segments, inline: true })) yield { from, segments, sql };
  }
}
