import { PLAIN, type Style } from "../../../language/diagnostics/render.ts";
import { loadProject } from "../../../language/project.ts";
import { printable } from "../../../language/text/width.ts";
import type { Connection } from "../../engines/config.ts";
import { connect } from "../../engines/connect.ts";
import { type Config, readConfig } from "../config/config.ts";
import { chooseConnection } from "../connection.ts";
import { EXIT } from "../exit.ts";
import { findProject, shownPath } from "../files.ts";
import type { Io } from "../io.ts";
import { jsonText } from "../report/json.ts";
import { readReports, writeReports } from "../report/write.ts";
import { styleFor } from "../style.ts";

/** Options as the command line gives them. */
export interface DoctorOptions {
  readonly project?: string;
  readonly format: "pretty" | "json";
  readonly report: readonly string[];
}

interface Environment {
  /** Names and versions of what the command runs on. */
  readonly versions: Readonly<Record<string, string>>;
  readonly project: string;
  readonly timezone: string;
  readonly connections: readonly Reached[];
}

/** A connection that was tried: what answered, or why nothing did. */
interface Reached {
  readonly name: string;
  readonly engine: string;
  readonly reachable: boolean;
  readonly answer: string;
}

/** `seg doctor`: what it finds around it. No value of the environment and no address of a database is in its report. */
export async function doctor(io: Io, version: string, options: DoctorOptions): Promise<number> {
  readReports(options.report, ["json", "pretty"]);
  const root = findProject(io.cwd, options.project ?? null, []);
  const config = readConfig(root);
  const connections: Reached[] = [];
  for (const name of config.connections.keys()) connections.push(await tried(io, config, root, name));
  const environment: Environment = {
    versions: {
      seg: version,
      node: process.versions.node,
      system: `${process.platform} ${process.arch}`,
      "zone data": process.versions["tz"] ?? "unknown",
      duckdb: await embedded({ engine: "duckdb", tables: {} }),
      sqlite: process.versions["sqlite"] ?? "unknown",
    },
    project: shownPath(io.cwd, root),
    timezone: config.timezone,
    connections,
  };
  const json = (): string => jsonText({ version: 1, ...environment });
  const text = (style = PLAIN): string => environmentText(environment, style);
  io.stdout.write(options.format === "json" ? json() : text(styleFor(io, io.stdout)));
  writeReports(io, options.report, { json, pretty: () => text() });
  return EXIT.clean;
}

/** Without any table: that the engine answers, not that the data is there. */
async function versionOf(connection: Connection, baseDir: string, signal?: AbortSignal): Promise<string> {
  const { runner } = await connect(connection, loadProject([]).model, { baseDir, entities: new Set(), signal });
  try {
    return (await runner.version?.()) ?? runner.dialect;
  } finally {
    await runner.close();
  }
}

const embedded = (connection: Connection): Promise<string> =>
  versionOf(connection, ".").then(
    (version) => version.replace(/^\w+ v?/, ""),
    (error: Error) => `not working: ${firstLine(error)}`,
  );

async function tried(io: Io, config: Config, root: string, name: string): Promise<Reached> {
  const engine = config.connections.get(name)?.engine ?? "";
  try {
    const { connection, guard } = chooseConnection(io, config, name);
    return { name, engine, reachable: true, answer: await guard(versionOf(connection, root, io.signal)) };
  } catch (error) {
    return { name, engine, reachable: false, answer: firstLine(error as Error) };
  }
}

const firstLine = ({ message }: Error): string => message.split("\n")[0] as string;

function environmentText({ versions, project, timezone, connections }: Environment, style: Style): string {
  const row = (label: string, value: string): string => `${style.faint(label.padEnd(9))}  ${printable(value)}\n`;
  return [
    ...Object.entries(versions).map(([name, version]) => row(name, version)),
    row("project", project),
    row("timezone", timezone),
    ...connections.map(({ name, engine, reachable, answer }) =>
      row("connects", `${name} (${engine}): ${reachable ? "" : "not reachable: "}${answer}`),
    ),
  ].join("");
}
