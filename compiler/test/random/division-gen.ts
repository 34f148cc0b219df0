import { condition } from "./condition-gen.ts";
import type { Pools } from "./pools.ts";
import type { Rng } from "./rng.ts";
import type { Gen, GenDivision, GenModel, GenRow, GenSegment } from "./shape.ts";

/** Shares that sum to a hundred. */
const SHARES: readonly (readonly string[])[] = [
  ["50%", "50%"],
  ["10%", "45%", "45%"],
  ["33.33%", "66.67%"],
  ["0.01%", "99.99%"],
  ["100%"],
];

/** A segmentation, a split and a snapshot, each over everybody or over the members of a segment. */
export function generateDivisions(
  r: Rng,
  model: GenModel,
  p: Pools,
  segments: readonly GenSegment[],
): readonly GenDivision[] {
  const group = (): { readonly of: string; readonly entity: string } => {
    const entity = r.pick(["Customer", "Customer", "Account"]);
    if (r.chance(0.3)) return { of: entity, entity };
    const { name, of } = r.pick(segments);
    return { of: name, entity: of };
  };
  const tiered = group();
  const scopes = [tiered.entity];
  const conds = Array.from({ length: 1 + r.below(3) }, () =>
    condition({ r, model, pools: p, scopes, group: null, earlier: segments }, r.below(2)),
  );
  const shares = r.pick(SHARES);
  const taken = r.pick(segments);
  return [
    { kind: "segmentation", name: "Tiers", ...tiered, conds },
    { kind: "split", name: "Arms", ...group(), seed: r.pick(["a", "spring-2026", "é"]), shares },
    { kind: "snapshot", name: "Kept", of: taken.name, entity: taken.of },
  ];
}

/** The names of the segments that divisions make, with their entities. */
export const partsOf = (divisions: readonly GenDivision[]): readonly { name: string; of: string }[] =>
  divisions.flatMap((division) => namesOf(division).map((name) => ({ name, of: division.entity })));

function namesOf(division: GenDivision): readonly string[] {
  const { name } = division;
  switch (division.kind) {
    case "segmentation":
      return [...division.conds.map((_, i) => `${name}.T${i}`), `${name}.Rest`];
    case "split":
      return division.shares.map((_, i) => `${name}.A${i}`);
    case "snapshot":
      return [name];
  }
}

/** Segments that refer to parts: beside another condition, from an account to its members, and from a customer to the account. */
export function generateReaders(
  r: Rng,
  model: GenModel,
  p: Pools,
  segments: readonly GenSegment[],
  divisions: readonly GenDivision[],
): readonly GenSegment[] {
  const parts = partsOf(divisions);
  const kept = divisions.flatMap(({ kind, name, entity }) => (kind === "snapshot" ? [{ name, of: entity }] : []));
  return [r.pick(parts), r.pick(parts), ...kept].map(({ name, of }, i): GenSegment => {
    const refer: Gen = { kind: "segment", type: "yes", name };
    const own = `S${segments.length + i}`;
    if (of === "Customer" && r.chance(0.4)) {
      const steps = [{ kind: "where", cond: refer }] as const;
      const collection = { path: "members", entity: "Customer", steps, group: null };
      return { name: own, of: "Account", cond: { kind: "exists", type: "yes", no: r.chance(0.5), collection } };
    }
    const other = condition({ r, model, pools: p, scopes: [of], group: null, earlier: segments }, 1);
    const not: Gen = { kind: "not", type: "yes", item: refer };
    return {
      name: own,
      of,
      cond: { kind: r.pick(["and", "or"]), type: "yes", items: [r.chance(0.4) ? not : refer, other] },
    };
  });
}

/** What the snapshots stored: of most keys a row, some of which left, came back, or never were; rows of other entities and names. */
export function storedRows(
  r: Rng,
  p: Pools,
  divisions: readonly GenDivision[],
  keysOf: (entity: string) => readonly string[],
): Readonly<Record<string, readonly GenRow[]>> {
  const runs: GenRow[] = [{ segment: "Other" }];
  const rows: GenRow[] = [];
  for (const { kind, name, entity } of divisions) {
    if (kind !== "snapshot") continue;
    for (let i = 0; i <= r.below(2); i++) runs.push({ segment: name });
    for (const key of [...keysOf(entity), "nobody", " 1", "01"]) {
      const left = (): string | null => (r.chance(0.4) ? r.pick(p.timestamp) : null);
      for (let i = r.below(3); i > 0; i--) rows.push({ entity, segment: name, key, left_at: left() });
      if (r.chance(0.1)) rows.push({ entity: r.pick(["Other", "customer"]), segment: name, key, left_at: null });
      if (r.chance(0.1)) rows.push({ entity, segment: "Other", key, left_at: null });
    }
  }
  return { seg_run: runs, seg_membership: rows };
}
