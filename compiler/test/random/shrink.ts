import type { Case, Gen, GenCollection, GenDivision, GenRanking, GenSegment, GenStep } from "./shape.ts";

/** Smaller conditions or values of the same type that may stand in its place, the boldest first. */
function smaller(g: Gen): Gen[] {
  const rebuilt = (c: GenCollection, make: (c: GenCollection) => Gen): Gen[] => smallerCollection(c).map(make);
  switch (g.kind) {
    case "and":
    case "or":
      return [
        ...g.items,
        ...(g.items.length > 2 ? g.items.map((_, i) => ({ ...g, items: g.items.filter((__, j) => j !== i) })) : []),
        ...g.items.flatMap((item, i) =>
          smaller(item).map((s) => ({ ...g, items: g.items.map((old, j) => (j === i ? s : old)) })),
        ),
      ];
    case "not":
      return [g.item, ...smaller(g.item).map((item) => ({ ...g, item }))];
    case "compare":
      return [
        ...(g.ignoreCase ? [{ ...g, ignoreCase: false }] : []),
        ...smaller(g.left).map((left) => ({ ...g, left })),
        ...smaller(g.right).map((right) => ({ ...g, right })),
      ];
    case "in":
    case "text":
      return [
        ...(g.ignoreCase ? [{ ...g, ignoreCase: false }] : []),
        ...smaller(g.value).map((value) => ({ ...g, value })),
      ];
    case "has":
      return [
        ...(g.ignoreCase ? [{ ...g, ignoreCase: false }] : []),
        ...(g.value ? smaller(g.value).map((value) => ({ ...g, value })) : []),
        ...(g.set.length > 1 ? g.set.map((_, i) => ({ ...g, set: g.set.filter((__, j) => j !== i) })) : []),
      ];
    case "counted":
      return [
        ...g.items,
        ...g.items.flatMap((item, i) =>
          smaller(item).map((s) => ({ ...g, items: g.items.map((old, j) => (j === i ? s : old)) })),
        ),
      ];
    case "if":
      return [
        g.yes,
        g.no,
        ...smaller(g.cond).map((cond) => ({ ...g, cond })),
        ...smaller(g.yes).map((yes) => ({ ...g, yes })),
        ...smaller(g.no).map((no) => ({ ...g, no })),
      ];
    case "function":
      return [
        ...g.args.filter((arg) => arg.type === g.type),
        ...g.args.flatMap((arg, i) =>
          smaller(arg).map((s) => ({ ...g, args: g.args.map((old, j) => (j === i ? s : old)) })),
        ),
      ];
    case "is":
    case "truth":
      return smaller(g.value).map((value) => ({ ...g, value }));
    case "exists":
      return [...(g.no ? [{ ...g, no: false }] : []), ...rebuilt(g.collection, (collection) => ({ ...g, collection }))];
    case "aggregate":
      return [
        ...rebuilt(g.collection, (collection) => ({ ...g, collection })),
        ...(g.of ? smaller(g.of).map((of) => ({ ...g, of })) : []),
      ];
    case "pick":
      return rebuilt(g.collection, (collection) => ({ ...g, collection }));
    case "arithmetic":
      return [
        ...[g.left, g.right].filter((x) => x.type === g.type),
        ...smaller(g.left).map((left) => ({ ...g, left })),
        ...smaller(g.right).map((right) => ({ ...g, right })),
      ];
    case "groupAggregate":
      return g.of ? smaller(g.of).map((of) => ({ ...g, of })) : [];
    case "else":
      return [g.value, g.fallback, ...smaller(g.value).map((value) => ({ ...g, value }))];
    case "since":
      return smaller(g.value).map((value) => ({ ...g, value }));
    case "rank":
      return [
        ...(g.ties ? [{ ...g, ties: false }] : []),
        ...smallerRanking(g.ranking).map((ranking) => ({ ...g, ranking })),
      ];
    case "tile":
      return smallerRanking(g.ranking).map((ranking) => ({ ...g, ranking }));
    case "linked":
    case "segment":
    case "sample":
    case "const":
    case "field":
    case "group":
      return [];
  }
}

function smallerRanking(r: GenRanking): GenRanking[] {
  return [
    ...(r.of ? [{ ...r, of: null }, ...smaller(r.of).map((of) => ({ ...r, of }))] : []),
    ...(r.per ? [{ ...r, per: null }] : []),
    ...smaller(r.by).map((by) => ({ ...r, by })),
  ];
}

function smallerCollection(c: GenCollection): GenCollection[] {
  return [
    ...c.steps.map((_, i) => ({ ...c, steps: c.steps.filter((__, j) => j !== i) })),
    ...c.steps.flatMap((s, i) =>
      smallerStep(s).map((step) => ({ ...c, steps: c.steps.map((old, j) => (j === i ? step : old)) })),
    ),
  ];
}

/** Where a step that leads on is left out, names after it mean nothing, and the case is none. */
function smallerStep(s: GenStep): GenStep[] {
  switch (s.kind) {
    case "where":
      return smaller(s.cond).map((cond) => ({ ...s, cond }));
    case "take":
      return [
        ...(s.n > 1 ? [{ ...s, n: 1 }] : []),
        ...(s.by === null ? [] : smaller(s.by).map((by) => ({ ...s, by }))),
      ];
    case "neighbour":
      return [
        ...(s.within === null ? [] : [{ ...s, within: null }]),
        ...s.same.map((_, i) => ({ ...s, same: s.same.filter((__, j) => j !== i) })),
        ...smallerCollection(s.other).map((other) => ({ ...s, other })),
      ];
    case "per":
      return typeof s.by === "string" ? [] : smaller(s.by).map((by) => ({ ...s, by }));
    case "window":
    case "afterGap":
    case "flatten":
      return [];
  }
}

/** Where what reads a part finds it no more, the case is none. */
function smallerDivision(d: GenDivision): readonly GenDivision[] {
  switch (d.kind) {
    case "segmentation":
      return [
        ...(d.conds.length > 1 ? d.conds.map((_, i) => ({ ...d, conds: d.conds.filter((__, j) => j !== i) })) : []),
        ...d.conds.flatMap((cond, i) =>
          smaller(cond).map((s) => ({ ...d, conds: d.conds.map((old, j) => (j === i ? s : old)) })),
        ),
      ];
    case "split":
    case "snapshot":
      return [];
  }
}

function mentions(g: unknown, names: Set<string>): void {
  if (typeof g !== "object" || g === null) return;
  const node = g as { kind?: string; name?: string };
  if (node.kind === "segment" && node.name) names.add(node.name);
  for (const child of Object.values(g)) mentions(child, names);
}

/** The segment and all it refers to. */
function closure(segments: readonly GenSegment[], name: string): GenSegment[] {
  const wanted = new Set([name]);
  for (const s of [...segments].reverse()) if (wanted.has(s.name)) mentions(s.cond, wanted);
  return segments.filter((s) => wanted.has(s.name));
}

function* candidates(c: Case): Generator<Case> {
  if (c.divisions.length > 0) yield { ...c, divisions: [] };
  for (const division of c.divisions) yield { ...c, divisions: c.divisions.filter((other) => other !== division) };
  for (const [i, division] of c.divisions.entries())
    for (const smallest of smallerDivision(division))
      yield { ...c, divisions: c.divisions.map((old, j) => (j === i ? smallest : old)) };
  if (c.segments.length > 1) for (const s of c.segments) yield { ...c, segments: closure(c.segments, s.name) };
  for (const [table, rows] of Object.entries(c.tables)) {
    if (rows.length > 0) yield { ...c, tables: { ...c.tables, [table]: [] } };
    for (let size = rows.length >> 1; size >= 1; size >>= 1) {
      for (let at = 0; at < rows.length; at += size)
        yield { ...c, tables: { ...c.tables, [table]: [...rows.slice(0, at), ...rows.slice(at + size)] } };
    }
  }
  for (const [i, s] of c.segments.entries()) {
    for (const cond of smaller(s.cond))
      yield { ...c, segments: c.segments.map((old, j) => (j === i ? { ...s, cond } : old)) };
  }
}

/** Cuts pieces off for as long as the case still fails; `tries` bounds the work. */
export async function shrink(start: Case, fails: (c: Case) => Promise<boolean>, tries = 600): Promise<Case> {
  let best = start;
  let left = tries;
  for (let again = true; again && left > 0; ) {
    again = false;
    for (const candidate of candidates(best)) {
      if (left-- <= 0) break;
      if (await fails(candidate)) {
        best = candidate;
        again = true;
        break;
      }
    }
  }
  return best;
}
