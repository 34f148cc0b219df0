import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { hasPackage, RUNNING, serverUrl } from "./running.ts";

const HERE = fileURLToPath(new URL(".", import.meta.url));

/** Engines that are packages of this folder, by the package; of SQL Server it is a grammar. */
const PACKAGED: Readonly<Record<string, string>> = {
  clickhouse: "chdb",
  bigquery: "@fivetrandevelopers/zetasql",
  sqlserver: "antlr4ts-sql",
};

/** Engines with a server: each has a script, which knows `install`, `start DIR` (it prints the URL) and `stop DIR`. */
const SERVERS = readdirSync(HERE)
  .filter((file) => file.endsWith(".sh"))
  .map((file) => file.slice(0, -".sh".length))
  .sort();

/** What is meant where nothing is named: what every run of CI has. The others take long to bring. */
const USUAL = [...Object.keys(PACKAGED), ...SERVERS.filter((name) => name === "postgres" || name === "mariadb")];

const HELP = `Engines that the tests execute on, beside those that run in their process.

  npm run engines:install [-- NAME...]   brings them: ${USUAL.join(", ")}; by name also ${SERVERS.filter((name) => !USUAL.includes(name)).join(", ") || "no other"}
  npm run engines:start [-- NAME...]     starts those that have a server, on loopback, for \`npm test\` and \`npm run agree\`
  npm run engines:stop [-- NAME...]      ends them again
`;

/** Runs a script; its standard output is the answer, all else is told as it comes. */
function script(name: string, ...args: readonly string[]): { readonly ok: boolean; readonly said: string } {
  const { status, stdout } = spawnSync("bash", [`${HERE}${name}.sh`, ...args], {
    stdio: ["ignore", "pipe", "inherit"],
    encoding: "utf8",
  });
  return { ok: status === 0, said: stdout.trim() };
}

function install(names: readonly string[]): boolean {
  const failed: string[] = [];
  const packaged = names.filter((name) => name in PACKAGED);
  if (packaged.some((name) => !hasPackage(PACKAGED[name] as string))) {
    console.log(`${packaged.join(" and ")}: installing some hundreds of megabytes`);
    // Without a lock file: it would have to name the libraries of every platform, and a registry may have but one.
    const { status } = spawnSync("npm", ["install", "--no-package-lock", "--no-audit", "--no-fund"], {
      cwd: HERE,
      stdio: "inherit",
    });
    if (status !== 0) failed.push(...packaged);
  }
  for (const name of names.filter((one) => SERVERS.includes(one))) {
    console.log(`${name}: installing where it is missing`);
    if (!script(name, "install").ok) failed.push(name);
  }
  for (const name of names) console.log(`${name}: ${failed.includes(name) ? "could not be installed" : "is here"}`);
  return failed.length === 0;
}

function start(names: readonly string[]): boolean {
  let ok = true;
  for (const name of names.filter((one) => SERVERS.includes(one))) {
    const known = serverUrl(name);
    if (known !== null) {
      console.log(`${name}: listens at ${withoutSecret(known)}`);
      continue;
    }
    const dir = `${RUNNING}${name}`;
    mkdirSync(dir, { recursive: true });
    const { ok: started, said } = script(name, "start", dir);
    if (!started || said === "") {
      console.log(`${name}: did not start`);
      script(name, "stop", dir);
      ok = false;
      continue;
    }
    writeFileSync(`${dir}/url`, `${said}\n`, { mode: 0o600 });
    console.log(`${name}: listens at ${withoutSecret(said)}`);
  }
  return ok;
}

function stop(names: readonly string[]): boolean {
  let ok = true;
  for (const name of names.filter((one) => SERVERS.includes(one))) {
    const dir = `${RUNNING}${name}`;
    if (!existsSync(dir)) continue;
    const { ok: stopped } = script(name, "stop", dir);
    rmSync(dir, { recursive: true, force: true });
    console.log(`${name}: ${stopped ? "stopped" : "could not be stopped"}`);
    ok &&= stopped;
  }
  return ok;
}

const withoutSecret = (url: string): string => url.replace(/\/\/[^/]*@/, "//");

const VERBS: Readonly<Record<string, (names: readonly string[]) => boolean>> = { install, start, stop };
const [verb = "", ...named] = process.argv.slice(2);
const work = VERBS[verb];
const unknown = named.filter((name) => !(name in PACKAGED) && !SERVERS.includes(name));
if (work === undefined || unknown.length > 0) {
  if (unknown.length > 0) console.error(`There is no engine ${unknown.join(", ")} here.\n`);
  console.error(HELP);
  process.exit(2);
}
const asked = named.length > 0 ? named : verb === "stop" ? [...Object.keys(PACKAGED), ...SERVERS] : USUAL;
process.exit(work(asked) ? 0 : 1);
