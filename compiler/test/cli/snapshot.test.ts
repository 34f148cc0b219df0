import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, test } from "vitest";
import { folder, SHOP, seg } from "./harness.ts";
import { reportOf } from "./shapes.ts";

const AT = ["--as-of", "2026-06-30"];

/** The shop with a snapshot of its regulars, a segment that refers to it, and one that does not. */
const SNAPSHOT = {
  ...SHOP,
  "seglang.json": SHOP["seglang.json"].replace(
    '"orders": "orders.csv"',
    '"orders": "orders.csv", "seg_membership": "seg_membership.csv", "seg_run": "seg_run.csv"',
  ),
  "segments.seg": `segment Loyal where orders.last90d >= 2
snapshot Spring "Those of spring" of Loyal as of 2026-06-15
segment Faded where Spring and not Loyal
`,
  "seg_run.csv": "run_id,segment,size\n1,Spring,2\n",
  "seg_membership.csv": `entity,segment,key,entered_at,left_at,run_id,cause
Customer,Spring,a,2026-06-15T00:00:00Z,,1,snapshot
Customer,Spring,b,2026-06-15T00:00:00Z,,1,snapshot
Customer,Spring,c,2026-06-15T00:00:00Z,2026-06-20T00:00:00Z,1,snapshot
Customer,Spring,d,2026-06-15T00:00:00Z,,1,snapshot
`,
} as const;

interface Counted {
  readonly segments: readonly { readonly name: string; readonly kind: string; readonly keys: readonly string[] }[];
}

const counted = async (root: string, more: readonly string[] = []) => {
  const { exit, stdout, stderr } = await seg(root, ["run", "--members", "--format", "json", ...AT, ...more]);
  expect([exit, stderr]).toEqual([0, ""]);
  const { segments } = reportOf("run", stdout) as unknown as Counted;
  return segments.map(({ name, kind, keys }) => `${kind} ${name}: ${keys.join(" ")}`);
};

const ANSWER = ["segment Loyal: a", "snapshot Spring: a b", "segment Faded: b"];

/** The stored tables without the column of who left. */
const NOBODY_LEAVES = {
  "seg_membership.csv": "entity,segment,key\nCustomer,Spring,a\nCustomer,Spring,b\n",
  "seg_run.csv": "segment\nSpring\n",
};

describe("a snapshot is read as stored keys", () => {
  test("of files: who is not deleted, and has not left", async () => {
    expect(await counted(folder(SNAPSHOT))).toEqual(ANSWER);
  });

  test("of files without the column `left_at`, nobody has left", async () => {
    expect(await counted(folder({ ...SNAPSHOT, ...NOBODY_LEAVES }))).toEqual(ANSWER);
    const quoted = { "seg_membership.csv": 'entity,segment,key\nCustomer,Spring,a\n"Customer",Spring,"b"\n' };
    expect(await counted(folder({ ...SNAPSHOT, ...NOBODY_LEAVES, ...quoted }))).toEqual(ANSWER);
    const json = {
      "seglang.json": SNAPSHOT["seglang.json"].replace("seg_membership.csv", "seg_membership.ndjson"),
      "seg_membership.ndjson": ["a", "b"]
        .map((key) => `${JSON.stringify({ entity: "Customer", segment: "Spring", key })}\n`)
        .join(""),
    };
    expect(await counted(folder({ ...SNAPSHOT, ...NOBODY_LEAVES, ...json }))).toEqual(ANSWER);
  });

  test.each([
    ["with left_at", true],
    ["without left_at", false],
  ])("of SQLite, %s", async (_, leaves) => {
    const root = folder({
      ...SNAPSHOT,
      "seglang.json":
        '{ "timezone": "Europe/Berlin", "connections": { "default": { "engine": "sqlite", "path": "shop.db" } } }',
    });
    const database = new DatabaseSync(join(root, "shop.db"));
    database.exec(`
      create table customers (customer_id text, region text, signed_up_at text, deleted_at text);
      insert into customers values ('a', 'EU', '2026-01-01 00:00:00.000000', null), ('b', 'EU', '2026-01-01 00:00:00.000000', null),
        ('c', 'NA', '2026-01-01 00:00:00.000000', null);
      create table orders (order_id text, customer_id text, ordered_at text, amount real);
      insert into orders values ('1', 'a', '2026-06-01 00:00:00.000000', 1), ('2', 'a', '2026-06-02 00:00:00.000000', 1);
      create table seg_run (segment text);
      insert into seg_run values ('Spring');
      create table seg_membership (entity text, segment text, key text${leaves ? ", left_at text" : ""});
      insert into seg_membership (entity, segment, key) values ('Customer', 'Spring', 'a'), ('Customer', 'Spring', 'b');
      ${leaves ? "insert into seg_membership values ('Customer', 'Spring', 'c', '2026-06-20 00:00:00.000000');" : ""}`);
    database.close();
    expect(await counted(root)).toEqual(ANSWER);
  });

  test("and not asked for where no segment reads it", async () => {
    const { exit, stderr } = await seg(folder({ ...SNAPSHOT, "seg_run.csv": "segment\n" }), ["run", "Loyal", ...AT]);
    expect([exit, stderr]).toEqual([0, ""]);
  });

  test.each([
    ["no run names it", { "seg_run.csv": "segment\nOther\n" }],
    ["nothing is stored at all", { "seglang.json": SHOP["seglang.json"] }],
  ])("not yet taken is an error that says so: %s", async (_, files) => {
    const root = folder({ ...SNAPSHOT, ...files });
    for (const args of [["run", "Spring"], ["run", "Faded"], ["run"], ["explain", "Faded", "a"]]) {
      const { exit, stdout, stderr } = await seg(root, [...args, ...AT]);
      expect([exit, stdout]).toEqual([3, ""]);
      expect(stderr).toContain("The snapshot `Spring` has not been taken yet.");
    }
  });

  test("explained with whether the key is stored", async () => {
    const root = folder(SNAPSHOT);
    const [inside, outside] = await Promise.all(
      ["b", "c"].map(async (key) => (await seg(root, ["explain", "Faded", key, ...AT])).stdout),
    );
    expect(inside).toContain("\n  + the customer is in the snapshot Spring\n");
    expect(outside).toContain("\n  - the customer is in the snapshot Spring\n");
    const { stdout } = await seg(root, ["explain", "Spring", ...AT]);
    expect(stdout).toContain("- the customer is in the list that Spring stored of Loyal as of 15 June 2026");
  });

  test.each(["duckdb", "postgres", "sqlite"])("compiled for %s", async (dialect) => {
    const { exit, stdout } = await seg(folder(SNAPSHOT), [
      "compile",
      "Spring",
      "--inline",
      "--dialect",
      dialect,
      ...AT,
    ]);
    expect(exit).toBe(0);
    expect(stdout).toMatch(/from "?seg_membership"?/u);
    expect(stdout).toMatch(/left_at"( as timestamp(tz)?\))? is null/u);
  });
});
