import { PLAIN, type Style } from "../../../language/diagnostics/render.ts";
import { InternalError } from "../../../language/text/assert.ts";
import { printable, printableLines } from "../../../language/text/width.ts";
import { type Dependencies, dependenciesOf } from "../dependencies.ts";
import { EXIT } from "../exit.ts";
import type { Io } from "../io.ts";
import { type Opened, openProject } from "../project.ts";
import { jsonText } from "../report/json.ts";
import { readReports, writeReports } from "../report/write.ts";
import { chosenSegments } from "../segments.ts";
import { styleFor } from "../style.ts";

/** Options as the command line gives them. */
export interface ListOptions {
  readonly project?: string;
  readonly format: "pretty" | "json";
  readonly report: readonly string[];
}

/** A segment as the catalogue has it. */
interface Listed {
  readonly name: string;
  readonly kind: "segment" | "tier" | "arm" | "snapshot";
  readonly entity: string;
  readonly title: string | null;
  readonly doc: string | null;
  readonly owner: string | null;
  readonly tags: readonly string[];
  readonly deprecated: string | null;
  readonly file: string;
  readonly dependsOn: Dependencies;
}

/** `seg list`: the catalogue of segments. Exit 1 only where a text has errors, because something would be missing from it. */
export async function list(io: Io, args: readonly string[], options: ListOptions): Promise<number> {
  readReports(options.report, ["json", "pretty"]);
  const opened = await openProject(io, args, {
    project: options.project ?? null,
    allowEmpty: false,
    stdinFilename: null,
  });
  const names = chosenSegments(io, opened, options.format);
  if (typeof names === "number") return names;
  const segments = names.map((name) => listedSegment(opened, name));
  const json = (): string => jsonText({ version: 1, segments });
  const text = (style = PLAIN): string => segments.map((one) => segmentText(one, style)).join("\n");
  io.stdout.write(options.format === "json" ? json() : text(styleFor(io, io.stdout)));
  writeReports(io, options.report, { json, pretty: () => text() });
  return EXIT.clean;
}

function listedSegment({ project: { program }, show }: Opened, wanted: string): Listed {
  const segment = program.segments.get(wanted);
  if (segment === undefined) throw new InternalError(`no segment ${wanted}`);
  const { name, kind, entity, title, doc, owner, tags, deprecated, origin } = segment;
  const dependsOn = dependenciesOf(program, name);
  return { name, kind, entity, title, doc, owner, tags, deprecated, file: show(origin.file), dependsOn };
}

function segmentText(one: Listed, style: Style): string {
  const { segments, traits, params, entities } = one.dependsOn;
  const rows: readonly (readonly [string, readonly string[]])[] = [
    ["owner", one.owner === null ? [] : [one.owner]],
    ["tags", one.tags],
    ["needs", [...segments, ...traits, ...params]],
    ["reads", entities],
    ["file", [one.file]],
  ];
  const title = one.title === null ? "" : `  ${printable(one.title)}`;
  const doc = one.doc === null ? [] : printableLines(one.doc).split("\n");
  const deprecated = one.deprecated === null ? [] : [`deprecated: ${printable(one.deprecated)}`];
  const lines = [
    ...deprecated,
    ...doc,
    ...rows.flatMap(([label, values]) =>
      values.length === 0 ? [] : [`${style.faint(label.padEnd(5))}  ${values.map(printable).join(", ")}`],
    ),
  ];
  return [`${style.strong(printable(one.name))}${title}`, ...lines.map((line) => `  ${line}`), ""].join("\n");
}
