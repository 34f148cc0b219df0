import type { IToken } from "chevrotain";
import { span } from "../text/span.ts";
import type { Annotation, Declaration, Expr, Name, TextLiteral } from "./ast.ts";
import type { Claim, Demand } from "./claim-nodes.ts";
import { ExampleParser } from "./examples.ts";
import { EXPECTED } from "./messages.ts";
import { errorNode, nameOf, noName, textOf } from "./nodes.ts";
import { T } from "./tokens.ts";
import { typesOf } from "./types.ts";

/** Which segments a policy is for. */
interface Subject {
  of: Name | null;
  readonly tags: Name[];
}

const POLICY_STOPS = typesOf("For", "Require", "Forbid");

/** What is claimed of segments: policies and assertions. */
export abstract class ClaimParser extends ExampleParser {
  protected readonly policy = this.RULE(
    "policy",
    (annotations: readonly Annotation[], isDefault: IToken | undefined): Declaration => {
      const word = this.CONSUME(T.Policy);
      const name = this.SUBRULE(this.declared, { ARGS: ["the policy"] });
      const token = this.OPTION(() => this.CONSUME(T.Text));
      this.ACTION(() => this.skipTo(POLICY_STOPS, null));
      const subject = this.OPTION1(() => this.SUBRULE(this.subject));
      this.ACTION(() => subject ?? this.lacks(EXPECTED.segments));
      const demands: Demand[] = [];
      this.MANY(() => {
        demands.push(this.SUBRULE(this.demand));
        this.ACTION(() => this.skipTo(POLICY_STOPS, null, this.failed));
      });
      return this.ACTION((): Declaration => {
        this.notDefault(isDefault, word);
        if (demands.length === 0) this.lacks(EXPECTED.demand);
        const title: TextLiteral | null = token === undefined ? null : textOf(token);
        const { of, tags } = subject ?? { of: null, tags: [] };
        return { kind: "policy", title, of, tags, demands, ...this.base(annotations, word, name) };
      });
    },
    { recoveryValueFunc: () => this.unreadable("policy") },
  );

  /** `for segments tagged marketing`, `for all segments of Customer`. */
  private readonly subject = this.RULE(
    "subject",
    (): Subject => {
      const subject: Subject = { of: null, tags: [] };
      this.CONSUME(T.For);
      const all = this.OPTION(() => this.CONSUME(T.Name));
      const segments = this.OPTION1(() => this.CONSUME(T.Segments));
      this.ACTION(() => {
        if (segments === undefined || (all !== undefined && all.image !== "all")) this.missingWord("segments");
      });
      this.OPTION2(() => {
        this.CONSUME(T.Of);
        const of = this.SUBRULE(this.declared, { ARGS: ["the entity"] });
        subject.of = of;
      });
      this.OPTION3(() => {
        this.CONSUME(T.Tagged);
        const first = this.SUBRULE1(this.declared, { ARGS: ["the tag"] });
        subject.tags.push(first);
        this.MANY(() => {
          this.CONSUME(T.Comma);
          const next = this.SUBRULE2(this.declared, { ARGS: ["the tag"] });
          subject.tags.push(next);
        });
      });
      this.ACTION(() => this.skipTo(POLICY_STOPS, null));
      return subject;
    },
    { recoveryValueFunc: (): Subject => ({ of: null, tags: [] }) },
  );

  /** `require marketing_consent`, `forbid fields marked sensitive`. */
  private readonly demand = this.RULE(
    "demand",
    (): Demand =>
      this.OR([
        {
          ALT: () => {
            const word = this.CONSUME(T.Require);
            this.ACTION(() => this.settle());
            this.wanted = EXPECTED.condition;
            const condition = this.SUBRULE(this.expression);
            return this.ACTION(
              (): Demand => ({ kind: "require", condition, span: span(word.startOffset, this.lastEnd()) }),
            );
          },
        },
        {
          ALT: () => {
            const word = this.CONSUME(T.Forbid);
            const fields = this.OPTION(() => this.CONSUME(T.Fields));
            const marked = this.OPTION1(() => this.CONSUME(T.Marked));
            this.ACTION(() => {
              if (fields === undefined) this.missingWord("fields");
              else if (marked === undefined) this.missingWord("marked");
            });
            const token = this.OPTION2(() => this.CONSUME(T.Name));
            return this.ACTION((): Demand => {
              const mark = token === undefined ? this.missingName("the annotation") : nameOf(token);
              return { kind: "forbid", mark, span: span(word.startOffset, this.lastEnd()) };
            });
          },
        },
      ]),
    { recoveryValueFunc: (): Demand => ({ kind: "forbid", mark: noName(0), span: { start: 0, end: 0 } }) },
  );

  protected readonly assert = this.RULE(
    "assert",
    (annotations: readonly Annotation[], isDefault: IToken | undefined): Declaration => {
      const word = this.CONSUME(T.Assert);
      const claim = this.OR([
        { ALT: () => this.SUBRULE(this.disjoint) },
        { ALT: () => this.SUBRULE(this.size) },
        { IGNORE_AMBIGUITIES: true, ALT: () => this.SUBRULE(this.within) },
      ]);
      return this.ACTION((): Declaration => {
        this.notDefault(isDefault, word);
        return { kind: "assert", claim, ...this.base(annotations, word, noName(word.startOffset + 6)) };
      });
    },
    { recoveryValueFunc: () => this.unreadable("assert") },
  );

  /** `disjoint Winback, DoNotDisturb`. */
  private readonly disjoint = this.RULE(
    "disjoint",
    (): Claim => {
      this.CONSUME(T.Disjoint);
      const groups = [this.SUBRULE(this.group, { ARGS: ["the segment"] })];
      this.MANY(() => {
        this.CONSUME(T.Comma);
        groups.push(this.SUBRULE1(this.group, { ARGS: ["the segment"] }));
      });
      return { kind: "disjoint", groups };
    },
    { recoveryValueFunc: (): Claim => ({ kind: "disjoint", groups: [] }) },
  );

  /** `size of Winback in 1%..5%`. */
  private readonly size = this.RULE(
    "size",
    (): Claim => {
      this.CONSUME(T.Size);
      this.CONSUME(T.Of);
      const group = this.SUBRULE(this.group, { ARGS: ["the segment"] });
      const word = this.OPTION(() => this.CONSUME(T.In));
      this.ACTION(() => word ?? this.missingWord("in"));
      this.wanted = EXPECTED.share;
      const range = this.SUBRULE(this.range);
      return { kind: "size", group, range };
    },
    { recoveryValueFunc: (): Claim => ({ kind: "size", group: nothing(), range: nothing() }) },
  );

  /** `Loyal within EuropeanCustomers`. */
  private readonly within = this.RULE(
    "within",
    (): Claim => {
      const inner = this.SUBRULE(this.group, { ARGS: ["the segment"] });
      const word = this.OPTION(() => this.CONSUME(T.Within));
      this.ACTION(() => word ?? this.missingWord("within"));
      const outer = this.SUBRULE1(this.group, { ARGS: ["the segment"] });
      return { kind: "within", inner, outer };
    },
    { recoveryValueFunc: (): Claim => ({ kind: "within", inner: nothing(), outer: nothing() }) },
  );
}

const nothing = (): Expr => errorNode(span(0, 0));
