import { describe, expect, test } from "vitest";
import { format } from "../format/format.ts";
import { sourceFile } from "../text/source.ts";
import { lintsOf } from "./lint-rows.ts";

const slugs = (text: string): readonly string[] => lintsOf(text).map(({ slug }) => slug);

const ALLOW = "// seg-allow SEG5003: the general letter is for them";

describe("`// seg-allow CODE: reason` before a line silences a warning there", () => {
  test.each([
    ["before the line", `segment A\n  ${ALLOW}\n  where country != "FR"`, []],
    ["before an item", `segment A\n  where marketing_consent\n    ${ALLOW}\n    and country != "FR"`, []],
    ["at the end of the line", `segment A\n  where country != "FR" ${ALLOW}`, []],
    [
      "before a declaration, for all of it",
      `${ALLOW}\nsegment A\n  where marketing_consent\n    and country != "FR"`,
      [],
    ],
    ["before its annotations", `${ALLOW}\n@kpi\ntrait a\n  = country != "FR"`, []],
    ["with other comments between", `segment A\n  ${ALLOW}\n  // and more\n\n  where country != "FR"`, []],
    [
      "several codes",
      `segment A\n  // seg-allow SEG5003, SEG5010: on purpose\n  where not (country = "FR" or purchases.avg(amount) > 5)`,
      ["allow-unused"],
    ],
    ["by its slug", 'segment A\n  // seg-allow missing-included: on purpose\n  where country != "FR"', []],
    [
      "not for another line",
      `segment A\n  ${ALLOW}\n  where marketing_consent\n    and country != "FR"`,
      ["allow-unused", "missing-included"],
    ],
    [
      "not for another declaration",
      `${ALLOW}\nsegment A where marketing_consent\nsegment B where country != "FR"`,
      ["allow-unused", "missing-included"],
    ],
    [
      "not for another code",
      'segment A\n  // seg-allow SEG5010: on purpose\n  where country != "FR"',
      ["allow-unused", "missing-included"],
    ],
  ])("%s", (_, text, expected) => {
    expect(slugs(text)).toEqual(expected);
  });
});

describe("a comment that is not right is told: SEG5001, SEG5002, SEG5004, SEG5005", () => {
  test.each([
    [
      "no reason",
      'segment A\n  // seg-allow SEG5003\n  where country != "FR"',
      ["allow-reason: Why `SEG5003` is allowed here is not said."],
    ],
    [
      "an empty reason",
      'segment A\n  // seg-allow SEG5003:  \n  where country != "FR"',
      ["allow-reason: Why `SEG5003` is allowed here is not said."],
    ],
    [
      "no code",
      'segment A\n  // seg-allow: on purpose\n  where region = "EU"',
      ["allow-code: What is allowed here is not said."],
    ],
    [
      "an unknown code",
      'segment A\n  // seg-allow SEG5930: on purpose\n  where region = "EU"',
      ["allow-code: There is no finding with the code `SEG5930`."],
    ],
    [
      "an error",
      'segment A\n  // seg-allow SEG2001: on purpose\n  where region = "EU"',
      ["allow-error: `SEG2001` is an error, and errors cannot be allowed."],
    ],
    [
      "nothing to silence",
      `segment A\n  ${ALLOW}\n  where region = "EU"`,
      ["allow-unused: Nothing here would be told as `SEG5003`."],
    ],
    [
      "nothing behind it",
      `segment A where region = "EU"\n${ALLOW}\n`,
      ["allow-unused: Nothing here would be told as `SEG5003`."],
    ],
  ])("%s", (_, text, expected) => {
    expect(lintsOf(text).map(({ slug, message }) => `${slug}: ${message}`)).toEqual(expected);
  });

  test("errors are never silenced, and beside one nothing is called unused", () => {
    expect(slugs(`segment A\n  // seg-allow unknown-name: on purpose\n  where regoin = "EU"`)).toEqual([
      "allow-error",
      "unknown-name",
    ]);
    expect(slugs(`segment A\n  ${ALLOW}\n  where regoin = "EU"`)).toEqual(["unknown-name"]);
  });

  test.each(["// seg-allowed SEG5003", "// see seg-allow", "/* seg-allow SEG5003 */", "/// seg-allow SEG5003"])(
    "silent: %s",
    (comment) => {
      expect(slugs(`${comment}\nsegment A where region = "EU"`)).toEqual([]);
    },
  );
});

test("what is silenced stays so when the file is formatted", () => {
  const text = `${ALLOW}\nsegment A where marketing_consent and country != "FR"`;
  const formatted = format(sourceFile("a.seg", text));
  expect([slugs(text), "text" in formatted ? slugs(formatted.text) : null]).toEqual([[], []]);
});
