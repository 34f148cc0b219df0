import { expect, it } from "vitest";
import { dialectOf } from "../sql/compile.ts";
import { describeEngines } from "./load/engines.ts";
import { versionOf } from "./load/version.ts";

/** `15.18` has the beginnings `15` and `15.18`. */
const beginnings = (version: string): readonly string[] =>
  version.split(".").map((_, index, parts) => parts.slice(0, index + 1).join("."));

describeEngines("%s", (entry) => {
  it("is the version that `seg dialects` tells of", { timeout: 120_000 }, async ({ skip }) => {
    if (entry.isEmulated) skip("another engine stands in for it");
    const says = await versionOf(entry);
    const engine = await entry.open();
    await engine.close();
    const version = /\d+(\.\d+)*/.exec(says)?.[0] ?? "";
    const told: readonly string[] = dialectOf(engine.dialect).support.by.match(/\d+(\.\d+)*/g) ?? [];
    expect(
      beginnings(version).filter((one) => told.includes(one)),
      `${says}: ${told.join(", ")}`,
    ).not.toEqual([]);
  });
});
