import { expect, test } from "vitest";
import { OPERATOR_IDS, OPERATORS } from "../../language/operators/table.ts";
import { referencePage } from "./docs/reference-page.ts";

test("docs/reference.md is that of the table of operators (`npm run docs` writes it)", async () => {
  await expect(referencePage()).toMatchFileSnapshot("../../docs/reference.md");
});

test("every row has its heading, its sentence and its example there", () => {
  const page = referencePage();
  const missing = OPERATOR_IDS.filter((id) => {
    const { words, doc, example } = OPERATORS[id];
    return !page.includes(`${words[0]}\``) || !page.includes(doc) || !page.includes(example);
  });
  expect(missing).toEqual([]);
});
