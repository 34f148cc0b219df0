import {
  type CompiledProject,
  type CompileRequest,
  compileProject,
  type Diagnostic,
  type Program,
  type Statement,
} from "seglang";
import { compileSql, DIALECTS } from "seglang/compiler";
import { loadProject, sourceFile } from "seglang/language";
import { type Connection, connect } from "seglang/node";
import reports from "seglang/reports.schema.json" with { type: "json" };
import settings from "seglang/schema.json" with { type: "json" };

const request: CompileRequest = { files: { "model.seg": "" }, dialect: "duckdb", asOf: "2026-06-30" };
const answer: CompiledProject = compileProject(request);
export const program: Program = answer.program;
export const found: readonly Diagnostic[] = answer.diagnostics;
export const statements: readonly Statement[] = answer.statements;

const connection: Connection = { engine: "sqlite", path: "shop.db" };
export const connected = connect(connection, loadProject([sourceFile("model.seg", "")]).model, { baseDir: "." });
export const names: readonly string[] = [...DIALECTS.keys(), compileSql.name, reports.title, settings.title];

// @ts-expect-error: what is not text is no file
compileProject({ ...request, files: { "model.seg": 1 } });
