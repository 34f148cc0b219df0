import chromium from "@sparticuz/chromium";
import { chromium as driver } from "playwright-core";
import { build } from "vite";

/** A module of an installed folder and all that it imports as one script for browsers, unminified. */
export async function bundleForBrowsers(folder: string, entry: string): Promise<string> {
  const result = await build({
    root: folder,
    configFile: false,
    logLevel: "error",
    build: { write: false, minify: false, target: "es2023", lib: { entry, formats: ["es"] } },
  });
  const [first] = Array.isArray(result) ? result : [result];
  if (first === undefined || !("output" in first)) throw new Error("nothing was built");
  return first.output.map((part) => ("code" in part ? part.code : "")).join("\n");
}

/** Runs a script in Chromium, offline, and answers what it leaves in `globalThis.answer`. */
export async function inChromium(script: string): Promise<unknown> {
  const browser = await driver.launch({ executablePath: await chromium.executablePath(), args: ["--no-sandbox"] });
  try {
    const page = await browser.newPage();
    await page.context().setOffline(true);
    await page.addScriptTag({ content: script, type: "module" });
    await page.waitForFunction("globalThis.answer !== undefined");
    return await page.evaluate("globalThis.answer");
  } finally {
    await browser.close();
  }
}
