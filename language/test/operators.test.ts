import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { accepts, arity, describeAccepts, matchSignature, resultType } from "../operators/signature.ts";
import {
  FUNCTION_WORDS,
  OPERATOR_IDS,
  OPERATORS,
  type OperatorId,
  operatorsNamed,
  STEP_WORDS,
} from "../operators/table.ts";
import { loadProject } from "../project.ts";
import { sourceFile } from "../text/source.ts";
import { printType } from "../types/print.ts";
import { BOOLEAN, DATE, decimal, ERROR, FLOAT, INTEGER, TEXT, TIMESTAMP, type Type } from "../types/type.ts";
import { SHOP_MODEL } from "./model.ts";

const DOCUMENT = readFileSync(join(import.meta.dirname, "../../docs/language.md"), "utf8");

const D = decimal(12, 2);
const PURCHASES: Type = { kind: "collection", of: "Purchase", grouped: false };
const ACCOUNT: Type = { kind: "entity", name: "Account" };
const DURATION: Type = { kind: "duration" };
const WINDOW: Type = { kind: "window" };

/** The type of the answer; `no signature` where the operands fit none, `do not meet` where their types do not. */
function typed(id: OperatorId, types: readonly Type[]): string {
  const found = matchSignature(OPERATORS[id], types);
  if (found === null) return "no signature";
  const type = resultType(found, types);
  return type === null ? "do not meet" : printType(type);
}

describe("an operator answers the type", () => {
  const check = (id: OperatorId, operands: readonly Type[], expected: string): void =>
    test(`${id}(${operands.map(printType).join(", ")}) is ${expected}`, () => {
      expect(typed(id, operands)).toBe(expected);
    });
  check("equal", [TEXT, TEXT], "boolean");
  check("equal", [BOOLEAN, BOOLEAN], "boolean");
  check("less", [BOOLEAN, BOOLEAN], "no signature");
  check("less", [TEXT, TEXT], "boolean");
  check("less", [ERROR, TEXT], "boolean");
  check("in", [TEXT, { kind: "list", of: TEXT }], "boolean");
  check("in", [TIMESTAMP, WINDOW], "boolean");
  check("in", [PURCHASES, WINDOW], "no signature");
  check("contains", [INTEGER, TEXT], "no signature");
  check("has", [{ kind: "list", of: TEXT }, TEXT], "boolean");
  check("has", [TEXT, TEXT], "no signature");
  check(
    "hasAny",
    [
      { kind: "list", of: TEXT },
      { kind: "list", of: TEXT },
    ],
    "boolean",
  );
  check("hasAny", [{ kind: "list", of: TEXT }, TEXT], "no signature");
  check("abs", [D], "decimal(12, 2)");
  check("abs", [TEXT], "no signature");
  check("floor", [D], "integer");
  check("least", [INTEGER, D], "decimal(21, 2)");
  check("greatest", [DATE, DATE], "date");
  check("greatest", [DATE, TIMESTAMP], "do not meet");
  check("greatest", [BOOLEAN, BOOLEAN], "no signature");
  check("distanceKm", [D, D, INTEGER, FLOAT], "float");
  check("isKnown", [ACCOUNT], "boolean");
  check("isKnown", [PURCHASES], "no signature");
  check("not", [PURCHASES], "boolean");
  check("no", [BOOLEAN], "no signature");
  check("no", [PURCHASES], "boolean");
  check("add", [INTEGER, D], "decimal(22, 2)");
  check("add", [TIMESTAMP, DURATION], "timestamp");
  check("add", [DATE, DURATION], "date");
  check("add", [DURATION, DATE], "no signature");
  check("add", [TEXT, TEXT], "no signature");
  check("subtract", [DATE, DURATION], "date");
  check("multiply", [decimal(20, 5), decimal(20, 5)], "do not meet");
  check("divide", [INTEGER, INTEGER], "float");
  check("negate", [D], "decimal(12, 2)");
  check("negate", [ERROR], "unknown");
  check("if", [BOOLEAN, INTEGER, D], "decimal(21, 2)");
  check("if", [BOOLEAN, DATE, TIMESTAMP], "do not meet");
  check("if", [PURCHASES, TEXT, TEXT], "text");
  check("atLeast", [INTEGER, PURCHASES], "boolean");
  check("atLeast", [D, BOOLEAN], "no signature");
  check("allOf", [BOOLEAN], "boolean");
  check("else", [INTEGER, D], "decimal(21, 2)");
  check("else", [TEXT, TEXT], "text");
  check("else", [DATE, TIMESTAMP], "do not meet");
  check("else", [TEXT, INTEGER], "do not meet");
  check("where", [PURCHASES, BOOLEAN], "many Purchase");
  check("last", [PURCHASES, DURATION], "many Purchase");
  check("last", [PURCHASES], "no signature");
  check("during", [PURCHASES, WINDOW], "many Purchase");
  check("on", [PURCHASES, DATE], "many Purchase");
  check("on", [PURCHASES, TIMESTAMP], "no signature");
  check("count", [PURCHASES], "integer");
  check("count", [PURCHASES, INTEGER], "no signature");
  check("sum", [PURCHASES, D], "decimal(31, 2)");
  check("sum", [PURCHASES, TEXT], "no signature");
  check("avg", [PURCHASES, INTEGER], "float");
  check("min", [PURCHASES, TEXT], "text");
  check("max", [PURCHASES, DATE], "date");
  check("max", [PURCHASES, BOOLEAN], "no signature");
  check("distinct", [PURCHASES, BOOLEAN], "integer");
  check("share", [PURCHASES, BOOLEAN], "float");
  check("latest", [PURCHASES], "Purchase");
  check("latest", [PURCHASES, INTEGER], "many Purchase");
  check("latest", [PURCHASES, TEXT], "no signature");
  check("top", [PURCHASES, INTEGER, D], "many Purchase");
  check("top", [PURCHASES, INTEGER, BOOLEAN], "no signature");
  check("top", [PURCHASES, INTEGER], "no signature");
  const GAPS: Type = { kind: "gaps", of: "Purchase" };
  check("gaps", [PURCHASES], "gaps of Purchase");
  check("median", [GAPS], "float");
  check("sum", [GAPS], "float");
  check("count", [GAPS], "integer");
  check("distinct", [GAPS], "no signature");
  check("median", [PURCHASES, D], "decimal(12, 2)");
  check("median", [PURCHASES, BOOLEAN], "no signature");
  check("mostFrequent", [PURCHASES, BOOLEAN], "boolean");
  check("afterGap", [PURCHASES, DURATION], "many Purchase");
  check("today", [], "date");
  check("now", [], "timestamp");
  check("daysSince", [DATE], "integer");
  check("yearsSince", [TIMESTAMP], "integer");
  check("yearsSince", [TEXT], "no signature");
  check("date", [TIMESTAMP], "date");
  check("year", [DATE], "integer");
  check("anniversary", [DATE], "date");
  check("subtract", [DATE, DATE], "duration");
  check("subtract", [DATE, TIMESTAMP], "no signature");
  check("hour", [DATE], "no signature");
  check("startOf", [TEXT, DATE], "date");
  check("days", [PURCHASES], "integer");
  check("lastWindow", [DURATION], "window");
  check("range", [DATE, DATE], "window");
});

describe("every row", () => {
  test.each(OPERATOR_IDS)("%s says what it is, in a sentence, with an example that uses it", (id) => {
    const row = OPERATORS[id];
    expect(row.words.length).toBeGreaterThan(0);
    expect(row.doc).toMatch(/^[A-Z`].*\.$/);
    const pattern = row.words.map((w) => w.replaceAll(/[.*+?^$()]/g, "\\$&").replace(" n ", " \\d+ ")).join("|");
    expect(row.example).toMatch(new RegExp(pattern));
    expect(row.level !== null).toBe(row.kind === "operator");
  });
  test.each(OPERATOR_IDS)("%s has an example without findings", (id) => {
    const text = `segment Example where ${OPERATORS[id].example}`;
    const { diagnostics } = loadProject([sourceFile("model.seg", SHOP_MODEL), sourceFile("segments.seg", text)], {
      lint: false,
    });
    expect(diagnostics).toEqual([]);
  });
  test.each(OPERATOR_IDS)("%s is described in the document of the language", (id) => {
    const written = OPERATORS[id].words.map((word) => word.replace(" n ", " 3 "));
    expect(
      written.some((word) => DOCUMENT.includes(word)),
      written.join(" or "),
    ).toBe(true);
  });
  test.each(OPERATOR_IDS)("%s takes operands that can be described and reported ones", (id) => {
    for (const s of OPERATORS[id].signatures) {
      expect(arity(s).least).toBeLessThanOrEqual(arity(s).most);
      for (const o of s.operands) {
        expect(describeAccepts(o.accepts)).toMatch(/^an? /);
        expect(accepts(o.accepts, ERROR)).toBe(true);
      }
      expect(
        resultType(
          s,
          s.operands.map(() => ERROR),
        ),
      ).not.toBeNull();
    }
  });
});

test("steps and functions are found by their words", () => {
  expect([...STEP_WORDS.keys()]).toEqual(
    "where last next during since before on followed_by not_followed_by preceded_by not_preceded_by per count sum avg min max median distinct most_frequent share days weeks months first latest top bottom after_gap gaps".split(
      " ",
    ),
  );
  expect([...FUNCTION_WORDS.keys()]).toEqual(
    "today now days_since months_since years_since age abs floor ceil least greatest distance_km date year month day hour day_of_week start_of anniversary ntile quintile decile percentile_rank sample".split(
      " ",
    ),
  );
  expect(FUNCTION_WORDS.get("age")).toBe("yearsSince");
  expect(operatorsNamed("-")).toEqual(["subtract", "negate"]);
  expect(operatorsNamed("last")).toEqual(["last", "lastWindow"]);
  expect(operatorsNamed("nothing")).toEqual([]);
});

test("`ignoring case` follows the tests of text that compare letters", () => {
  expect(OPERATOR_IDS.filter((id) => OPERATORS[id].ignoringCase)).toEqual(
    "equal notEqual in notIn contains startsWith endsWith has hasAny hasAll hasNone".split(" "),
  );
});
