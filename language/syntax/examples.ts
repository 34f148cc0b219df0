import type { IToken } from "chevrotain";
import { type Span, span } from "../text/span.ts";
import type { Annotation, Declaration, Expr, Name } from "./ast.ts";
import type { CaseDecl, Outcome, PersonDecl, TestField, TestObject, TestValue } from "./claim-nodes.ts";
import { DivisionParser } from "./divisions.ts";
import { spanOf } from "./lexer.ts";
import { EXPECTED } from "./messages.ts";
import { nameOf, noName, numberOf, textOf } from "./nodes.ts";
import { T } from "./tokens.ts";
import { typesOf } from "./types.ts";

/** What stands between the tested segment and its cases. */
interface Setting {
  asOf: Expr | null;
  given: TestObject | null;
}

const SETTING_STOPS = typesOf("As", "With", "LCurly", "RCurly");
const CASE_STOPS = typesOf("Text", "RCurly", "Comma");
const FIELD_STOPS = typesOf("Label", "RCurly", "Comma");
const NOWHERE: Span = { start: 0, end: 0 };
const NOTHING: TestObject = { kind: "object", fields: [], span: NOWHERE };

/** Tests: people made up, and whether they are in. */
export abstract class ExampleParser extends DivisionParser {
  protected readonly test = this.RULE(
    "test",
    (annotations: readonly Annotation[], isDefault: IToken | undefined): Declaration => {
      const word = this.CONSUME(T.Test);
      const group = this.SUBRULE(this.group, { ARGS: ["the segment"] });
      const setting = this.SUBRULE(this.setting);
      const cases = this.SUBRULE(this.cases);
      return this.ACTION((): Declaration => {
        this.notDefault(isDefault, word);
        const { asOf, given } = setting;
        return { kind: "test", group, asOf, given, cases, ...this.base(annotations, word, noName(group.span.start)) };
      });
    },
    { recoveryValueFunc: () => this.unreadable("test") },
  );

  /** `as of 2026-06-30 with { region: "EU" }`. */
  private readonly setting = this.RULE(
    "setting",
    (): Setting => {
      const setting: Setting = { asOf: null, given: null };
      this.ACTION(() => this.skipTo(SETTING_STOPS, null));
      this.MANY(() => {
        this.OR([
          {
            ALT: () => {
              this.CONSUME(T.As);
              const of = this.OPTION(() => this.CONSUME(T.Of));
              this.ACTION(() => of ?? this.missingWord("of"));
              this.wanted = EXPECTED.value;
              const value = this.SUBRULE(this.sum);
              setting.asOf ??= value;
            },
          },
          {
            ALT: () => {
              this.CONSUME(T.With);
              const given = this.SUBRULE(this.object);
              setting.given ??= given;
            },
          },
        ]);
        this.ACTION(() => this.skipTo(SETTING_STOPS, null));
      });
      return setting;
    },
    { recoveryValueFunc: (): Setting => ({ asOf: null, given: null }) },
  );

  private readonly cases = this.RULE(
    "cases",
    (): CaseDecl[] => {
      const cases: CaseDecl[] = [];
      const open = this.OPTION(() => this.CONSUME(T.LCurly));
      this.ACTION(() => {
        if (open === undefined && this.is("Text")) this.missingWord("{");
        else if (open === undefined) this.lacks(EXPECTED.cases);
        else this.skipTo(CASE_STOPS, EXPECTED.case);
      });
      this.MANY(() => {
        this.OR([{ ALT: () => cases.push(this.SUBRULE(this.case)) }, { ALT: () => this.CONSUME(T.Comma) }]);
      });
      this.ACTION(() => {
        if (open !== undefined) this.seek("RCurly", open);
      });
      this.OPTION1(() => this.CONSUME(T.RCurly));
      return cases;
    },
    { recoveryValueFunc: () => [] },
  );

  /** `"four" : { … } is in`, `"the best" : people { "a" : { … } is in }`. */
  private readonly case = this.RULE(
    "case",
    (): CaseDecl => {
      const token = this.CONSUME(T.Text);
      this.ACTION(() => this.settle());
      this.SUBRULE(this.colon);
      const body = this.OR([
        {
          ALT: () => {
            this.CONSUME(T.People);
            const people = this.SUBRULE(this.people);
            return this.ACTION(() => ({ people, isPeople: true }));
          },
        },
        {
          ALT: () => {
            const { object, outcome } = this.SUBRULE(this.person);
            return this.ACTION(() => {
              if (outcome === null && !this.failed) this.lacks(EXPECTED.outcome);
              const at = span(object.span.start, outcome?.span.end ?? object.span.end);
              const person: PersonDecl = { kind: "person", title: null, object, outcome, span: at };
              return { people: [person], isPeople: false };
            });
          },
        },
      ]);
      return this.ACTION((): CaseDecl => {
        const at = span(token.startOffset, this.lastEnd());
        this.toCase();
        return { kind: "case", title: textOf(token), ...body, span: at };
      });
    },
    {
      recoveryValueFunc: (): CaseDecl => ({
        kind: "case",
        title: { kind: "text", value: "", span: NOWHERE },
        people: [],
        isPeople: false,
        span: NOWHERE,
      }),
    },
  );

  /** Goes on to the next case. After a fault what lies before it is left out silently, texts that are no titles among it. */
  private toCase(): void {
    this.skipTo(CASE_STOPS, null, this.failed);
    while (this.failed && this.is("Text") && this.LA(2).tokenType !== T.Colon) {
      this.skip();
      this.skipTo(CASE_STOPS, null, true);
    }
  }

  private readonly colon = this.RULE(
    "colon",
    (): void => {
      const colon = this.OPTION(() => this.CONSUME(T.Colon));
      this.ACTION(() => colon ?? this.missingWord(":"));
    },
    { recoveryValueFunc: () => undefined },
  );

  private readonly people = this.RULE(
    "people",
    (): PersonDecl[] => {
      const people: PersonDecl[] = [];
      const open = this.OPTION(() => this.CONSUME(T.LCurly));
      this.ACTION(() => {
        if (open === undefined) this.lacks(EXPECTED.people);
        else this.skipTo(CASE_STOPS, EXPECTED.people);
      });
      this.MANY(() => {
        this.OR([
          {
            ALT: () => {
              const token = this.CONSUME(T.Text);
              this.ACTION(() => this.settle());
              this.SUBRULE(this.colon);
              const { object, outcome } = this.SUBRULE(this.person);
              this.ACTION(() => {
                const at = span(token.startOffset, this.lastEnd());
                people.push({ kind: "person", title: textOf(token), object, outcome, span: at });
                this.toCase();
              });
            },
          },
          { ALT: () => this.CONSUME(T.Comma) },
        ]);
      });
      this.ACTION(() => {
        if (open !== undefined) this.seek("RCurly", open);
      });
      this.OPTION1(() => this.CONSUME(T.RCurly));
      return people;
    },
    { recoveryValueFunc: () => [] },
  );

  /** `{ … } is in`. */
  private readonly person = this.RULE(
    "person",
    (): { object: TestObject; outcome: Outcome | null } => {
      const object = this.SUBRULE(this.object);
      const outcome = this.OPTION(() => this.SUBRULE(this.outcome));
      return this.ACTION(() => ({ object, outcome: outcome ?? null }));
    },
    { recoveryValueFunc: () => ({ object: NOTHING, outcome: null }) },
  );

  /** `is in`, `is out`, `is Active`. */
  private readonly outcome = this.RULE(
    "outcome",
    (): Outcome => {
      const word = this.CONSUME(T.Is);
      const token = this.OPTION(() =>
        this.OR([
          { ALT: () => this.CONSUME(T.In) },
          { ALT: () => this.CONSUME(T.Out) },
          { ALT: () => this.CONSUME(T.Name) },
        ]),
      );
      return this.ACTION((): Outcome => {
        if (token === undefined) this.lacks(EXPECTED.outcome);
        const tier: Name | null = token?.tokenType === T.Name ? nameOf(token) : null;
        const says = token === undefined ? null : token.tokenType === T.In ? "in" : tier === null ? "out" : "tier";
        return { kind: "outcome", says, tier, span: span(word.startOffset, this.lastEnd()) };
      });
    },
    { recoveryValueFunc: (): Outcome => ({ kind: "outcome", says: null, tier: null, span: NOWHERE }) },
  );

  /** `{ region: "EU"  purchases: 4 of { … } }`. */
  private readonly object = this.RULE(
    "object",
    (): TestObject => {
      const open = this.OPTION(() => this.CONSUME(T.LCurly));
      const start = this.ACTION(() => open?.startOffset ?? this.here().start);
      const fields: TestField[] = [];
      this.ACTION(() => {
        if (open === undefined && this.is("Label")) this.missingWord("{");
        else if (open === undefined) this.lacks(EXPECTED.object);
        else this.skipTo(FIELD_STOPS, EXPECTED.field);
      });
      this.MANY(() => {
        this.OR([{ ALT: () => fields.push(this.SUBRULE(this.testField)) }, { ALT: () => this.CONSUME(T.Comma) }]);
      });
      this.ACTION(() => {
        if (open !== undefined) this.seek("RCurly", open);
      });
      this.OPTION1({ GATE: () => open !== undefined || fields.length > 0, DEF: () => this.CONSUME(T.RCurly) });
      return this.ACTION(
        (): TestObject => ({ kind: "object", fields, span: span(start, Math.max(start, this.lastEnd())) }),
      );
    },
    { recoveryValueFunc: () => NOTHING },
  );

  private readonly testField = this.RULE(
    "testField",
    (): TestField => {
      const label = this.CONSUME(T.Label);
      this.ACTION(() => this.settle());
      const value = this.SUBRULE(this.testValue);
      return this.ACTION((): TestField => {
        const at = span(label.startOffset, this.lastEnd());
        this.skipTo(FIELD_STOPS, null, this.failed);
        return { kind: "given", name: nameOf(label), value, span: at };
      });
    },
    {
      recoveryValueFunc: (): TestField => ({
        kind: "given",
        name: noName(0),
        value: { kind: "absent", span: NOWHERE },
        span: NOWHERE,
      }),
    },
  );

  /** A plain value, `missing`, an object, several, or `4 of { … }`. */
  private readonly testValue = this.RULE(
    "testValue",
    (): TestValue =>
      this.OR([
        {
          GATE: () => this.is("LCurly") || this.is("Label"),
          IGNORE_AMBIGUITIES: true,
          ALT: () => this.SUBRULE(this.object),
        },
        { ALT: () => this.SUBRULE(this.listing) },
        {
          ALT: () => {
            const token = this.CONSUME(T.Missing);
            return this.ACTION((): TestValue => ({ kind: "absent", span: spanOf(token) }));
          },
        },
        {
          GATE: () => this.LA(2).tokenType === T.Of,
          IGNORE_AMBIGUITIES: true,
          ALT: () => {
            const token = this.CONSUME(T.Number);
            this.CONSUME(T.Of);
            const object = this.SUBRULE1(this.object);
            return this.ACTION(
              (): TestValue => ({
                kind: "copies",
                count: numberOf(token),
                object,
                span: span(token.startOffset, object.span.end),
              }),
            );
          },
        },
        {
          IGNORE_AMBIGUITIES: true,
          ALT: () => {
            this.wanted = EXPECTED.testValue;
            const value = this.SUBRULE(this.sum);
            return this.ACTION((): TestValue => ({ kind: "plain", value, span: value.span }));
          },
        },
        {
          ALT: () =>
            this.ACTION((): TestValue => {
              this.lacks(EXPECTED.testValue);
              return { kind: "absent", span: span(this.lastEnd(), this.lastEnd()) };
            }),
        },
      ]),
    { recoveryValueFunc: (): TestValue => ({ kind: "absent", span: NOWHERE }) },
  );

  private readonly listing = this.RULE(
    "listing",
    (): TestValue => {
      const open = this.CONSUME(T.LSquare);
      const items: TestValue[] = [];
      this.MANY({
        GATE: () => !this.is("RSquare"),
        DEF: () => {
          this.OR([
            { ALT: () => this.CONSUME(T.Comma) },
            { IGNORE_AMBIGUITIES: true, ALT: () => items.push(this.SUBRULE(this.testValue)) },
          ]);
        },
      });
      this.ACTION(() => this.seek("RSquare", open));
      this.OPTION(() => this.CONSUME(T.RSquare));
      return this.ACTION((): TestValue => ({ kind: "listing", items, span: span(open.startOffset, this.lastEnd()) }));
    },
    { recoveryValueFunc: (): TestValue => ({ kind: "listing", items: [], span: NOWHERE }) },
  );
}
