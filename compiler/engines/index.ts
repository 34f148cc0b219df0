/** What the product offers on Node besides the browser-safe part (`seglang/node`): connections to data. */
export { type Answer, DataError, EngineError, type Runner } from "../sql/runner.ts";
export {
  ConfigurationError,
  type Connection,
  type DuckdbConnection,
  type PostgresConnection,
  type SqliteConnection,
  timeoutMillis,
} from "./config.ts";
export { type Connected, type ConnectOptions, connect } from "./connect.ts";
export { entitiesOf } from "./entities.ts";
export { checkKeys } from "./key-check.ts";
export type { LoadedTable, LoadReport } from "./load.ts";
