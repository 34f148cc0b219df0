import { expect, test } from "vitest";
import { CATALOG } from "../../language/diagnostics/catalog.ts";
import { pageOf } from "../../language/diagnostics/page.ts";
import { errorsPage } from "./docs/errors-page.ts";

test("docs/errors.md is that of the catalogue (`npm run docs` writes it)", async () => {
  await expect(errorsPage()).toMatchFileSnapshot("../../docs/errors.md");
});

test("the page of each code is a heading there", () => {
  const anchors = new Set([...errorsPage().matchAll(/^### (.+)$/gm)].map(([, title = ""]) => title.toLowerCase()));
  const missing = Object.values(CATALOG)
    .map(({ number }) => pageOf(number).split("#")[1] ?? "")
    .filter((anchor) => !anchors.has(anchor));
  expect(missing).toEqual([]);
});
