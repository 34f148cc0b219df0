import type { IToken } from "chevrotain";
import { type Span, span } from "../text/span.ts";
import type { Annotation, ArmDecl, Declaration, Expr, TextLiteral, TierDecl } from "./ast.ts";
import { type Found, FrontParser } from "./front.ts";
import { spanOf } from "./lexer.ts";
import { EXPECTED, type Expected } from "./messages.ts";
import { nameOf, noName, textOf } from "./nodes.ts";
import { replace } from "./report.ts";
import { T } from "./tokens.ts";
import { MEMBER_STOPS, typesOf } from "./types.ts";

type HeadKind = "title" | "of" | "seed" | "asOf";

/** What stands between the name of a division and its body. */
interface Head {
  title: TextLiteral | null;
  of: Expr | null;
  seed: TextLiteral | null;
  asOf: Expr | null;
  readonly found: Found<HeadKind>[];
}

const ORDER: readonly HeadKind[] = ["title", "of", "seed", "asOf"];
const noHead = (): Head => ({ title: null, of: null, seed: null, asOf: null, found: [] });

const clauseOf = (kind: HeadKind): string =>
  kind === "title" ? "The title" : kind === "of" ? "`of`" : kind === "seed" ? "`seed`" : "`as of`";

/** Where the parts before a body may go on after something that cannot be read. */
const HEAD_STOPS = typesOf("Text", "Of", "Seed", "As", "LCurly", "RCurly", "Label");

/** Whatever parts or keeps people: segmentations, splits, snapshots. */
export abstract class DivisionParser extends FrontParser {
  protected readonly segmentation = this.RULE(
    "segmentation",
    (annotations: readonly Annotation[], isDefault: IToken | undefined): Declaration => {
      const word = this.CONSUME(T.Segmentation);
      const name = this.SUBRULE(this.declared, { ARGS: ["the segmentation"] });
      const head = this.SUBRULE(this.head);
      const tiers = this.SUBRULE(this.tiers);
      return this.ACTION((): Declaration => {
        this.notDefault(isDefault, word);
        this.hasOnly(head, ["title", "of"]);
        const { title, of } = head;
        return { kind: "segmentation", title, of, tiers, ...this.base(annotations, word, name) };
      });
    },
    { recoveryValueFunc: () => this.unreadable("segmentation") },
  );

  protected readonly split = this.RULE(
    "split",
    (annotations: readonly Annotation[], isDefault: IToken | undefined): Declaration => {
      const word = this.CONSUME(T.Split);
      const name = this.SUBRULE(this.declared, { ARGS: ["the split"] });
      const head = this.SUBRULE(this.head);
      const arms = this.SUBRULE(this.arms);
      return this.ACTION((): Declaration => {
        this.notDefault(isDefault, word);
        this.hasOnly(head, ["title", "of", "seed"]);
        const { title, of, seed } = head;
        return { kind: "split", title, of, seed, arms, ...this.base(annotations, word, name) };
      });
    },
    { recoveryValueFunc: () => this.unreadable("split") },
  );

  protected readonly snapshot = this.RULE(
    "snapshot",
    (annotations: readonly Annotation[], isDefault: IToken | undefined): Declaration => {
      const word = this.CONSUME(T.Snapshot);
      const name = this.SUBRULE(this.declared, { ARGS: ["the snapshot"] });
      const head = this.SUBRULE(this.head);
      return this.ACTION((): Declaration => {
        this.notDefault(isDefault, word);
        this.hasOnly(head, ["title", "of", "asOf"]);
        const { title } = head;
        const of = head.of ?? this.missing(EXPECTED.segment);
        const asOf = head.asOf ?? this.missing(EXPECTED.asOf);
        return { kind: "snapshot", title, of, asOf, ...this.base(annotations, word, name) };
      });
    },
    { recoveryValueFunc: () => this.unreadable("snapshot") },
  );

  /** Title, `of`, `seed` and `as of`, in any order: the wrong order is reported, and read. */
  protected readonly head = this.RULE(
    "head",
    (): Head => {
      const head = noHead();
      this.ACTION(() => this.skipTo(HEAD_STOPS, null));
      this.MANY(() => {
        const first = this.LA(1);
        const kind = this.OR([
          {
            ALT: () => {
              const token = this.CONSUME(T.Text);
              this.ACTION(() => {
                head.title ??= textOf(token);
              });
              return "title" as const;
            },
          },
          {
            ALT: () => {
              this.CONSUME(T.Of);
              const of = this.SUBRULE(this.group, { ARGS: ["the segment"] });
              head.of ??= of;
              return "of" as const;
            },
          },
          {
            ALT: () => {
              this.CONSUME(T.Seed);
              const token = this.OPTION(() => this.CONSUME1(T.Text));
              this.ACTION(() => {
                if (token === undefined) this.lacks(EXPECTED.text);
                else head.seed ??= textOf(token);
              });
              return "seed" as const;
            },
          },
          {
            ALT: () => {
              this.CONSUME(T.As);
              const of = this.OPTION1(() => this.CONSUME1(T.Of));
              this.ACTION(() => of ?? this.missingWord("of"));
              this.wanted = EXPECTED.value;
              const value = this.SUBRULE(this.sum);
              head.asOf ??= value;
              return "asOf" as const;
            },
          },
        ]);
        this.ACTION(() => {
          head.found.push({ kind, start: first.startOffset, end: this.lastEnd() });
          this.skipTo(HEAD_STOPS, null);
        });
      });
      this.ACTION(() => {
        if (!this.failed) this.inOrder(head.found, ORDER, clauseOf, null);
      });
      return head;
    },
    { recoveryValueFunc: noHead },
  );

  /** Parts that this kind of declaration does not have are reported. */
  protected hasOnly(head: Head, kinds: readonly HeadKind[]): void {
    const wrong = head.found.find(({ kind }) => !kinds.includes(kind));
    if (wrong === undefined) return;
    const word = this.text.slice(wrong.start, wrong.end).split(/\s/)[0] ?? "";
    this.report("unexpected-text", { found: word, expected: null }, span(wrong.start, wrong.end));
  }

  /** `{` and where it stands, or null where it is missing, which is reported; goes on to the first label. */
  protected opened(open: IToken | undefined, expected: Expected): void {
    if (open === undefined && this.is("Label")) this.missingWord("{");
    else if (open === undefined) this.lacks(expected);
    else this.skipTo(MEMBER_STOPS, EXPECTED.field);
  }

  private readonly tiers = this.RULE(
    "tiers",
    (): TierDecl[] => {
      const tiers: TierDecl[] = [];
      const open = this.OPTION(() => this.CONSUME(T.LCurly));
      this.ACTION(() => this.opened(open, EXPECTED.tiers));
      this.MANY(() => {
        this.OR([{ ALT: () => tiers.push(this.SUBRULE(this.tier)) }, { ALT: () => this.CONSUME(T.Comma) }]);
      });
      this.ACTION(() => {
        if (open !== undefined) this.seek("RCurly", open);
      });
      this.OPTION1(() => this.CONSUME(T.RCurly));
      return tiers;
    },
    { recoveryValueFunc: () => [] },
  );

  /** `Active : purchases.last90d`, `Dormant : otherwise`. */
  private readonly tier = this.RULE(
    "tier",
    (): TierDecl => {
      const label = this.CONSUME(T.Label);
      this.ACTION(() => this.settle());
      const condition = this.OR([
        {
          ALT: () => {
            this.CONSUME(T.Otherwise);
            return null;
          },
        },
        {
          ALT: () => {
            const word = this.CONSUME(T.Else);
            this.ACTION(() =>
              this.report("word-spelling", { found: "else", meant: "otherwise" }, spanOf(word), [
                replace(spanOf(word), "otherwise"),
              ]),
            );
            return null;
          },
        },
        {
          ALT: () => {
            this.wanted = EXPECTED.condition;
            return this.SUBRULE(this.expression);
          },
        },
        { ALT: () => this.ACTION(() => this.missing(EXPECTED.condition)) },
      ]);
      return this.ACTION(() => {
        const at = span(label.startOffset, this.lastEnd());
        this.skipTo(MEMBER_STOPS, null);
        return {
          kind: "tier",
          doc: this.docs.get(label.startOffset) ?? null,
          name: nameOf(label),
          condition,
          span: at,
        };
      });
    },
    {
      recoveryValueFunc: (): TierDecl => ({ kind: "tier", doc: null, name: noName(0), condition: null, span: NOWHERE }),
    },
  );

  private readonly arms = this.RULE(
    "arms",
    (): ArmDecl[] => {
      const arms: ArmDecl[] = [];
      const open = this.OPTION(() => this.CONSUME(T.LCurly));
      this.ACTION(() => this.opened(open, EXPECTED.arms));
      this.MANY(() => {
        this.OR([{ ALT: () => arms.push(this.SUBRULE(this.arm)) }, { ALT: () => this.CONSUME(T.Comma) }]);
      });
      this.ACTION(() => {
        if (open !== undefined) this.seek("RCurly", open);
      });
      this.OPTION1(() => this.CONSUME(T.RCurly));
      return arms;
    },
    { recoveryValueFunc: () => [] },
  );

  /** `Control : 10%`. */
  private readonly arm = this.RULE(
    "arm",
    (): ArmDecl => {
      const label = this.CONSUME(T.Label);
      this.ACTION(() => this.settle());
      this.wanted = EXPECTED.share;
      const share = this.SUBRULE(this.sum);
      return this.ACTION(() => {
        const at = span(label.startOffset, this.lastEnd());
        this.skipTo(MEMBER_STOPS, null);
        return { kind: "arm", doc: this.docs.get(label.startOffset) ?? null, name: nameOf(label), share, span: at };
      });
    },
    {
      recoveryValueFunc: (): ArmDecl => ({
        kind: "arm",
        doc: null,
        name: noName(0),
        share: { kind: "error", parts: [], span: NOWHERE },
        span: NOWHERE,
      }),
    },
  );
}

const NOWHERE: Span = { start: 0, end: 0 };
