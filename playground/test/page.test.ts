import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import chromium from "@sparticuz/chromium";
import { type Browser, type BrowserContext, chromium as driver, type Page } from "playwright-core";
import { build, loadConfigFromFile } from "vite";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { compileSql, DIALECTS, interpret, readWorld, type World } from "../../compiler/index.ts";
import { loadProject, type Program, sourceFile } from "../../language/index.ts";
import { CUSTOMERS, FILES } from "../data/files.ts";
import { SHOP, shopTables } from "../data/shop.ts";
import { type Host, serve } from "./serve.ts";

const MISSION = 'segment Loyal where purchases.last90d > 3 and region in ["EU"]';
const CONFIG = fileURLToPath(new URL("../vite.config.ts", import.meta.url));
const MODEL = readFileSync(new URL("../../examples/shop/model.seg", import.meta.url), "utf8");

let host: Host;
let browser: Browser;
let shipped: string;
let page: Page;
let wrong: readonly string[];

/** The header that `npm run play` sends. */
async function policy(): Promise<string> {
  const loaded = await loadConfigFromFile({ command: "serve", mode: "production" }, CONFIG);
  return String(loaded?.config.preview?.headers?.["content-security-policy"]);
}

/** Collects all that a page must never do: complain, break the policy, ask another host. */
function watch(context: BrowserContext): string[] {
  const seen: string[] = [];
  context.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) seen.push(message.text());
  });
  context.on("weberror", (error) => seen.push(String(error.error())));
  context.on("request", (request) => {
    const address = request.url();
    if (!address.startsWith(host.address) && !/^(data|blob):/.test(address)) seen.push(`request: ${address}`);
  });
  context.on("response", (response) => {
    if (response.status() >= 400) seen.push(`${response.status()}: ${response.url()}`);
  });
  return seen;
}

/** Does something, and waits until the page has answered all that followed from it. */
async function answered(on: Page, act: () => Promise<void>): Promise<void> {
  const before = Number(await on.getAttribute("html", "data-seg-rev"));
  await act();
  await on.waitForFunction((revision) => {
    const { segRev, segState } = document.documentElement.dataset;
    return Number(segRev) > revision && (segState === "ready" || segState === "error");
  }, before);
}

/** Puts a text in the place of all that the open file has. */
async function write(text: string, on = page): Promise<void> {
  await on.locator("#editor .view-lines").click();
  await on.keyboard.press("Control+A");
  await answered(on, () => (text === "" ? on.keyboard.press("Delete") : on.keyboard.insertText(text)));
}

const number = (people: number): string => new Intl.NumberFormat("en").format(people);

const programOf = (text: string): Program =>
  loadProject([sourceFile("model.seg", MODEL), sourceFile("segments.seg", text)]).program;

/** The rows that the mission's line is about; the text of a segment does not change them. */
const world: World = (() => {
  const { customers, orders } = shopTables(CUSTOMERS);
  return readWorld(programOf(MISSION).model, { customers: customers ?? [], orders: orders ?? [] });
})();

/** How many people `Loyal` has by the interpreter, and how many there are. */
function counted(text: string): { readonly people: number; readonly everybody: number } {
  const { members, population } = interpret(programOf(text), world, SHOP);
  return { people: members("Loyal").length, everybody: population("Customer").length };
}

const sqlOf = (program: Program, dialect: string, inline: boolean) =>
  compileSql(program, { ...SHOP, dialect, segments: ["Loyal"], shape: "members", inline }).statements[0];

// The browser that comes as a package is one for Linux.
describe.skipIf(process.platform !== "linux")("the page", () => {
  beforeAll(async () => {
    shipped = mkdtempSync(join(tmpdir(), "seglang-page-"));
    await build({ configFile: CONFIG, logLevel: "error", build: { outDir: shipped } });
    host = await serve(shipped, await policy());
    browser = await driver.launch({ executablePath: await chromium.executablePath(), args: ["--no-sandbox"] });
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    context.setDefaultTimeout(90_000);
    wrong = watch(context);
    page = await context.newPage();
    await page.addInitScript(() => {
      addEventListener("securitypolicyviolation", (event) => {
        console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`);
      });
    });
    await page.goto(host.address);
    await page.waitForSelector('html[data-seg-state="ready"]');
  });

  // One page serves all tests, as it serves somebody who stays: each writes its own text.
  afterEach(() => expect(wrong).toEqual([]));

  afterAll(async () => {
    await browser?.close();
    await host?.close();
    rmSync(shipped, { recursive: true, force: true });
  });

  test("shows a segment, its people and the others before anybody types", async () => {
    const files = FILES.map(({ path }) => path);
    expect([files[0], files.at(-1)]).toEqual(["segments.seg", "model.seg"]);
    expect(await page.getByRole("tab").allInnerTexts()).toEqual([...files, "Audience", "SQL"]);
    expect(await page.locator("#audience h2").innerText()).toBe("Loyal");
    expect(await page.locator("#problems").innerText()).toBe("No problems.");
    const sizes = await page
      .locator("#audience tbody tr")
      .evaluateAll((rows) => rows.map((row) => row.getAttribute("data-size")));
    expect(sizes.length).toBeGreaterThanOrEqual(10);
    expect(sizes.every((size) => Number(size) > 0)).toBe(true);
    // The other tests write into the first file alone; what the others say about it would be broken by that.
    for (const file of files.slice(1, -1)) {
      await page.getByRole("tab", { name: file }).click();
      await write("");
    }
    await page.getByRole("tab", { name: "segments.seg" }).click();
  });

  test("counts the mission's line as the interpreter does, writes its SQL, and mends it by its fix", async () => {
    const program = programOf(MISSION);
    const { people, everybody } = counted(MISSION);
    expect(people).toBeGreaterThan(0);
    const size = () => page.locator("#size").innerText();

    await write(MISSION);
    expect(await page.locator("#problems").innerText()).toBe("No problems.");
    expect(await size()).toBe(number(people));
    expect(await page.locator("#audience .share").innerText()).toContain(`of ${number(everybody)}`);

    await page.getByRole("tab", { name: "SQL", exact: true }).click();
    for (const dialect of DIALECTS.keys()) {
      await page.locator("#dialect").selectOption(dialect);
      await page.locator("#inline").check();
      expect(await page.locator("#sql-text").innerText()).toBe(sqlOf(program, dialect, true)?.sql);
      await page.locator("#inline").uncheck();
      const apart = sqlOf(program, dialect, false);
      expect(await page.locator("#sql-text").innerText()).toBe(apart?.sql);
      expect(await page.locator("#parameters tbody tr").count()).toBe(apart?.parameters.length);
    }
    await page.getByRole("tab", { name: "Audience", exact: true }).click();

    await write(MISSION.replace("region", "regoin").replace("> 3", "> 4"));
    expect(await page.locator("#problems .error").count()).toBe(1);
    expect(await page.locator("#problems .error p").first().innerText()).toContain("regoin");
    expect(await page.locator("#editor .squiggly-error").count()).toBe(1);
    expect(await size()).toBe(number(people));
    expect(await page.locator("#audience .card .badge").innerText()).toBe("stale");

    await answered(page, () => page.locator("#problems .fix").first().click());
    expect(await page.locator("#problems").innerText()).toBe("No problems.");
    expect(await page.locator("#audience .badge").count()).toBe(0);
    expect(await size()).toBe(number(counted(MISSION.replace("> 3", "> 4")).people));
  });

  test("offers the fix in the text as well, by keyboard", async () => {
    await write('segment Quiet where no purchases.last180d and regoin = "EU"');
    await page.locator("#problems .place").click();
    await page.keyboard.press("Control+.");
    await page.locator(".action-widget", { hasText: "Write region" }).waitFor();
    await answered(page, () => page.keyboard.press("Enter"));
    expect(await page.locator("#problems").innerText()).toBe("No problems.");
    expect(await page.locator("#editor .view-lines").innerText()).toMatch(/region/);
  });

  test("answers a change of the model, and leaves the other segments alone when one is broken", async () => {
    await write(`${MISSION}\n\nsegment Quiet where no purchases.last180d`);
    const quiet = page.locator('tr:has([data-segment="Quiet"])');
    // The caret stands at the end.
    expect(await page.locator("#audience h2").innerText()).toBe("Quiet");
    await answered(page, () => page.locator('[data-segment="Loyal"]').click());
    expect(await page.locator("#audience h2").innerText()).toBe("Loyal");
    const before = await quiet.getAttribute("data-size");
    await write(`${MISSION.replace("> 3", ">")}\n\nsegment Quiet where no purchases.last180d`);
    expect(await quiet.getAttribute("class")).toBe("live");
    expect(await quiet.getAttribute("data-size")).toBe(before);
    expect(await page.locator('tr:has([data-segment="Loyal"])').getAttribute("class")).toBe("stale");
    await page.getByRole("tab", { name: "model.seg" }).click();
    await write(MODEL.replace("signed_up_at   : timestamp", "signed_up_at   : timestmp"));
    expect(await quiet.getAttribute("class")).toBe("stale");
    expect(await quiet.getAttribute("data-size")).toBe(before);
    await write(MODEL.replace(" where not is_test", ""));
    expect(await quiet.getAttribute("class")).toBe("live");
    expect(Number(await quiet.getAttribute("data-size"))).toBeGreaterThan(Number(before));
  });

  test("shows a report to copy when the compiler fails, and recovers with the next change", async () => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    context.setDefaultTimeout(90_000);
    const fresh = await context.newPage();
    const body = 'onmessage = () => { throw new Error("a seeded fault"); };';
    await fresh.route(/\/worker-[^/]*\.js$/, (route) => route.fulfill({ contentType: "text/javascript", body }), {
      times: 1,
    });
    await fresh.goto(host.address);
    await fresh.waitForSelector('html[data-seg-state="error"]');
    expect(await fresh.locator("#crash-report").innerText()).toContain("a seeded fault");
    expect(await fresh.getByRole("button", { name: "Copy the report" }).isVisible()).toBe(true);
    await write(MISSION, fresh);
    expect(await fresh.locator("#crash").isVisible()).toBe(false);
    expect(await fresh.locator("#size").innerText()).toBe(number(counted(MISSION).people));
    await context.close();
  });

  test("can be reached by keyboard from top to bottom, and is no wider than a telephone", async () => {
    await page.setViewportSize({ width: 390, height: 800 });
    await page.getByRole("tab", { name: "segments.seg" }).click();
    await write(MISSION);
    await page.getByRole("tab", { name: "segments.seg" }).focus();
    const reached: string[] = [];
    for (let step = 0; step < 30 && reached.at(-1) !== "the end"; step++) {
      await page.keyboard.press("Tab");
      reached.push(
        await page.evaluate(() => {
          const at = document.activeElement;
          if (at === null || at === document.body) return "the end";
          return (
            at.id || at.getAttribute("data-segment") || (at.closest("#editor") === null ? at.tagName : "the editor")
          );
        }),
      );
    }
    expect(reached).toEqual(["the editor", "tab-audience", "Loyal", "the end"]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  });
});
