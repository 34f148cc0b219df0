import { describe, expect, test } from "vitest";
import { percent } from "../state/numbers.ts";
import { changed, EMPTY, heard, type Page, segmentAt } from "../state/page.ts";
import type { Answer, Declared, Finding } from "../worker/protocol.ts";

const FILES = [{ path: "a.seg", text: "segment A where x\nsegment B where y" }];

const declared = (name: string, sound = true): Declared => ({
  name,
  title: null,
  file: "a.seg",
  start: name === "A" ? 0 : 18,
  end: name === "A" ? 17 : 35,
  sound,
});

const ERROR = { severity: "error", file: "a.seg" } as unknown as Finding;

/** The page after an edit and these answers to it. */
const following = (page: Page, ...answers: readonly Answer[]): Page =>
  answers.reduce((seen, answer) => heard(seen, answer, FILES), changed(page, "A"));

const found = (revision: number, segments: readonly Declared[], findings: readonly Finding[] = []): Answer => ({
  kind: "findings",
  revision,
  findings,
  declared: segments,
});
const size = (revision: number, segment: string, people: number): Answer => ({
  kind: "size",
  revision,
  segment,
  size: { kind: "counted", people, of: 10, entity: "Customer" },
});
const ages = (page: Page): Readonly<Record<string, readonly [string, number | null]>> =>
  Object.fromEntries(
    page.segments.map((s) => [s.declared.name, [s.age, s.size?.kind === "counted" ? s.size.people : null]]),
  );

const BOTH = following(EMPTY, found(1, [declared("A"), declared("B")]), size(1, "A", 1), size(1, "B", 2), {
  kind: "answered",
  revision: 1,
});

describe("what the page shows", () => {
  test("is live when all has been answered", () => {
    expect(ages(BOTH)).toEqual({ A: ["live", 1], B: ["live", 2] });
    expect([BOTH.answered, BOTH.state]).toEqual([1, "ready"]);
  });

  test("keeps the last number of a broken segment as stale; the others are live", () => {
    const page = following(BOTH, found(2, [declared("A", false), declared("B")], [ERROR]), size(2, "B", 3));
    expect(ages(page)).toEqual({ A: ["stale", 1], B: ["live", 3] });
  });

  test("keeps a segment whose declaration cannot be read, as long as the text has its name and an error", () => {
    expect(ages(following(BOTH, found(2, [declared("B")], [ERROR])))).toEqual({ B: ["waiting", 2], A: ["stale", 1] });
    expect(ages(following(BOTH, found(2, [declared("B")])))).toEqual({ B: ["waiting", 2] });
  });

  test("does not hear an answer to an earlier text", () => {
    const page = changed(changed(BOTH, "A"), "A");
    expect(heard(page, size(2, "A", 9), FILES)).toBe(page);
    expect(heard(page, { kind: "answered", revision: 2 }, FILES)).toBe(page);
  });

  test("has a report after a crash until the next answer", () => {
    const crashed = following(BOTH, { kind: "crashed", revision: 2, report: "a fault" });
    expect([crashed.report, crashed.state]).toEqual(["a fault", "error"]);
    expect(following(crashed, found(3, []), { kind: "answered", revision: 3 }).report).toBeNull();
  });

  test("follows the caret to the segment that it is in, or below", () => {
    expect([0, 17, 18, 99].map((offset) => segmentAt(BOTH.segments, "a.seg", offset))).toEqual(["A", "A", "B", "B"]);
    expect(segmentAt(BOTH.segments, "b.seg", 5)).toBeNull();
  });

  test("says shares as the command does", () => {
    const said = [percent(0, 0), percent(0, 10), percent(1, 5_000), percent(1, 40), percent(1, 2), percent(3, 3)];
    expect(said).toEqual(["–", "0.0%", "<0.1%", "2.5%", "50.0%", "100.0%"]);
  });
});
