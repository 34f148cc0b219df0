import { writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { frontEnd } from "../../language/bench/front-end.ts";
import { sectionOf } from "../../language/bench/report.ts";
import { toSql } from "./to-sql.ts";

/**
 * `npm run bench`: measures every comparison, prints it, and writes docs/benchmarks.md; exits 1 where a goal was missed. `npm run bench -- 5` takes five rounds
 * instead of 21, writes nothing, and fails for no goal: so few rounds, perhaps beside other work, tell too little.
 */
const asked = Number(process.argv[2] ?? 0);
const rounds = asked > 0 ? asked : 21;
const now = (): number => performance.now();

const comparisons = [...frontEnd(), ...toSql()];
const texts: string[] = [];
const missed: string[] = [];
for (const [i, comparison] of comparisons.entries()) {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${i + 1} of ${comparisons.length}: ${comparison.title}`);
  const section = sectionOf(comparison, now, rounds);
  if (process.stderr.isTTY) process.stderr.write("\r\u001b[K");
  console.log(`${section.text}\n`);
  texts.push(section.text);
  missed.push(...section.missed);
}

const page = `# Benchmarks

Written by \`npm run bench\`: everything below was measured in one run, the ways of one table in turn, round by round (${rounds} rounds; medians).
Ratios say how many times as long as the first way each one takes; times in microseconds depend on the machine, ratios much less. This run: Node ${process.versions.node}, ${process.arch}, ${cpus().length} cores.

${texts.join("\n\n")}
`;
if (asked === 0) writeFileSync(new URL("../../docs/benchmarks.md", import.meta.url), page);
if (missed.length > 0) {
  console.error(missed.join("\n"));
  if (asked === 0) process.exitCode = 1;
}
