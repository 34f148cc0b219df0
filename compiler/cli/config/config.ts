import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { CATALOG, diagnose } from "../../../language/diagnostics/catalog.ts";
import type { Diagnostic, Severity } from "../../../language/diagnostics/diagnostic.ts";
import { nearest } from "../../../language/diagnostics/suggest.ts";
import { isZone } from "../../../language/meaning/calendar.ts";
import { type SourceFile, sourceFile } from "../../../language/text/source.ts";
import type { Span } from "../../../language/text/span.ts";
import { EXIT, FindingsStop, unfinished } from "../exit.ts";
import { isJsonProblem, type JsonNode, parseJson } from "./json.ts";
import SCHEMA from "./seglang.schema.json" with { type: "json" };
import { describe, type Misfit, plain, type Schema, validate } from "./validate.ts";

/** The name of the file whose folder is a project. */
export const CONFIG_FILE = "seglang.json";

/** A connection as it stands in the configuration, valid by the schema; `env:NAME` is not yet read. */
export type ConnectionSettings = { readonly engine: string } & Readonly<Record<string, unknown>>;

/** What `seglang.json` says, with defaults. */
export interface Config {
  readonly timezone: string;
  readonly connections: ReadonlyMap<string, ConnectionSettings>;
  /** By code. */
  readonly lint: ReadonlyMap<string, "off" | Severity>;
}

/** The configuration of the project in a folder; defaults where it has no file. Stops (exit 2) with everything that is wrong in it. */
export function readConfig(root: string): Config {
  const path = join(root, CONFIG_FILE);
  if (!existsSync(path)) return { timezone: "UTC", connections: new Map(), lint: new Map() };
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(readFileSync(path));
  } catch (error) {
    if (error instanceof TypeError)
      throw stop(
        [diagnose("unreadable-text", { path: CONFIG_FILE }, { file: CONFIG_FILE, span: { start: 0, end: 0 } })],
        null,
      );
    throw unfinished(`\`${CONFIG_FILE}\` cannot be read: ${(error as Error).message}.`);
  }
  const result = parseConfig(text);
  if ("diagnostics" in result) throw stop(result.diagnostics, sourceFile(CONFIG_FILE, text));
  return result;
}

const stop = (diagnostics: readonly Diagnostic[], source: SourceFile | null): FindingsStop =>
  new FindingsStop(EXIT.usage, diagnostics, (path) => (path === CONFIG_FILE ? source : null));

/** Reads and checks the text of a configuration. */
export function parseConfig(text: string): Config | { readonly diagnostics: readonly Diagnostic[] } {
  const node = parseJson(text);
  if (isJsonProblem(node)) {
    const found = text.slice(node.span.start, node.span.end);
    return {
      diagnostics: [
        diagnose(
          "unreadable-configuration",
          { found: found === "" ? null : found, expected: node.expected },
          at(node.span),
        ),
      ],
    };
  }
  const diagnostics = validate(node, SCHEMA as Schema).map(diagnosticOf);
  if (diagnostics.length === 0) diagnostics.push(...checkZone(node), ...checkLint(node), ...checkSources(node));
  if (diagnostics.length > 0) return { diagnostics };
  const value = plain(node) as {
    timezone?: string;
    connections?: Record<string, ConnectionSettings>;
    lint?: Record<string, "off" | Severity>;
  };
  return {
    timezone: value.timezone ?? "UTC",
    connections: new Map(Object.entries(value.connections ?? {})),
    lint: new Map(Object.entries(value.lint ?? {}).map(([name, level]) => [numberOf(name) as string, level])),
  };
}

const at = (span: Span): { file: string; span: Span } => ({ file: CONFIG_FILE, span });

function diagnosticOf(misfit: Misfit): Diagnostic {
  const { path } = misfit;
  switch (misfit.kind) {
    case "unknown": {
      const { name, known } = misfit;
      const near = nearest(name, known);
      return diagnose(
        "unknown-setting",
        { name, path, nearest: near, known },
        at(misfit.span),
        replacement(near, misfit.span),
      );
    }
    case "wrong": {
      const near = misfit.found.kind === "text" ? nearest(misfit.found.value, misfit.options) : null;
      return diagnose(
        "wrong-setting",
        { path, expected: misfit.expected, found: describe(misfit.found), nearest: near },
        at(misfit.span),
        replacement(near, misfit.span),
      );
    }
    case "missing":
      return diagnose("missing-setting", { path, names: misfit.names }, at(misfit.span));
    case "repeated":
      return diagnose("repeated-setting", { path }, at(misfit.span));
  }
}

const replacement = (near: string | null, span: Span) =>
  near === null
    ? {}
    : {
        fixes: [
          {
            title: `Write \`${near}\``,
            preferred: true,
            edits: [{ file: CONFIG_FILE, span, newText: JSON.stringify(near) }],
          },
        ],
      };

function entriesOf(node: JsonNode, name: string) {
  const inner = memberOf(node, name);
  return inner?.kind === "object" ? inner.entries : [];
}

const memberOf = (node: JsonNode, name: string): JsonNode | undefined =>
  node.kind === "object" ? node.entries.find((entry) => entry.key === name)?.value : undefined;

function checkZone(node: JsonNode): readonly Diagnostic[] {
  const zone = memberOf(node, "timezone");
  if (zone?.kind !== "text" || isZone(zone.value)) return [];
  const near = nearestZone(zone.value);
  return [
    diagnose("unknown-time-zone", { zone: zone.value, nearest: near }, at(zone.span), replacement(near, zone.span)),
  ];
}

/** The zone that was probably meant. */
export const nearestZone = (zone: string): string | null =>
  nearest(zone, ["UTC", ...Intl.supportedValuesOf("timeZone")]);

function checkLint(node: JsonNode): readonly Diagnostic[] {
  return entriesOf(node, "lint").flatMap(({ key, keySpan }) => {
    const number = numberOf(key);
    if (number === null) {
      const near = nearest(key, [...Object.keys(CATALOG), ...Object.values(CATALOG).map((entry) => entry.number)]);
      return [diagnose("unknown-code", { name: key, nearest: near }, at(keySpan), replacement(near, keySpan))];
    }
    const isError = Object.values(CATALOG).some((entry) => entry.number === number && entry.severity === "error");
    return isError ? [diagnose("fixed-severity", { name: key }, at(keySpan))] : [];
  });
}

/** The code that a code or slug names. */
function numberOf(name: string): string | null {
  for (const [slug, entry] of Object.entries(CATALOG)) if (slug === name || entry.number === name) return entry.number;
  return null;
}

function checkSources(node: JsonNode): readonly Diagnostic[] {
  return entriesOf(node, "connections").flatMap(({ key, value }) => {
    const engine = memberOf(value, "engine");
    if (engine?.kind !== "text" || engine.value !== "duckdb") return [];
    const path = `connections.${key}`;
    const given = ["path", "tables"].filter((name) => memberOf(value, name) !== undefined);
    if (given.length === 2) return [diagnose("conflicting-settings", { path, names: given }, at(value.span))];
    return given.length === 0 ? [diagnose("missing-setting", { path, names: ["tables"] }, at(engine.span))] : [];
  });
}
