import { expect } from "vitest";
import { applyFixes } from "../diagnostics/apply-fixes.ts";
import { loadProject } from "../project.ts";
import type { SourceFile } from "../text/source.ts";

/** Each fix of each finding in these files, applied alone, removes what it is for and brings no further error; at most one of a finding is preferred. */
export function expectFixed(sources: readonly SourceFile[], lint = false): void {
  const { diagnostics } = loadProject(sources, { lint });
  for (const { code, fixes } of diagnostics) {
    expect(fixes.filter(({ preferred }) => preferred).length).toBeLessThanOrEqual(1);
    for (const fix of fixes) {
      const fixed = applyFixes(sources, [fix]);
      expect(fixed.applied, fix.title).toBe(1);
      const left = loadProject(fixed.sources, { lint }).diagnostics;
      const of = (all: typeof left): number => all.filter((one) => one.code === code).length;
      expect(of(left), `${code}: ${fix.title}`).toBeLessThan(of(diagnostics));
      expect(left.length, `${code}: ${fix.title}`).toBeLessThanOrEqual(diagnostics.length);
    }
  }
}
