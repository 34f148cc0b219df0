import type { IToken, ParserMethod, TokenType } from "chevrotain";
import { span } from "../text/span.ts";
import type { Annotation, Name, NumberLiteral, TextLiteral, TypeExpr } from "./ast.ts";
import { ConditionParser } from "./conditions.ts";
import { spanOf } from "./lexer.ts";
import { EXPECTED } from "./messages.ts";
import { nameOf, noName, numberOf, textOf } from "./nodes.ts";
import { DEEPEST } from "./recovery.ts";
import { T, type TokenName } from "./tokens.ts";

/** Token types by the table's names. */
export const typesOf = (...names: readonly TokenName[]): ReadonlySet<TokenType> =>
  new Set(names.map((name) => T[name]));

/** Where the fields may go on after something that cannot be read. */
export const MEMBER_STOPS = typesOf("Label", "RCurly", "Comma");
const OF_FIELDS = typesOf("Optional", "Key", "From", "In", "By", "Annotation");

/** A type that is not there. */
export const noType = (at: number): TypeExpr => ({ kind: "named", name: noName(at), args: [], span: span(at, at) });

/** A path of a JSON object. */
interface Path {
  readonly name: Name;
  readonly type: TypeExpr;
}

/** Types of fields, columns, annotations. */
export abstract class TypeParser extends ConditionParser {
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
  protected readonly column: ParserMethod<[string], Name> = this.RULE(
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

  /** `text`, `decimal(12, 2)`, `list of text`, `json { channel : text }`, `Account`. */
  protected readonly type: ParserMethod<[], TypeExpr> = this.RULE(
    "type",
    (): TypeExpr => {
      const lists: IToken[] = [];
      this.MANY(() => {
        lists.push(this.CONSUME(T.ListOf));
        const of = this.OPTION(() => this.CONSUME(T.Of));
        this.ACTION(() => of ?? this.missingWord("of"));
      });
      const base = this.OR([
        { ALT: () => this.SUBRULE(this.json) },
        { ALT: () => this.SUBRULE(this.namedType) },
        {
          ALT: () =>
            this.ACTION(() => {
              this.lacks(EXPECTED.type);
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
      const paths = this.OPTION(() => this.SUBRULE(this.paths));
      return this.ACTION((): TypeExpr => {
        if (paths === undefined) this.lacks(EXPECTED.paths);
        return { kind: "json", paths: paths ?? [], span: span(word.startOffset, this.lastEnd()) };
      });
    },
    { recoveryValueFunc: () => noType(0) },
  );

  private readonly paths = this.RULE(
    "paths",
    (): Path[] => {
      const open = this.CONSUME(T.LCurly);
      const paths: Path[] = [];
      this.ACTION(() => this.skipTo(MEMBER_STOPS, EXPECTED.field));
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
      return paths;
    },
    { recoveryValueFunc: () => [] },
  );
}
