import { corpus, MODEL } from "../../language/bench/corpus.ts";
import type { Comparison } from "../../language/bench/report.ts";
import { parseInstant } from "../../language/meaning/calendar.ts";
import { loadProject } from "../../language/project.ts";
import { sourceFile } from "../../language/text/source.ts";
import { compileSql } from "../sql/compile.ts";

const COUNT = 1000;

/** What the way from text to SQL costs, beside reading alone. */
export function toSql(): readonly Comparison[] {
  const sources = [sourceFile("model.seg", MODEL), sourceFile("corpus.seg", corpus(COUNT).join("\n"))];
  const when = {
    asOf: parseInstant("2026-07-01T00:00:00Z", "UTC") as bigint,
    zone: "Europe/Berlin",
    params: new Map(),
  };
  const { program } = loadProject(sources);
  const segments = [...program.segments.keys()];
  const emit = (dialect: string) => (): number => {
    const { statements, diagnostics } = compileSql(program, {
      dialect,
      segments,
      shape: "flags",
      inline: false,
      ...when,
    });
    if (diagnostics.length > 0) throw new Error(diagnostics[0]?.message);
    return statements.length;
  };
  return [
    {
      title: "From text to SQL, 1,000 segments",
      explanation:
        "Statements for all of them together: bound, normalised, planned, written. Parsing and checking is the measure.",
      per: { unit: "segment", count: COUNT },
      bytes: null,
      ways: [
        { name: "parse, check and lower", run: () => loadProject(sources, { lint: false }) },
        { name: "to SQL for DuckDB", run: emit("duckdb") },
        { name: "to SQL for PostgreSQL", run: emit("postgres") },
        { name: "to SQL for SQLite", run: emit("sqlite") },
      ],
      goals: [],
    },
  ];
}
