import { expect, it } from "vitest";
import { fuzz } from "./fuzz/fuzz.ts";

it("mutated examples come through parser, checker and compiler without a crash", () => {
  const reached = fuzz(1, 400);
  expect(reached.diagnostics).toBeGreaterThan(400);
  expect(reached.segments).toBeGreaterThan(1000);
  expect(reached.statements).toBeGreaterThan(300);
});
