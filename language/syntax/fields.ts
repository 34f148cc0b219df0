import type { IToken, ParserMethod, TokenType } from "chevrotain";
import { type Span, span } from "../text/span.ts";
import type {
  Annotation,
  Expr,
  HeaderClause,
  MemberDecl,
  Name,
  NumberLiteral,
  TableName,
  TextLiteral,
  TypeExpr,
} from "./ast.ts";
import { ConditionParser } from "./conditions.ts";
import { shown, spanOf } from "./lexer.ts";
import { nameOf, noName, numberOf, textOf } from "./nodes.ts";
import { DEEPEST } from "./recovery.ts";
import { T, type TokenName } from "./tokens.ts";

const set = (...names: readonly TokenName[]): ReadonlySet<TokenType> => new Set(names.map((name) => T[name]));

/** Where the header of a table may go on after something that cannot be read. */
const HEADER_STOPS = set(
  "From",
  "Since",
  "Until",
  "At",
  "Scheduled",
  "Once",
  "Fresh",
  "Keeps",
  "Where",
  "By",
  "LCurly",
  "RCurly",
  "Label",
);
const MEMBER_STOPS = set("Label", "RCurly", "Comma");
const OF_FIELDS = set("Optional", "Key", "From", "In", "By", "Annotation");
const MODIFIERS = "`key`, `optional`, `from` or `in`";

/** What stands behind the type of a field. */
interface Modifiers {
  key: IToken | null;
  optional: boolean;
  column: Name | null;
  constraint: Expr | null;
  by: Name | null;
  readonly annotations: Annotation[];
  /** Words of `key`, `from` and `in`, which a link has not. */
  readonly ofFields: IToken[];
}

/** Tables: header clauses, fields, links, types, annotations. */
export abstract class FieldParser extends ConditionParser {
  /** Descriptions, by where the token that they stand before begins. */
  protected docs: ReadonlyMap<number, string> = new Map();

  /** `@owner("…")`, `@tags(a, b)`, `@kpi`. */
  protected readonly annotation = this.RULE(
    "annotation",
    (): Annotation => {
      const mark = this.CONSUME(T.Annotation);
      const token = this.OPTION(() => this.CONSUME(T.Name));
      const name = this.ACTION(() => (token === undefined ? this.missingName("the annotation") : nameOf(token)));
      const args: (Name | TextLiteral)[] = [];
      this.OPTION1(() => {
        const open = this.CONSUME(T.LParen);
        this.MANY(() => {
          const arg = this.OR([
            { ALT: () => this.CONSUME1(T.Name) },
            { ALT: () => this.CONSUME(T.Text) },
            { ALT: () => this.CONSUME(T.Comma) },
          ]);
          this.ACTION(() => {
            if (arg.tokenType === T.Name) args.push(nameOf(arg));
            else if (arg.tokenType === T.Text) args.push(textOf(arg));
          });
        });
        this.ACTION(() => this.seek("RParen", open));
        this.OPTION2(() => this.CONSUME(T.RParen));
      });
      return this.ACTION(() => ({ name, args, span: span(mark.startOffset, this.lastEnd()) }));
    },
    { recoveryValueFunc: (): Annotation => ({ name: noName(0), args: [], span: span(0, 0) }) },
  );

  /** A column: a name, or a text where the database calls it otherwise. */
  private readonly column: ParserMethod<[string], Name> = this.RULE(
    "column",
    (what: string): Name => {
      const token = this.OPTION(() =>
        this.OR([{ ALT: () => this.CONSUME(T.Name) }, { ALT: () => this.CONSUME(T.Text) }]),
      );
      return this.ACTION(() => {
        if (token === undefined) return this.missingName(what);
        return token.tokenType === T.Name
          ? nameOf(token)
          : { text: textOf(token).value, span: spanOf(token), quoted: true };
      });
    },
    { recoveryValueFunc: () => noName(0) },
  );

  /** `crm.customers`. */
  protected readonly table = this.RULE(
    "table",
    (): TableName => {
      const parts = [this.SUBRULE(this.column, { ARGS: ["the table"] })];
      this.MANY(() => {
        this.CONSUME(T.Dot);
        parts.push(this.SUBRULE1(this.column, { ARGS: ["the table"] }));
      });
      return this.ACTION(() => ({ parts, span: span((parts[0] as Name).span.start, (parts.at(-1) as Name).span.end) }));
    },
    { recoveryValueFunc: (): TableName => ({ parts: [noName(0)], span: span(0, 0) }) },
  );

  protected readonly headerClause = this.RULE(
    "headerClause",
    (): HeaderClause => {
      const read = this.OR([
        {
          ALT: () => this.ofColumn("since", this.CONSUME(T.Since), this.SUBRULE(this.column, { ARGS: ["the column"] })),
        },
        {
          ALT: () =>
            this.ofColumn("until", this.CONSUME(T.Until), this.SUBRULE1(this.column, { ARGS: ["the column"] })),
        },
        { ALT: () => this.ofColumn("at", this.CONSUME(T.At), this.SUBRULE2(this.column, { ARGS: ["the column"] })) },
        { ALT: () => this.ofColumn("by", this.CONSUME(T.By), this.SUBRULE3(this.column, { ARGS: ["the column"] })) },
        {
          ALT: () => {
            const word = this.CONSUME(T.Once);
            const per = this.OPTION(() => this.CONSUME(T.Per));
            this.ACTION(() => per ?? this.missingWord("per"));
            return this.ofColumn("oncePer", word, this.SUBRULE4(this.column, { ARGS: ["the field"] }));
          },
        },
        {
          ALT: () => {
            const word = this.CONSUME(T.Scheduled);
            return this.ACTION((): HeaderClause => ({ kind: "scheduled", span: spanOf(word) }));
          },
        },
        {
          ALT: () => {
            const word = this.CONSUME(T.Fresh);
            const within = this.OPTION1(() => this.CONSUME(T.Within));
            this.ACTION(() => within ?? this.missingWord("within"));
            return this.ofDuration("fresh", word, this.SUBRULE(this.sum));
          },
        },
        { ALT: () => this.ofDuration("keeps", this.CONSUME(T.Keeps), this.SUBRULE1(this.sum)) },
        {
          ALT: () => {
            const word = this.CONSUME(T.Where);
            const condition = this.SUBRULE(this.expression);
            return this.ACTION(
              (): HeaderClause => ({ kind: "where", condition, span: span(word.startOffset, this.lastEnd()) }),
            );
          },
        },
      ]);
      this.ACTION(() => this.skipTo(HEADER_STOPS, null));
      return read;
    },
    { recoveryValueFunc: (): HeaderClause => ({ kind: "scheduled", span: span(0, 0) }) },
  );

  private ofColumn(kind: "since" | "until" | "at" | "by" | "oncePer", word: IToken, column: Name): HeaderClause {
    return this.ACTION(() => ({ kind, column, span: span(word.startOffset, this.lastEnd()) }));
  }

  private ofDuration(kind: "fresh" | "keeps", word: IToken, duration: Expr): HeaderClause {
    return this.ACTION(() => ({ kind, duration, span: span(word.startOffset, this.lastEnd()) }));
  }

  /** Leaves out what cannot be read in a header. */
  protected toHeader(): void {
    this.skipTo(HEADER_STOPS, null);
  }

  /** `{ … }`: the fields and links. */
  protected readonly body = this.RULE(
    "body",
    (): MemberDecl[] => {
      const members: MemberDecl[] = [];
      const open = this.OPTION(() => this.CONSUME(T.LCurly));
      this.ACTION(() => {
        if (open === undefined && this.is("Label")) this.missingWord("{");
        else if (open === undefined)
          this.fail("missing-value", { before: this.found(), expected: "`{` and the fields" }, this.here());
        else this.skipTo(MEMBER_STOPS, "a name with `:`");
      });
      this.MANY(() => {
        this.OR([{ ALT: () => members.push(this.SUBRULE(this.member)) }, { ALT: () => this.CONSUME(T.Comma) }]);
      });
      this.ACTION(() => {
        if (open !== undefined) this.seek("RCurly", open);
      });
      this.OPTION1(() => this.CONSUME(T.RCurly));
      return members;
    },
    { recoveryValueFunc: () => [] },
  );

  /** `region : text key from "Cust Region" in ["EU"] optional @pii`. */
  private readonly member = this.RULE(
    "member",
    (): MemberDecl => {
      const label = this.CONSUME(T.Label);
      this.ACTION(() => this.settle());
      const many = this.OPTION(() => this.CONSUME(T.Many));
      const type = this.SUBRULE(this.type);
      const modifiers: Modifiers = {
        key: null,
        optional: false,
        column: null,
        constraint: null,
        by: null,
        annotations: [],
        ofFields: [],
      };
      this.MANY(() => this.SUBRULE(this.modifier, { ARGS: [modifiers] }));
      return this.ACTION(() => {
        const at = span(label.startOffset, this.lastEnd());
        const read = this.memberOf(label, many, type, modifiers, at);
        this.skipTo(MEMBER_STOPS, modifiers.annotations.length > 0 ? null : MODIFIERS);
        return read;
      });
    },
    {
      recoveryValueFunc: (): MemberDecl =>
        this.memberOf(
          null,
          undefined,
          noType(0),
          { key: null, optional: false, column: null, constraint: null, by: null, annotations: [], ofFields: [] },
          span(0, 0),
        ),
    },
  );

  private memberOf(
    label: IToken | null,
    many: IToken | undefined,
    type: TypeExpr,
    modifiers: Modifiers,
    at: Span,
  ): MemberDecl {
    const doc = label === null ? null : (this.docs.get(label.startOffset) ?? null);
    const name = label === null ? noName(0) : nameOf(label);
    const { optional, annotations } = modifiers;
    const isLink = many !== undefined || (modifiers.by !== null && type.kind === "named");
    if (!isLink) {
      const { column, constraint } = modifiers;
      return {
        kind: "field",
        doc,
        name,
        type,
        isKey: modifiers.key !== null,
        optional,
        column,
        constraint,
        annotations,
        span: at,
      };
    }
    const [wrong] = modifiers.ofFields;
    if (wrong !== undefined)
      this.report("unexpected-text", { found: shown(wrong.image), expected: null }, spanOf(wrong));
    if (modifiers.by === null)
      this.fail(
        "missing-value",
        { before: this.found(), expected: "`by` and the column that links the two" },
        this.here(),
      );
    const target = type.kind === "named" ? type.name : noName(type.span.start);
    return {
      kind: "link",
      doc,
      name,
      many: many !== undefined,
      target,
      optional,
      by: modifiers.by ?? noName(at.end),
      annotations,
      span: at,
    };
  }

  private readonly modifier = this.RULE(
    "modifier",
    (into: Modifiers): void => {
      this.OR([
        {
          ALT: () => {
            const word = this.CONSUME(T.Key);
            this.ACTION(() => {
              into.key = word;
              into.ofFields.push(word);
            });
          },
        },
        {
          ALT: () => {
            this.CONSUME(T.Optional);
            this.ACTION(() => {
              into.optional = true;
            });
          },
        },
        {
          ALT: () => {
            const word = this.CONSUME(T.From);
            const column = this.SUBRULE(this.column, { ARGS: ["the column"] });
            this.ACTION(() => {
              into.column = column;
              into.ofFields.push(word);
            });
          },
        },
        {
          ALT: () => {
            const word = this.CONSUME(T.In);
            const constraint = this.SUBRULE(this.set);
            this.ACTION(() => {
              into.constraint = constraint;
              into.ofFields.push(word);
            });
          },
        },
        {
          ALT: () => {
            this.CONSUME(T.By);
            const by = this.SUBRULE1(this.column, { ARGS: ["the column"] });
            this.ACTION(() => {
              into.by = by;
            });
          },
        },
        {
          ALT: () => {
            const annotation = this.SUBRULE(this.annotation);
            this.ACTION(() => into.annotations.push(annotation));
          },
        },
      ]);
    },
    { recoveryValueFunc: () => undefined },
  );

  /** `text`, `decimal(12, 2)`, `list of text`, `json { channel : text }`, `Account`. */
  protected readonly type: ParserMethod<[], TypeExpr> = this.RULE(
    "type",
    (): TypeExpr => {
      const lists: IToken[] = [];
      this.MANY(() => {
        lists.push(this.CONSUME(T.ListOf));
        this.CONSUME(T.Of);
      });
      const base = this.OR([
        { ALT: () => this.SUBRULE(this.json) },
        { ALT: () => this.SUBRULE(this.namedType) },
        {
          ALT: () =>
            this.ACTION(() => {
              this.fail(
                "missing-value",
                { before: this.found(), expected: "a type such as `text`, `integer` or `timestamp`" },
                this.here(),
              );
              return noType(this.lastEnd());
            }),
        },
      ]);
      return this.ACTION(() => {
        const [first] = lists;
        if (first !== undefined && lists.length > DEEPEST) {
          this.report("too-deep", { limit: DEEPEST }, spanOf(first));
          return noType(first.startOffset);
        }
        return lists.reduceRight<TypeExpr>(
          (of, word) => ({ kind: "listOf", of, span: span(word.startOffset, of.span.end) }),
          base,
        );
      });
    },
    { recoveryValueFunc: () => noType(0) },
  );

  private readonly namedType = this.RULE(
    "namedType",
    (): TypeExpr => {
      const token = this.CONSUME(T.Name);
      const args: NumberLiteral[] = [];
      this.OPTION({
        GATE: () => this.onSameLine(),
        DEF: () => {
          const open = this.CONSUME(T.LParen);
          this.MANY(() => {
            const arg = this.OR([{ ALT: () => this.CONSUME(T.Number) }, { ALT: () => this.CONSUME(T.Comma) }]);
            this.ACTION(() => {
              if (arg.tokenType === T.Number) args.push(numberOf(arg));
            });
          });
          this.ACTION(() => this.seek("RParen", open));
          this.OPTION1(() => this.CONSUME(T.RParen));
        },
      });
      return this.ACTION(
        (): TypeExpr => ({ kind: "named", name: nameOf(token), args, span: span(token.startOffset, this.lastEnd()) }),
      );
    },
    { recoveryValueFunc: () => noType(0) },
  );

  private readonly json = this.RULE(
    "json",
    (): TypeExpr => {
      const word = this.CONSUME(T.Json);
      const open = this.CONSUME(T.LCurly);
      const paths: { readonly name: Name; readonly type: TypeExpr }[] = [];
      this.ACTION(() => this.skipTo(MEMBER_STOPS, "a name with `:`"));
      this.MANY({
        GATE: () => this.LA(2).tokenType !== T.Many,
        DEF: () => {
          this.OR([
            {
              ALT: () => {
                const label = this.CONSUME(T.Label);
                const type = this.SUBRULE(this.type);
                this.ACTION(() => {
                  paths.push({ name: nameOf(label), type });
                  if (!OF_FIELDS.has(this.LA(1).tokenType)) this.skipTo(MEMBER_STOPS, null);
                });
              },
            },
            { ALT: () => this.CONSUME(T.Comma) },
          ]);
        },
      });
      // What only a field has: the `}` of the paths is missing.
      this.ACTION(() => {
        if (this.is("Label") || OF_FIELDS.has(this.LA(1).tokenType)) this.unclosed(open);
        else this.seek("RCurly", open);
      });
      this.OPTION(() => this.CONSUME(T.RCurly));
      return this.ACTION((): TypeExpr => ({ kind: "json", paths, span: span(word.startOffset, this.lastEnd()) }));
    },
    { recoveryValueFunc: () => noType(0) },
  );
}

const noType = (at: number): TypeExpr => ({ kind: "named", name: noName(at), args: [], span: span(at, at) });
