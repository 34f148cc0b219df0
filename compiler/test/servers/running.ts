import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** Where `npm run engines:start` keeps what it started: a folder a server, with a file `url`. */
export const RUNNING: string = fileURLToPath(new URL(".running/", import.meta.url));

/** The folder of the packages that `npm run engines:install` brings. */
export const PACKAGES: string = fileURLToPath(new URL("node_modules/", import.meta.url));

/** Where a server listens: as `SEG_TEST_<NAME>_URL` says, or where the one that was started here does; null where there is none. */
export function serverUrl(name: string): string | null {
  const said = process.env[`SEG_TEST_${name.toUpperCase()}_URL`];
  if (said !== undefined && said !== "") return said;
  const file = `${RUNNING}${name}/url`;
  return existsSync(file) ? readFileSync(file, "utf8").trim() : null;
}

/** The version of such a package. */
export const packageVersion = (name: string): string =>
  (JSON.parse(readFileSync(`${PACKAGES}${name}/package.json`, "utf8")) as { readonly version: string }).version;

/** Whether a package that `npm run engines:install` brings is there. */
export const hasPackage = (name: string): boolean => existsSync(`${PACKAGES}${name}/package.json`);
