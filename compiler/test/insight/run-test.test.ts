import { describe, expect, test } from "vitest";
import { loadProject } from "../../../language/project.ts";
import { sourceFile } from "../../../language/text/source.ts";
import { runTest } from "../../insight/run-test.ts";

const MODEL = `default entity Customer from crm.customers since joined until left_at where not is_test and state = "open" {
  id        : text key
  region    : text in ["EU", "NA"]
  joined    : timestamp optional
  left_at   : timestamp optional
  is_test   : boolean
  email     : text optional @pii
  interests : list of text
  account   : Account optional by account_id
  purchases : many Purchase by customer_id
}
extend Customer from scores by customer_id { risk : float in 0..1 }
entity Account from crm.accounts {
  account_id : integer key
  plan       : text
  members    : many Customer by account_id
}
event Purchase from crm.events where event_name = "purchase" at ordered_at once per order_id {
  order_id   : text key
  ordered_at : timestamp
  amount     : decimal(12, 2) optional
}
event Booking from crm.events where event_name in ["booking"] at starts_at scheduled {
  starts_at : timestamp
}
segment Loyal where purchases.last90d > 3 and region in ["EU"]
segment Risky where risk > 0.4 and not Loyal
segment Known where email = "a@b.c"
segment Teams where account.plan = "team" and account.members > 2
segment Huge where purchases.sum(amount * 9_000_000_000_000_000_000_000_000_000) > 1
segmentation Lifecycle {
  New     : joined in last 30d
  Active  : purchases.last90d
  Dormant : otherwise
}
segmentation Inside of Loyal { All : otherwise }
`;

/** What came out for each person: `title: got`, and for what failed, why. */
function outcomes(text: string, zone = "UTC"): readonly string[] {
  const source = sourceFile("t.seg", text);
  const { program, diagnostics, files } = loadProject([sourceFile("m.seg", MODEL), source]);
  expect(diagnostics.filter((d) => d.severity === "error").map((d) => d.message)).toEqual([]);
  const words = ({ file, span }: { file: string; span: { start: number; end: number } }) =>
    files.get(file)?.source.text.slice(span.start, span.end) ?? "";
  return program.claims.tests.flatMap((one) =>
    runTest(program, one, { zone, params: new Map(), words }).flatMap(({ problem, people }) =>
      problem !== null
        ? [problem]
        : people.map(({ person, passed, got, because }) => {
            const who = person.title === null ? "" : `${person.title} `;
            return `${who}${passed ? "passed" : "failed"}: ${got}${because === null ? "" : `, ${because}`}`;
          }),
    ),
  );
}

function check(head: string, rows: readonly (readonly [string, ...string[]])[]): void {
  test.each(rows.map(([text, ...expected]) => [text, expected] as const))("%s", (text, expected) => {
    expect(outcomes(`test ${head} { "a" : ${text} }`)).toEqual(expected);
  });
}

describe("the law's own test", () => {
  test("passes", () => {
    expect(
      outcomes(`test Loyal as of 2026-06-30 with { region: "EU" } {
        "four EU orders" : { purchases: 4 of { ordered_at: 2026-06-01T12:00 } } is in
        "exactly three"  : { purchases: 3 of { ordered_at: 2026-06-01T12:00 } } is out
        "one outside"    : { purchases: [3 of { ordered_at: 2026-06-01T12:00 }, { ordered_at: 2026-03-31T12:00 }] } is out
      }`),
    ).toEqual(["passed: in", "passed: out", "passed: out"]);
  });
  test("an as-of that is a date means its local start, and so does a time without an offset", () => {
    const text = `test Loyal as of 2026-06-30 with { region: "EU" } {
      "at the start of the window" : { purchases: 4 of { ordered_at: 2026-04-01T00:00 } } is in
      "at the end"                 : { purchases: 4 of { ordered_at: 2026-06-30T00:00 } } is out
    }`;
    expect(outcomes(text, "Europe/Berlin")).toEqual(["passed: in", "passed: out"]);
    expect(outcomes(text, "America/New_York")).toEqual(["passed: in", "passed: out"]);
  });
});

describe("what a failure says", () => {
  check('Loyal as of 2026-06-30 with { region: "EU" }', [
    [
      "{ purchases: 3 of { ordered_at: 1d ago } } is in",
      "failed: out, `purchases.last90d > 3` does not hold, where `purchases.last90d` is 3",
    ],
    [
      '{ region: "NA" } is in',
      'failed: out, `purchases.last90d > 3` does not hold, where `purchases.last90d` is 0; `region in ["EU"]` does not hold, where `region` is NA',
    ],
    [
      "{ region: missing  purchases: 4 of { ordered_at: 1d ago } } is in",
      'failed: out, `region in ["EU"]` does not hold, where `region` is missing',
    ],
  ]);
  check("Risky as of 2026-06-30", [
    [
      '{ region: "EU"  risk: 0.5 } is out',
      "failed: in, `risk > 0.4` holds, where `risk` is 0.5; `purchases.last90d > 3` does not hold, where `purchases.last90d` is 0",
    ],
    ['{ region: "EU" } is in', "failed: out, `risk > 0.4` does not hold, where `risk` is missing"],
  ]);
  check("Known as of 2026-06-30", [['{ email: "x@y.z" } is in', 'failed: out, `email = "a@b.c"` does not hold']]);
  check("Lifecycle as of 2026-06-30", [
    [
      "{ joined: 3d ago  purchases: { ordered_at: 1d ago } } is Active",
      "failed: New, `joined in last 30d` holds, where `joined` is 2026-06-27T00:00:00.000000Z",
    ],
  ]);
});

describe("tiers, and those in none", () => {
  check("Lifecycle as of 2026-06-30", [
    ["{} is Dormant", "passed: Dormant"],
    ["{ joined: 3d ago } is New", "passed: New"],
  ]);
  check("Lifecycle.Active as of 2026-06-30", [
    ["{ purchases: { ordered_at: 1d ago } } is in", "passed: in"],
    ["{} is out", "passed: out"],
  ]);
  check('Inside as of 2026-06-30 with { region: "EU" }', [
    ["{} is out", "passed: out"],
    ["{ purchases: 4 of { ordered_at: 1d ago } } is All", "passed: All"],
  ]);
});

describe("rows hang together, and the model's headers apply", () => {
  check('Teams as of 2026-06-30 with { region: "EU" }', [
    ['{ account: { plan: "team"  members: 2 of { region: "NA" } } } is in', "passed: in"],
    ['{ account: { plan: "team"  members: { region: "NA" } } } is out', "passed: out"],
    ["{} is out", "passed: out"],
  ]);
  check('Loyal as of 2026-06-30 with { region: "EU" }', [
    [
      "{ is_test: true } is out",
      "failed: nobody, no `Customer` like this exists as of then, by the `where` in the header of `Customer`",
    ],
    [
      "{ joined: 2026-07-01T00:00 } is out",
      "failed: nobody, no `Customer` like this exists as of then, by `since joined` or `until left_at` in the header of `Customer`",
    ],
    ["{ left_at: 2026-07-01T00:00 } is out", "passed: out"],
    ['{ purchases: 4 of { ordered_at: 1d ago  order_id: "same" } } is out', "passed: out"],
  ]);
  check("Huge as of 2026-06-30", [
    [
      "{ purchases: { ordered_at: 1d ago  amount: 9_000_000_000 } } is in",
      "The number 81000000000000000000000000000000000000 has more than 29 digits before the point.",
    ],
  ]);
});

describe("people of one case exist at the same time", () => {
  test("each is held against what is expected of them, and who has no outcome is only there", () => {
    expect(
      outcomes(
        `test Teams as of 2026-06-30 with { region: "EU" } {
        "three" : people {
          "a" : { account: { account_id: 7  plan: "team"  members: 2 of { region: "EU" } } } is in
          "b" : {} is in
          "c" : {}
        }
      }`,
      ),
    ).toEqual([
      "a passed: in",
      'b failed: out, `account.plan = "team"` does not hold, where `account.plan` is missing; `account.members > 2` does not hold, where `account.members` is 0',
      "c passed: out",
    ]);
  });
  test("two rows with the same key decide nothing", () => {
    expect(
      outcomes(
        'test Loyal as of 2026-06-30 with { region: "EU" } { "x" : people { "a" : { id: "k" } is out "b" : { id: "k" } is out } }',
      ),
    ).toEqual(["Two rows of `Customer` have the same key."]);
  });
});
