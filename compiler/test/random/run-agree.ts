import { parseArgs } from "node:util";
import { ENGINES, type EngineEntry } from "../load/engines.ts";
import { type Disagreement, disagreements, type Judged, judge, Refused } from "./agree.ts";
import { explain } from "./explain.ts";
import { generate } from "./generate.ts";
import { zoneCase } from "./zone-cases.ts";

/** Segments of one population, each of which is a case; and its people. */
const SIZE = { segments: 12, people: 50 };

/** In place of every so-manieth population stands one of people in many zones. */
const ZONES_EVERY = 10;

const IN_PROCESS = 100_000;
const ON_SERVERS = 10_000;
const SLOW = 1_000;
const MANY: readonly string[] = ["DuckDB", "SQLite", "PGlite"];
const SOME: readonly string[] = ["PostgreSQL", "ClickHouse", "MariaDB"];

/** More of them than this, and the engine is not held to much. */
const MOST_REFUSED = 100;

const HELP = `npm run agree [-- --cases N] [--engine NAME]... [--from SEED]

Holds engines to the interpreter: random segments over random people, inlined and bound, as members, flags and sizes. A case is one segment over one
population of ${SIZE.people} people. Without --cases: ${IN_PROCESS} on ${MANY.join(", ")}, ${ON_SERVERS} on ${SOME.join(", ")}, ${SLOW} on the others.
An engine that is not on this machine is named with the reason. A population of which the compiler refuses a segment for the engine (a statement too long for
it) is none of the cases and told apart. Exits 1 at a difference, with the smallest case that shows it; where more than ${MOST_REFUSED} populations are refused; and
where an engine of --engine is not here.

Engines: ${ENGINES.map(({ name }) => name).join(", ")}
`;

interface Outcome {
  readonly engine: string;
  readonly cases: number;
  /** Populations of which a segment was refused. */
  readonly refused: readonly string[];
  readonly difference: string | null;
}

/** One engine, seed after seed, until so many cases agreed or one did not. */
async function agree(entry: EngineEntry, most: number, from: number): Promise<Outcome> {
  const engine = await entry.open();
  const begin = Date.now();
  let cases = 0;
  const refused: string[] = [];
  try {
    for (let seed = from; cases < most; seed++) {
      const isZoned = seed % ZONES_EVERY === 0;
      const c = generate(seed, SIZE);
      let judged: Judged;
      try {
        judged = isZoned ? zoneCase(seed).judged : judge(c);
      } catch (error) {
        const said = `seed ${seed}: the checker and the generator differ\n${(error as Error).stack}`;
        return { engine: entry.name, cases, refused, difference: said };
      }
      let found: readonly Disagreement[];
      try {
        found = await disagreements(judged, engine, entry.name);
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        refused.push(`seed ${seed}: ${error.message}`);
        if (refused.length <= MOST_REFUSED) continue;
        return { engine: entry.name, cases, refused, difference: "too many populations are refused" };
      }
      if (found.length > 0) {
        const smallest = isZoned
          ? [`zones, seed ${seed}`, ...found.map((d) => `${d.engine}, ${d.segment}: ${d.what}`), judged.text].join("\n")
          : await explain(c, engine, entry.name);
        return { engine: entry.name, cases, refused, difference: smallest };
      }
      cases += judged.case.segments.length;
      tell(entry.name, cases, most, begin);
    }
    return { engine: entry.name, cases, refused, difference: null };
  } finally {
    await engine.close();
    if (process.stderr.isTTY) process.stderr.write("\r\u001b[K");
  }
}

let told = 0;

/** Progress: in a terminal always the last line, elsewhere a line a minute. */
function tell(engine: string, cases: number, most: number, begin: number): void {
  if (cases === 0) return;
  const seconds = (Date.now() - begin) / 1000;
  const left = Math.max(0, Math.round((seconds / cases) * (most - cases)));
  const line = `${engine}: ${cases} of ${most} cases agree, ${left > 90 ? `${Math.round(left / 60)} min` : `${left} s`} left`;
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${line}`);
  else if (Date.now() - told > 60_000) {
    told = Date.now();
    process.stderr.write(`${line}\n`);
  }
}

const casesOf = (name: string): number => (MANY.includes(name) ? IN_PROCESS : SOME.includes(name) ? ON_SERVERS : SLOW);

function readOptions() {
  try {
    return parseArgs({
      options: {
        cases: { type: "string" },
        engine: { type: "string", multiple: true },
        from: { type: "string" },
        help: { type: "boolean", short: "h" },
      },
    }).values;
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n\n${HELP}`);
    process.exit(2);
  }
}

const values = readOptions();
const asked = values.engine?.map((name) => name.toLowerCase());
const entries = ENGINES.filter(({ name }) => asked === undefined || asked.includes(name.toLowerCase()));
const [cases, from] = [values.cases ?? "", values.from ?? "1"].map(Number) as [number, number];
if (values.help || entries.length === 0 || Number.isNaN(cases) || Number.isNaN(from)) {
  (values.help ? process.stdout : process.stderr).write(HELP);
  process.exit(values.help ? 0 : 2);
}
let failures = 0;
for (const entry of entries) {
  if (entry.missing !== null) {
    console.log(`${entry.name}: not here, ${entry.missing}`);
    if (asked !== undefined) failures++;
    continue;
  }
  const outcome = await agree(entry, cases > 0 ? cases : casesOf(entry.name), from);
  console.log(
    `${outcome.engine}: ${outcome.cases} cases, ${outcome.difference === null ? "0 differences" : "a difference"}`,
  );
  for (const reason of outcome.refused) console.log(`  refused, ${reason}`);
  if (outcome.difference === null) continue;
  failures++;
  console.log(outcome.difference);
}
process.exit(failures === 0 ? 0 : 1);
