/** What `compiler` offers without Node: a meaning into people, plans and SQL. Connections are in `engines/`. */

export { type CompiledProject, type CompileRequest, compileProject } from "./compile-project.ts";
export { paramValue } from "./plan/param-value.ts";
export type { Plan } from "./plan/plan.ts";
export { planSegments } from "./plan/plan-segments.ts";
export { type Cell, DataProblem } from "./predicate/cell.ts";
export { type Interpretation, interpret } from "./predicate/interpret.ts";
export type { KeyProblem } from "./predicate/keys.ts";
export type { World } from "./predicate/rows.ts";
export { readWorld, type Tables } from "./predicate/world.ts";
export { type CompiledSql, compileSql, type SqlOptions } from "./sql/compile.ts";
export type { Dialect } from "./sql/dialect.ts";
export { DIALECTS } from "./sql/index.ts";
export { type KeyCheck, keyCheckSql } from "./sql/keys.ts";
export { type Answer, DataError, EngineError, type Runner } from "./sql/runner.ts";
export type { Parameter, Shape, Statement } from "./sql/statement.ts";
export { type Storage, type StoredAs, storageKey, USUAL_STORAGE } from "./sql/storage.ts";
