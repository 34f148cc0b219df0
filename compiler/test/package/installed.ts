import { execFile } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The repository. */
export const ROOT = fileURLToPath(new URL("../../..", import.meta.url));

/** What a program answered. */
export interface Ended {
  readonly code: number | string;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program to its end, with the Node that runs the tests first on the path. */
export function execute(cwd: string, program: string, args: readonly string[]): Promise<Ended> {
  const path = [dirname(process.execPath), process.env["PATH"]].join(delimiter);
  const { NODE_OPTIONS: _, FORCE_COLOR: __, ...env } = process.env;
  return new Promise((resolve) =>
    execFile(
      program,
      args,
      { cwd, env: { ...env, PATH: path, NO_COLOR: "1" }, maxBuffer: 2 ** 26 },
      (error, stdout, stderr) => resolve({ code: error === null ? 0 : (error.code ?? "killed"), stdout, stderr }),
    ),
  );
}

/** The package in an empty folder, as `npm install` leaves it there. */
export interface Installed {
  readonly folder: string;
  /** Paths in the tarball. */
  readonly files: readonly string[];
  /** Why the packages that it needs could not be had; null where all is well. */
  readonly unreachable: string | null;
  readonly remove: () => void;
}

/** Builds, packs and installs the package. Throws where one of these fails for another reason than a registry that cannot be reached. */
export async function install(): Promise<Installed> {
  const scratch = mkdtempSync(join(tmpdir(), "seg-package-"));
  const remove = (): void => rmSync(scratch, { recursive: true, force: true });
  const bin = (name: string): string => join(ROOT, "node_modules", ".bin", name);
  const folder = join(scratch, "empty");
  mkdirSync(folder);
  await succeed(ROOT, bin("tsc"), ["-b", "compiler/cli"]);
  await succeed(ROOT, bin("vite"), ["build", "--config", "compiler/cli/vite.config.ts"]);
  const packed = await succeed(ROOT, "npm", ["pack", "--ignore-scripts", "--json", "--pack-destination", scratch]);
  const [{ files }] = JSON.parse(packed) as [{ readonly files: readonly { readonly path: string }[] }];
  const tarball = readdirSync(scratch).find((name) => name.endsWith(".tgz")) as string;
  writeFileSync(join(folder, "package.json"), '{ "private": true, "type": "module" }\n');
  const answer = await execute(folder, "npm", [
    "install",
    "--prefer-offline",
    "--no-audit",
    "--no-fund",
    "--fetch-retries=1",
    "--fetch-timeout=20000",
    join(scratch, tarball),
  ]);
  const offline = /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ENOTCACHED|network/.exec(
    answer.stderr,
  )?.[0];
  if (answer.code !== 0 && offline === undefined) throw new Error(answer.stderr);
  return {
    folder,
    files: files.map(({ path }) => path),
    unreachable: answer.code === 0 ? null : (offline as string),
    remove,
  };
}

async function succeed(cwd: string, program: string, args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await execute(cwd, program, args);
  if (code !== 0) throw new Error(`${program} ${args.join(" ")}: ${code}\n${stdout}${stderr}`);
  return stdout;
}

/** Copies a folder beside this file into the installed one. */
export const bring = (name: string, folder: string): void =>
  cpSync(fileURLToPath(new URL(name, import.meta.url)), join(folder, name), { recursive: true });
