import { describe, expect, test } from "vitest";
import { format } from "../format/format.ts";
import { printPred } from "../meaning/print.ts";
import { loadProject } from "../project.ts";
import { parse } from "../syntax/parse.ts";
import { sourceFile } from "../text/source.ts";
import { SHOP_MODEL } from "./model.ts";
import { showDeclaration } from "./show.ts";
import { toldWrong, type WrongRow } from "./told-wrong.ts";

const DECLARATIONS = `segment Loyal where purchases.last90d > 3
trait spend = purchases.sum(amount)
segmentation Lifecycle {
  New     : signed_up_at in last 30d
  Active  : purchases.last90d
  Dormant : otherwise
}
segmentation Plans of Account {
  Team : plan = "team"
  Free : otherwise
}
split Halves of Loyal seed "halves" {
  A : 50%
  B : 50%
}
snapshot Spring of Loyal as of 2026-06-01
`;

const FILE = "z-tested.seg";

/** Without lints, which have tests of their own. */
const project = (text: string) =>
  loadProject(
    [sourceFile("a-model.seg", SHOP_MODEL), sourceFile("b-declarations.seg", DECLARATIONS), sourceFile(FILE, text)],
    { lint: false },
  );

const wrong = (rows: readonly WrongRow[]): void => toldWrong(rows, (text) => project(text).diagnostics);

describe("a segmentation has tiers, the last of them `otherwise`", () => {
  wrong([
    [
      "segmentation [|S|] {\n  A : is_test\n}",
      "no-otherwise",
      "segmentation S {\n  A : is_test\n  Other : otherwise\n}",
    ],
    ["segmentation [|S|] { A : is_test }", "no-otherwise"],
    ["segmentation [|S|] { Other : is_test }", "no-otherwise", null],
    ["segmentation [|S|] { }", "no-otherwise", null],
    ["segmentation S { [|A : otherwise|]  B : is_test }", "otherwise-not-last", null],
    ["segmentation S { A : otherwise  [|B : otherwise|] }", "otherwise-not-last", null],
    ["segmentation S { A : is_test  [|A|] : otherwise }", "duplicate-tier", null],
    ["segmentation S { A : is_test  B : [|else|] }", "word-spelling", "segmentation S { A : is_test  B : otherwise }"],
    ["segmentation S { A : [|region|]  B : otherwise }", "not-a-condition", null],
    [
      'segmentation S { A : [|regoin|] = "EU"  B : otherwise }',
      "unknown-name",
      'segmentation S { A : region = "EU"  B : otherwise }',
    ],
    ["segmentation [|Loyal|] { B : otherwise }", "duplicate-declaration", null],
    ["segmentation [|region|] { B : otherwise }", "hides-field", null],
    ["segmentation S of [|Loyale|] { B : otherwise }", "unknown-group", "segmentation S of Loyal { B : otherwise }"],
    [
      "segmentation S of [|Customr|] { B : otherwise }",
      "unknown-group",
      "segmentation S of Customer { B : otherwise }",
    ],
    ["segmentation S of [|Purchase|] { B : otherwise }", "not-a-group", null],
    ["segmentation S of [|spend|] { B : otherwise }", "not-a-group", null],
    ["segmentation S of [|Lifecycle|] { B : otherwise }", "not-a-group", null],
    ["segmentation S of [|Loyal.A|] { B : otherwise }", "not-a-group", null],
    [
      "segmentation S of Lifecycle.[|Actve|] { B : otherwise }",
      "unknown-tier",
      "segmentation S of Lifecycle.Active { B : otherwise }",
    ],
    ["@[|kpi|] segmentation S { B : otherwise }", "unknown-annotation", null],
    ["[|default|] segmentation S { B : otherwise }", "default-what", "segmentation S { B : otherwise }"],
    ['segmentation S [|seed|] "x" { B : otherwise }', "unexpected-text", null],
    [
      'segmentation S of Loyal [|"T"|] { B : otherwise }',
      "clause-order",
      'segmentation S "T" of Loyal { B : otherwise }',
    ],
    ["segment [|`Lifecycle.New`|] where is_test", "duplicate-declaration", null],
  ]);
});

describe("a split has a seed, and shares that sum to 100%", () => {
  wrong([
    ["split [|S|] { A : 50%  B : 50% }", "no-seed", 'split S seed "S" { A : 50%  B : 50% }'],
    ["split [|S|] of Loyal { A : 50%  B : 50% }", "no-seed", 'split S of Loyal seed "S" { A : 50%  B : 50% }'],
    ['split [|S|] seed "s" { A : 50%  B : 49.99% }', "shares-do-not-sum", null],
    ['split [|S|] seed "s" { A : 50%  B : 50%  C : 0.01% }', "shares-do-not-sum", null],
    ['split [|S|] seed "s" { }', "shares-do-not-sum", null],
    ['split S seed "s" { A : [|0%|]  B : 100% }', "share-of-an-arm", null],
    ['split S seed "s" { A : [|0.005%|]  B : 100% }', "share-of-an-arm", null],
    ['split S seed "s" { A : [|0.5|]  B : 50% }', "share-of-an-arm", 'split S seed "s" { A : 50%  B : 50% }'],
    ['split S seed "s" { A : [|50|]  B : 50% }', "share-of-an-arm", 'split S seed "s" { A : 50%  B : 50% }'],
    ['split S seed "s" { A : [|spend|]  B : 50% }', "share-of-an-arm", null],
    ['split S seed "s" { A : 50%  [|A|] : 50% }', "duplicate-tier", null],
    [
      'split S of [|Loyale|] seed "s" { A : 50%  B : 50% }',
      "unknown-group",
      'split S of Loyal seed "s" { A : 50%  B : 50% }',
    ],
    ["split S seed [|{|] A : 50%  B : 50% }", "missing-value", null],
    [
      'split S seed "s" [|of Loyal|] { A : 50%  B : 50% }',
      "clause-order",
      'split S of Loyal seed "s" { A : 50%  B : 50% }',
    ],
  ]);
});

describe("a snapshot keeps a segment as of a date or time", () => {
  wrong([
    ["snapshot S of [|Customer|] as of 2026-06-01", "not-a-group", null],
    ["snapshot S of [|Lifecycle|] as of 2026-06-01", "not-a-group", null],
    ["snapshot S of [|Nobody|] as of 2026-06-01", "unknown-group", null],
    ["snapshot S of Loyal as of [|90d ago|]", "not-an-instant", null],
    ["snapshot S of Loyal as of [|today|]", "not-an-instant", null],
    ["snapshot S of Loyal[||]", "missing-value", null],
  ]);
});

describe("tiers, arms and snapshots are segments for everybody who names them", () => {
  wrong([
    ["segment A where [|Lifecycle|]", "division-as-value", null],
    ['segment A where [|Lifecycle|] = "New"', "division-as-value", null],
    ["segment A where purchases.where([|Halves|])", "division-as-value", null],
    ["segment A where Lifecycle.[|Actve|]", "unknown-tier", "segment A where Lifecycle.Active"],
    ["segment A where Halves.[|C|]", "unknown-tier", null],
    ["segment A where Lifecycle in [New, [|Actve|]]", "unknown-tier", "segment A where Lifecycle in [New, Active]"],
    ["segment A where Lifecycle in [[|Halves.A|]]", "tiers-not-listed", null],
    ['segment A where Lifecycle in [[|"New"|]]', "tiers-not-listed", null],
    ["segment A where Lifecycle in [|New|]", "tiers-not-listed", "segment A where Lifecycle in [New]"],
    ["segment A where [|Plans|].Team", "other-subject", "segment A where account in Plans.Team"],
    ["segment A of Account where account_id in [|Plans.Team|]", "not-a-set", null],
    ["segment A where account in Plans.[|Tem|]", "unknown-tier", "segment A where account in Plans.Team"],
    ["segment A where account in [|Lifecycle.New|]", "other-subject", null],
    ["trait t = [|Lifecycle|]", "division-as-value", null],
  ]);

  const fine = [
    "Lifecycle.Active and not Lifecycle.New",
    "Lifecycle in [New, Active] or Lifecycle not in [Dormant]",
    "account in Plans.Team",
    "(Halves.A) or Spring",
    "purchases.where(Lifecycle.Active and amount > 3)",
    "Halves in [A, B]",
  ];
  test.each(fine)("%s is fine", (where) => {
    expect(project(`segment Subject where ${where}`).diagnostics).toEqual([]);
  });
});

describe("what circles is an error that shows the path", () => {
  test.each([
    ["segmentation S { A : B  C : otherwise }\nsegment B where S.A", ["S", "B", "S"]],
    ["segmentation S { A : S.C  C : otherwise }", ["S", "S"]],
    ["segmentation S of T.A { A : otherwise }\nsegmentation T of S.A { A : otherwise }", ["S", "T", "S"]],
    ["snapshot S of B as of 2026-06-01\nsegment B where is_test or S", ["S", "B", "S"]],
    ['split S of B seed "s" { A : 100% }\nsegment B where S in [A]', ["S", "B", "S"]],
  ])("%s", (text, path) => {
    const found = project(text).diagnostics;
    expect(found.map((d) => d.slug)).toEqual(["cycle"]);
    if (path.length > 2) expect(found[0]?.message).toContain(path.map((name) => `\`${name}\``).join(" → "));
  });
});

describe("the first tier that matches wins", () => {
  test.each([
    ["segmentation S { A : is_test  B : visits  C : otherwise }", "S.A", "(truth is_test)"],
    ["segmentation S { A : is_test  B : visits  C : otherwise }", "S.B", "(and (exists visits) (not (truth is_test)))"],
    [
      "segmentation S { A : is_test  B : visits  C : otherwise }",
      "S.C",
      "(and (not (truth is_test)) (not (exists visits)))",
    ],
    ["segmentation S of Loyal { A : is_test  C : otherwise }", "S.A", "(and (segment Loyal) (truth is_test))"],
    ["segmentation S of Loyal { A : is_test  C : otherwise }", "S.C", "(and (segment Loyal) (not (truth is_test)))"],
    ["segmentation S of Customer { C : otherwise }", "S.C", "true"],
    ["segmentation S of Lifecycle.New { C : otherwise }", "S.C", "(segment Lifecycle.New)"],
    ['split S of Loyal seed "s" { A : 33.33%  B : 66.67% }', "S.B", '(and (segment Loyal) (bucket "s" 3333 10000))'],
    ['split S seed "s" { A : 33.33%  B : 66.67% }', "S.A", '(bucket "s" 0 3333)'],
    ["snapshot S of Loyal as of 2026-06-01", "S", "(stored S)"],
    [
      "segment S where Lifecycle not in [New, Active]",
      "S",
      "(not (or (segment Lifecycle.New) (segment Lifecycle.Active)))",
    ],
    ["segment S where account in Plans.Team", "S", "(segment account.Plans.Team)"],
  ])("%s: %s", (text, name, meaning) => {
    const { program, diagnostics } = project(text);
    expect(diagnostics).toEqual([]);
    const segment = program.segments.get(name);
    expect(segment === undefined ? null : printPred(segment.condition)).toBe(meaning);
  });

  test("tiers carry the annotations of their segmentation, and stand where it stands", () => {
    const { program } = project(
      '@owner("crm") @tags(marketing)\nsegmentation S "Title" {\n  /// The first.\n  A : is_test\n  B : otherwise\n}\nsegment T where is_test',
    );
    expect([...program.segments.keys()].slice(-3)).toEqual(["S.A", "S.B", "T"]);
    const { kind, partOf, owner, tags, doc, title } = program.segments.get("S.A") as NonNullable<
      ReturnType<typeof program.segments.get>
    >;
    expect({ kind, partOf, owner, tags, doc, title }).toEqual({
      kind: "tier",
      partOf: "S",
      owner: "crm",
      tags: ["marketing"],
      doc: "The first.",
      title: null,
    });
    expect(program.segmentations.get("S")).toMatchObject({ title: "Title", of: null, entity: "Customer" });
  });
});

describe("divisions are read, shown and formatted", () => {
  test.each([
    [
      'segmentation L "T" of Loyal { New : a in last 30d, `Old one`:b and c\n Rest : otherwise }',
      'segmentation L "T" of Loyal { New : (a in last 30d); `Old one` : (b and c); Rest : otherwise }',
      'segmentation L "T" of Loyal {\n  New       : a in last 30d\n  `Old one` : b and c\n  Rest      : otherwise\n}\n',
    ],
    [
      'split T "x" of L . A seed "s" { Control: 10% ,  B:90% }',
      'split T "x" of L.A seed "s" { Control : 10%; B : 90% }',
      'split T "x" of L.A seed "s" {\n  Control : 10%\n  B       : 90%\n}\n',
    ],
    [
      'snapshot S "T"\n  of L.A\n  as of 2026-06-01T10:00',
      'snapshot S "T" of L.A as of 2026-06-01T10:00:00.000000',
      'snapshot S "T" of L.A as of 2026-06-01T10:00\n',
    ],
  ])("%s", (text, shown, formatted) => {
    const { file, diagnostics } = parse(sourceFile("a.seg", text));
    expect(diagnostics).toEqual([]);
    expect(file.declarations.map(showDeclaration)).toEqual([shown]);
    expect(format(sourceFile("a.seg", text))).toEqual({ text: formatted });
    expect(format(sourceFile("a.seg", formatted))).toEqual({ text: formatted });
  });
});
