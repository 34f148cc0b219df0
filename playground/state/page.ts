import type { Answer, Declared, DialectSql, Finding, Size, TextFile } from "../worker/protocol.ts";

/** Everything that the page shows. Plain data: each event makes a new one. */
export interface Page {
  /** Grows with every change; the revision that was sent last. */
  readonly revision: number;
  /** Of the last revision that was answered in full. */
  readonly answered: number;
  readonly state: "loading" | "compiling" | "querying" | "ready" | "error";
  readonly findings: readonly Finding[];
  /** The revision that the findings are about: their places and fixes hold for its text alone. */
  readonly foundIn: number;
  readonly segments: readonly Shown[];
  /** The name of the segment whose number and SQL stand large. */
  readonly selected: string | null;
  readonly sql: ShownSql | null;
  readonly report: string | null;
}

/** A segment as the page shows it. */
export interface Shown {
  readonly declared: Declared;
  /** The last answer there was; null before the first one. */
  readonly size: Size | null;
  /** `live`: of the text as it stands. `waiting`: another number may follow. `stale`: of an earlier text, for the text has a problem. */
  readonly age: "live" | "waiting" | "stale";
}

/** The last SQL there was of the selected segment. */
export interface ShownSql {
  readonly segment: string;
  readonly dialects: readonly DialectSql[];
  readonly isStale: boolean;
}

/** The page before the first answer. */
export const EMPTY: Page = {
  revision: 0,
  answered: 0,
  state: "loading",
  findings: [],
  foundIn: 0,
  segments: [],
  selected: null,
  sql: null,
  report: null,
};

/** The page after a change of text or of the selected segment; all that it shows waits for the answer. */
export function changed(page: Page, selected: string | null): Page {
  const segments = page.segments.map((shown) => (shown.age === "live" ? { ...shown, age: "waiting" as const } : shown));
  return { ...page, revision: page.revision + 1, state: "compiling", selected, segments };
}

/** The page after an answer, about `files`. An answer to anything but the last change is not heard, so that none arrives out of order. */
export function heard(page: Page, answer: Answer, files: readonly TextFile[]): Page {
  if (answer.kind === "started" || answer.revision !== page.revision) return page;
  switch (answer.kind) {
    case "findings":
      return found(page, answer.findings, answer.declared, files);
    case "sql": {
      const sql = { segment: answer.segment, dialects: answer.dialects, isStale: false };
      return { ...page, sql: isSame(page.sql, sql) ? page.sql : sql };
    }
    case "size": {
      const segments = page.segments.map((shown) =>
        shown.declared.name === answer.segment ? { ...shown, size: answer.size, age: "live" as const } : shown,
      );
      return { ...page, segments };
    }
    case "answered":
      return { ...page, answered: answer.revision, state: "ready", report: null };
    case "crashed":
      return { ...page, answered: answer.revision, state: "error", report: answer.report };
  }
}

function found(
  page: Page,
  findings: readonly Finding[],
  declared: readonly Declared[],
  files: readonly TextFile[],
): Page {
  const before = new Map(page.segments.map((shown) => [shown.declared.name, shown]));
  const now = new Map<string, Shown>();
  for (const one of declared) {
    if (now.has(one.name)) continue;
    const size = before.get(one.name)?.size ?? null;
    now.set(one.name, { declared: one, size, age: one.sound ? "waiting" : "stale" });
  }
  // A name that the text still has, but no declaration, is broken and not gone, as long as its file has an error.
  const broken = new Set(findings.filter(({ severity }) => severity === "error").map(({ file }) => file));
  const isThere = (name: string, { file }: Declared): boolean =>
    broken.has(file) && files.some(({ path, text }) => path === file && text.includes(name));
  for (const [name, shown] of before) {
    if (!now.has(name) && isThere(name, shown.declared))
      now.set(name, { declared: { ...shown.declared, sound: false }, size: shown.size, age: "stale" });
  }
  const segments = [...now.values()];
  const selected =
    page.selected !== null && now.has(page.selected) ? page.selected : (segments[0]?.declared.name ?? null);
  const keeps = page.sql !== null && page.sql.segment === selected;
  const isStale = now.get(selected ?? "")?.age === "stale";
  const sql = keeps && page.sql !== null ? { ...page.sql, isStale } : null;
  return {
    ...page,
    sql: isSame(page.sql, sql) ? page.sql : sql,
    state: "querying",
    findings,
    foundIn: page.revision,
    segments,
    selected,
  };
}

/** What is the same stays the same object, so that it is not drawn again. */
const isSame = (one: ShownSql | null, other: ShownSql | null): boolean => JSON.stringify(one) === JSON.stringify(other);

/** The segment at an offset: the one that it lies in, or the last one before it. */
export function segmentAt(segments: readonly Shown[], file: string, offset: number): string | null {
  const before = segments.filter(({ declared }) => declared.file === file && declared.start <= offset);
  const nearest = before.toSorted((a, b) => b.declared.start - a.declared.start)[0];
  return nearest?.declared.name ?? null;
}

/** The name of the first segment in a text, before anything has been compiled. */
export function firstSegment(files: readonly TextFile[]): string | null {
  for (const { text } of files) {
    const name = /^segment\s+(\w+)/m.exec(text)?.[1];
    if (name !== undefined) return name;
  }
  return null;
}
