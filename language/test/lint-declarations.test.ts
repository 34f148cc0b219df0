import { describe, expect, test } from "vitest";
import { applyFixes } from "../diagnostics/apply-fixes.ts";
import { loadProject } from "../project.ts";
import { sourceFile } from "../text/source.ts";
import { lintsOf, silent, told } from "./lint-rows.ts";

const as = (text: string): string => text;
const EU = 'region = "EU"';

describe("SEG5017: a window reaches further back than its event is kept", () => {
  told([
    ["purchases.[|last5y|] >= 10", "beyond-retention", "purchases.last3y >= 10"],
    ["purchases.[|last37mo|] >= 10", "beyond-retention", "purchases.last3y >= 10"],
    ["purchases.[|last1200d|] >= 10", "beyond-retention", "purchases.last3y >= 10"],
    ["purchases.[|during(last 5 full years)|] >= 10", "beyond-retention"],
    ["purchases.[|during(5y ago..1y ago)|] >= 10", "beyond-retention"],
    ["purchases.[|before(4y ago)|] >= 10", "beyond-retention"],
  ]);
  silent([
    "purchases.last3y >= 10",
    "purchases.last36mo >= 10",
    "purchases.last1095d >= 10",
    "purchases >= 10",
    "purchases.before(1y ago) >= 10",
    "purchases.since(2001-01-01) >= 10",
    "purchases.during(signed_up_at..signed_up_at + 14d) >= 10",
    "visits.last5y >= 10",
    "signed_up_at in last 5y",
  ]);
});

describe("SEG5022: a trait, a param or a list that nothing uses", () => {
  told(
    [
      ["trait [|ltv|] = purchases.sum(amount)", "unused-declaration"],
      ["param [|least|] = 3", "unused-declaration"],
      ['list [|DACH|] = ["AT", "CH", "DE"]', "unused-declaration"],
    ],
    as,
  );
  silent(
    [
      "@kpi\ntrait ltv = purchases.sum(amount)",
      "trait ltv = purchases.sum(amount)\n@kpi\ntrait half = ltv / 2",
      "param least = 3\nsegment A where purchases > least",
      'list DACH = ["AT", "CH", "DE"]\nsegment A where country in DACH',
      `segment Alone where ${EU}`,
    ],
    as,
  );
  test("silent while something is in error: it may be what uses them", () => {
    expect(lintsOf("param least = 3\nsegment A where purchases > leest").map(({ slug }) => slug)).toEqual([
      "unknown-name",
    ]);
  });
});

describe("SEG5027: a segment that nothing uses and nobody claims, where others are claimed", () => {
  const beside = (text: string): string => `segment Theirs "Theirs" where Loyal and account in Teams\n${text}`;
  told(
    [
      ['segment [|Left|] where region = "NA"', "unused-segment"],
      ['/// Tried once.\nsegment [|Left|] where region = "NA"', "unused-segment"],
      ["trait far = region\nsegment [|Left|] where far = country", "unused-segment"],
    ],
    beside,
  );
  silent(
    [
      'segment Left "Theirs too" where region = "NA"',
      '@owner("crm@shop.example")\nsegment Left where region = "NA"',
      '@tags(sale)\nsegment Left where region = "NA"',
      '@deprecated("use Theirs")\nsegment Left where region = "NA"',
      'segment Left where region = "NA"\nsegmentation Parts of Left { Seen : visits  Unseen : otherwise }',
      'segment Left where region = "NA"\n@tags(sale)\nsegment Other where Left and visits',
    ],
    beside,
  );
  silent([`segment Alone where ${EU}`], as);
});

describe("SEG5023: the case of names", () => {
  told(
    [
      [`segment [|loyal_ones|] where ${EU}`, "name-case", `segment LoyalOnes where ${EU}`],
      [`segment [|VIP_Customers|] where ${EU}`, "name-case", `segment VIPCustomers where ${EU}`],
      [
        "@kpi\ntrait [|lifetimeValue|] = purchases.sum(amount)",
        "name-case",
        "@kpi\ntrait lifetime_value = purchases.sum(amount)",
      ],
      [
        "param [|minOrders|] = 3\nsegment A where purchases > minOrders\nsegment B where purchases < minOrders",
        "name-case",
        "param min_orders = 3\nsegment A where purchases > min_orders\nsegment B where purchases < min_orders",
      ],
      ["segment [|teams|] of Account where seats > 3\nsegment B where account in teams", "name-case"],
    ],
    as,
  );
  silent(
    [
      `segment LoyalOnes where ${EU}`,
      `segment VIP where ${EU}`,
      `segment Top10 where ${EU}`,
      'segment `loyal ones` where region = "EU"',
      "param min_orders2 = 3\nsegment A where purchases > min_orders2",
      'list eu_countries = ["FR"]\nsegment A where country in eu_countries',
    ],
    as,
  );
  test("the name is changed in every file", () => {
    const sources = [
      sourceFile("a.seg", "default entity Person from people {\n  id : text key\n  age : integer\n}\n"),
      sourceFile("b.seg", "param leastAge = 18\n"),
      sourceFile("c.seg", "segment Adults where age >= leastAge\n"),
    ];
    const [one] = loadProject(sources).diagnostics;
    expect(
      applyFixes(sources, one?.fixes ?? [])
        .sources.map(({ text }) => text)
        .slice(1),
    ).toEqual(["param least_age = 18\n", "segment Adults where age >= least_age\n"]);
  });
  test("fields, links and entities are told, and not renamed: their columns are called so", () => {
    const model =
      "default entity person from people {\n  customerId : text key\n  friends : many person by friendId\n  `Name` : text\n}\n";
    expect(lintsOf("", model).map(({ slug, fixes }) => [slug, fixes.length])).toEqual([
      ["name-case", 0],
      ["name-case", 0],
    ]);
  });
});

describe("SEG5024: a sum of floats beside a threshold", () => {
  told(
    [
      ["segment A where [|visits.sum(seconds / 60)|] >= 30", "float-threshold"],
      ["segment A where [|visits.sum(seconds / 60)|] * 2 in 30..60", "float-threshold"],
      [
        "trait minutes = [|visits.sum(seconds / 60)|]\nsegment A where minutes >= 30\nsegment B where minutes < 10",
        "float-threshold",
      ],
    ],
    as,
  );
  silent(
    [
      "segment A where visits.sum(seconds) >= 30",
      "segment A where purchases.sum(amount) >= 30",
      "segment A where visits.avg(seconds) >= 30",
      "@kpi\ntrait minutes = visits.sum(seconds / 60)",
      "segment A where visits.max(seconds / 60) >= 30",
    ],
    as,
  );
});

describe("SEG5025: what is deprecated is not used", () => {
  const old = '@deprecated("use Fresh")\nsegment Old where purchases > 3\nsegment Fresh where purchases > 4\n';
  told(
    [
      [
        "segment A where [|Old|] and marketing_consent",
        "deprecated-reference",
        "segment A where Fresh and marketing_consent",
      ],
      [
        "segment A of Account where members.where([|Old|]) > 3",
        "deprecated-reference",
        "segment A of Account where members.where(Fresh) > 3",
      ],
      [
        "trait is_old = [|Old|]\nsegment A where is_old and marketing_consent",
        "deprecated-reference",
        "trait is_old = Fresh\nsegment A where is_old and marketing_consent",
      ],
    ],
    (text) => old + text,
  );
  silent(
    [
      "segment A where Fresh",
      '@deprecated("nobody needs it")\nsegment A where Old',
      '@deprecated("use something")\nparam least = 3\n@deprecated("use Fresh")\nsegment A where purchases > least',
    ],
    (text) => old + text,
  );
  test("what it says is said", () => {
    const [one] = lintsOf(`${old}segment A where Old`);
    expect([one?.message, one?.help]).toEqual(["The segment `Old` is deprecated.", "What it says: use Fresh."]);
  });
});

describe("SEG5026: a segment that reads what is sensitive, also through others", () => {
  const model = `default entity Patient from patients {
  id        : text key
  diagnosis : text @sensitive
  email     : text @pii
  doctor    : Doctor by doctor_id
  seen      : many Visit by id
}
entity Doctor from doctors {
  doctor_id : text key
  income    : integer @sensitive
}
event Visit from visits at day {
  day    : date
  reason : text @sensitive
}
`;
  const messages = (text: string): readonly string[] => lintsOf(text, model).map(({ message }) => message);
  test.each([
    ['segment Ill where diagnosis != "none"', ["`Ill` reads `Patient.diagnosis`, which is sensitive."]],
    ["segment Rich where doctor.income > 9", ["`Rich` reads `Doctor.income`, which is sensitive."]],
    ['segment Hurt where seen.where(reason = "fall")', ["`Hurt` reads `Visit.reason`, which is sensitive."]],
    [
      'trait is_ill = diagnosis != "none"\ntrait is_hot = is_ill\nsegment Cared where is_hot',
      ["`Cared` reads `Patient.diagnosis`, which is sensitive, through `is_hot` → `is_ill`."],
    ],
  ])("%s", (text, expected) => {
    expect(messages(text)).toEqual(expected);
  });
  test.each([
    'segment A where email contains "shop"',
    "segment A where seen.last90d > 3",
    "@kpi\ntrait ill = diagnosis",
  ])("silent: %s", (text) => {
    expect(messages(text)).toEqual([]);
  });
});

describe("SEG5151: a claim is checked for what it names, and not proved", () => {
  const ALL = "segment Quiet where no purchases.last90d\n";
  test.each([
    ["assert Loyal within Quiet", "everybody in `Loyal` is in `Quiet`"],
    ["assert disjoint Loyal, Quiet", "nobody is in two of `Loyal`, `Quiet`"],
    ["assert size of Loyal in 1%..5%", "`Loyal` has that size"],
    ["policy Own for all segments forbid fields marked pii", "every segment it is for keeps to the policy `Own`"],
  ])("%s", (text, what) => {
    const found = lintsOf(`${ALL}${text}`).map(({ code, severity, message }) => [code, severity, message]);
    expect(found).toEqual([["SEG5151", "info", `This version does not check whether ${what}.`]]);
  });
  test("nothing more is said of one that is in error", () => {
    expect(lintsOf(`${ALL}assert Loyal within Qiet`).map(({ slug }) => slug)).toEqual(["unknown-group"]);
    expect(lintsOf(`${ALL}assert disjoint Loyal`).map(({ slug }) => slug)).toEqual(["disjoint-from-nothing"]);
  });
  silent(
    [
      "segment Quiet where no purchases.last90d",
      'test Loyal as of 2026-06-30 {\n  "nothing" : { purchases: [] } is out\n}',
      "segmentation Stage {\n  Buying : purchases.last90d\n  Rest   : otherwise\n}",
    ],
    as,
  );
});
