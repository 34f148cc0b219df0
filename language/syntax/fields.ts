import type { IToken } from "chevrotain";
import { type Span, span } from "../text/span.ts";
import type { Annotation, Expr, HeaderClause, MemberDecl, Name, TableName, TypeExpr } from "./ast.ts";
import { shown, spanOf } from "./lexer.ts";
import { EXPECTED } from "./messages.ts";
import { nameOf, noName } from "./nodes.ts";
import { T } from "./tokens.ts";
import { MEMBER_STOPS, noType, TypeParser, typesOf } from "./types.ts";

/** Where the header of a table may go on after something that cannot be read. */
const HEADER_STOPS = typesOf(
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

/** Tables: header clauses, fields, links. */
export abstract class FieldParser extends TypeParser {
  /** Descriptions, by where the token that they stand before begins. */
  protected docs: ReadonlyMap<number, string> = new Map();

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
            this.wanted = EXPECTED.value;
            return this.ofDuration("fresh", word, this.SUBRULE(this.sum));
          },
        },
        { ALT: () => this.ofDuration("keeps", this.CONSUME(T.Keeps), this.SUBRULE1(this.sum)) },
        {
          ALT: () => {
            const word = this.CONSUME(T.Where);
            this.wanted = EXPECTED.condition;
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
        else if (open === undefined) this.lacks(EXPECTED.fields);
        else this.skipTo(MEMBER_STOPS, EXPECTED.field);
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
        this.skipTo(MEMBER_STOPS, modifiers.annotations.length > 0 ? null : EXPECTED.modifier);
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
    if (modifiers.by === null) this.lacks(EXPECTED.link);
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
            this.wanted = EXPECTED.set;
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
}
