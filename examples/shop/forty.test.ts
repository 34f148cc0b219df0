import { describe } from "vitest";
import { describeAgreement } from "../test/agree.ts";
import type { Engine } from "../test/engines.ts";
import { AS_OF, SPRING } from "./generate/time.ts";
import { generate } from "./generate.ts";
import { readForty, readShop } from "./test/forty.ts";

const SHOP = {
  name: "shop",
  asOf: [
    ["2026-07-01", AS_OF * 1_000_000],
    ["2026-03-30T12:00", SPRING * 1_000_000],
  ],
  readPlainly: (tables: Parameters<typeof readShop>[0], now: number) => readForty(readShop(tables, now)),
} as const;

describe("a small shop", () => {
  describeAgreement({ ...SHOP, generate: (folder) => generate(folder, 1_200) });
});

describe("a shop in which more than 500 people of a country buy in a quarter", () => {
  const engines: readonly Engine[] = ["DuckDB", "SQLite"];
  describeAgreement({ ...SHOP, engines, generate: (folder) => generate(folder, 6_000) });
});
