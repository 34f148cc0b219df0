import { bind } from "../../../language/meaning/bind.ts";
import { parseInstant } from "../../../language/meaning/calendar.ts";
import type { Circumstances, Program } from "../../../language/meaning/program.ts";
import { loadProject } from "../../../language/project.ts";
import { sourceFile } from "../../../language/text/source.ts";
import { interpret } from "../../predicate/interpret.ts";
import { readWorld } from "../../predicate/world.ts";
import { compileSql } from "../../sql/compile.ts";
import type { Runner } from "../../sql/runner.ts";
import type { Shape, Statement } from "../../sql/statement.ts";
import type { TestEngine } from "../load/creation.ts";
import { addCoverage, type Coverage } from "./coverage.ts";
import { dirtyPeople } from "./dirty.ts";
import type { Fault } from "./faults.ts";
import { printModel, printSegments } from "./print.ts";
import type { Case, Gen, GenSegment } from "./shape.ts";

/** One case as text, as a program and as rows, with what the interpreter says of it. */
export interface Judged {
  readonly case: Pick<Case, "seed" | "asOf" | "zone" | "segments" | "divisions" | "tables">;
  readonly text: string;
  readonly program: Program;
  readonly when: Circumstances;
  /** Members by segment, and the population by entity: keys in the order of their bytes. */
  readonly members: ReadonlyMap<string, readonly string[]>;
  readonly population: ReadonlyMap<string, readonly string[]>;
}

/** What an engine answered differently, as sentences. */
export interface Disagreement {
  readonly engine: string;
  readonly segment: string;
  readonly what: string;
}

/** The compiler makes no statement of the case for this engine, and says why. */
export class Refused extends Error {}

/** Totals over many cases. */
export interface Tally {
  /** Segments over a population, by engine and form of the SQL. */
  pairs: Map<string, number>;
  people: number;
  members: number;
  coverage: Coverage;
}

export const tally = (): Tally => ({ pairs: new Map(), people: 0, members: 0, coverage: new Map() });

const reference = (name: string): Gen => ({ kind: "segment", type: "yes", name });

/** To the segments of a case, for each `S`: `not S`, and `S and T` for the one after it. */
export function companions(segments: readonly GenSegment[]): readonly GenSegment[] {
  const sources = segments.filter((s) => s.name.startsWith("S"));
  return sources.flatMap((s, i) => {
    const next = sources.slice(i + 1).find((t) => t.of === s.of);
    const not: GenSegment = { name: `Not${s.name}`, of: s.of, cond: { kind: "not", type: "yes", item: s.cond } };
    const both: GenSegment[] = next
      ? [
          {
            name: `Both${s.name}`,
            of: s.of,
            cond: { kind: "and", type: "yes", items: [reference(s.name), reference(next.name)] },
          },
        ]
      : [];
    return [not, ...both];
  });
}

/** Reads and interprets a case. Throws where the product refuses what the generator wrote: one of the two is wrong then. */
export function judge(c: Case, into: Tally | null = null): Judged {
  const segments = [...c.segments, ...companions(c.segments)];
  const text = `${printModel(c.model)}\n${printSegments({ ...c, segments })}`;
  const { program, diagnostics } = loadProject([sourceFile("case.seg", text)], { lint: false });
  const errors = diagnostics.filter((d) => d.severity === "error");
  if (errors.length > 0)
    throw new Error(
      errors.map((d) => `${d.code} ${d.message} at \`${text.slice(d.span.start, d.span.end)}\``).join("\n"),
    );
  const when: Circumstances = { asOf: parseInstant(c.asOf, c.zone) as bigint, zone: c.zone, params: new Map() };
  const world = readWorld(program.model, c.tables);
  const answers = interpret(program, world, when);
  const members = new Map([...program.segments.keys()].map((name) => [name, answers.members(name)]));
  const population = new Map(
    [...program.model.entities.values()]
      .filter((e) => e.kind === "entity")
      .map((e) => [e.name, answers.population(e.name)]),
  );
  if (into) {
    for (const s of c.segments) {
      into.people += population.get(s.of)?.length ?? 0;
      into.members += members.get(s.name)?.length ?? 0;
    }
    const own = new Map([...program.segments].filter(([name]) => /^(S\d|Tiers|Arms|Kept)/.test(name)));
    addCoverage(into.coverage, bind({ ...program, segments: own }, when), world, when, dirtyPeople(c));
  }
  return { case: c, text, program, when, members, population };
}

/** How one engine's answers to a case differ from the interpreter's, and from what must hold of any answers. Nothing when they agree. Throws `Refused`. */
export async function disagreements(
  judged: Judged,
  engine: TestEngine,
  label: string,
  into: Tally | null = null,
  fault: Fault | null = null,
): Promise<readonly Disagreement[]> {
  const found: Disagreement[] = [];
  const runner = await engine.load(judged.program.model, judged.case.tables);
  try {
    for (const inline of [false, true]) {
      const name = `${label}, ${inline ? "inlined" : "bound"}`;
      const shape: Shape = (judged.case.seed % 2 === 0) === inline ? "flags" : "members";
      const answer = await membersOf(judged, engine, runner, inline, shape, fault);
      if (typeof answer === "string") return [{ engine: name, segment: "", what: answer }];
      found.push(...compared(judged, name, answer));
      into?.pairs.set(name, (into.pairs.get(name) ?? 0) + judged.case.segments.length);
    }
    const sizes = await sizesOf(judged, engine, runner, fault);
    for (const [segment, size] of sizes) {
      const expected = judged.members.get(segment)?.length ?? judged.population.get(segment)?.length;
      if (size !== expected) found.push({ engine: `${label}, sizes`, segment, what: `${size} instead of ${expected}` });
    }
  } finally {
    await runner.close();
  }
  return found;
}

function statements(
  judged: Judged,
  engine: TestEngine,
  shape: Shape,
  inline: boolean,
  fault: Fault | null,
): readonly Statement[] {
  const program = fault?.program?.(judged.program) ?? judged.program;
  const when = fault?.when?.(judged.when) ?? judged.when;
  const { statements: made, diagnostics } = compileSql(program, {
    dialect: engine.dialect,
    segments: [...program.segments.keys()],
    shape,
    inline,
    storage: engine.storage,
    ...when,
  });
  if (diagnostics.length > 0) throw new Refused(diagnostics.map((d) => `${d.code} ${d.message}`).join("\n"));
  return fault?.sql ? made.map((s) => ({ ...s, sql: fault.sql?.(s.sql) ?? s.sql })) : made;
}

type Members = ReadonlyMap<string, readonly string[]>;

/** The members that the engine gives, in its order; a text where it refuses. */
async function membersOf(
  judged: Judged,
  engine: TestEngine,
  runner: Runner,
  inline: boolean,
  shape: Shape,
  fault: Fault | null,
): Promise<Members | string> {
  const members = new Map<string, string[]>([...judged.program.segments.keys()].map((name) => [name, []]));
  let made: readonly Statement[];
  try {
    made = statements(judged, engine, shape, inline, fault);
  } catch (error) {
    if (error instanceof Refused) throw error;
    return String((error as Error).stack);
  }
  for (const statement of made) {
    let rows: Awaited<ReturnType<Runner["execute"]>>;
    try {
      rows = await runner.execute(statement);
    } catch (error) {
      return `${(error as Error).message}\n${statement.sql}`;
    }
    for (const row of rows) {
      if (shape === "members") {
        const segment = statement.segments.length === 1 ? statement.segments[0] : String(row["segment"]);
        members.get(segment as string)?.push(String(row["key"]));
      } else {
        statement.segments.forEach((segment, i) => {
          if (Number(row[statement.columns[i] as string]) === 1) members.get(segment)?.push(String(row["key"]));
        });
      }
    }
  }
  return members;
}

async function sizesOf(
  judged: Judged,
  engine: TestEngine,
  runner: Runner,
  fault: Fault | null,
): Promise<ReadonlyMap<string, number>> {
  const sizes = new Map<string, number>();
  for (const statement of statements(judged, engine, "sizes", false, fault)) {
    const [row] = await runner.execute(statement);
    if (row === undefined) throw new Error("sizes has no row");
    sizes.set(statement.entity, Number(row["population"]));
    statement.segments.forEach((segment, i) => {
      sizes.set(segment, Number(row[statement.columns[i] as string]));
    });
  }
  return sizes;
}

function compared(judged: Judged, engine: string, answer: Members): readonly Disagreement[] {
  const found: Disagreement[] = [];
  for (const [segment, expected] of judged.members) {
    const got = answer.get(segment) ?? [];
    if (got.length !== expected.length || got.some((key, i) => key !== expected[i])) {
      const extra = got.filter((k) => !expected.includes(k));
      const lost = expected.filter((k) => !got.includes(k));
      found.push({
        engine,
        segment,
        what: extra.length + lost.length === 0 ? "in another order" : `too many: [${extra}], too few: [${lost}]`,
      });
    }
  }
  for (const { name, of } of judged.case.segments) {
    const everybody = judged.population.get(of)?.length ?? 0;
    const [size, rest, both] = [name, `Not${name}`, `Both${name}`].map((n) => answer.get(n)?.length ?? 0) as [
      number,
      number,
      number,
    ];
    if (size + rest !== everybody)
      found.push({
        engine,
        segment: name,
        what: `size(S) + size(not S) is ${size} + ${rest}, the population ${everybody}`,
      });
    if (both > size) found.push({ engine, segment: name, what: `size(S and T) is ${both}, size(S) ${size}` });
  }
  for (const { kind, of, entity } of judged.case.divisions) {
    if (kind === "snapshot") continue;
    const name = kind === "segmentation" ? "Tiers" : "Arms";
    const whole = of === entity ? (judged.population.get(entity)?.length ?? 0) : (answer.get(of)?.length ?? 0);
    const parts = [...answer].filter(([part]) => part.startsWith(`${name}.`)).flatMap(([, keys]) => keys);
    if (parts.length !== whole || new Set(parts).size !== whole)
      found.push({ engine, segment: name, what: `its parts have ${parts.length}, the whole ${whole}` });
  }
  return found;
}
