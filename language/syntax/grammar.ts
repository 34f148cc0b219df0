import type { IToken, TokenType } from "chevrotain";
import type { Annotation, Declaration, Expr, HeaderClause, Name, TableName, TextLiteral } from "./ast.ts";
import type { Chunk } from "./chunks.ts";
import { ClaimParser } from "./claims.ts";
import type { Found } from "./front.ts";
import { shown, spanOf } from "./lexer.ts";
import { EXPECTED, type Expected } from "./messages.ts";
import { textOf } from "./nodes.ts";
import { type Reporter, replace } from "./report.ts";
import { T, TOKENS, type TokenName } from "./tokens.ts";

type PartKind = "title" | "of" | "zone" | "value";

/** What was read of it. */
interface Parts {
  title: TextLiteral | null;
  of: Name | null;
  zone: Expr | null;
  value: Expr | null;
  readonly found: Found<PartKind>[];
}

/** What begins the value. */
type Mark = "where" | "=";

const ORDER: readonly PartKind[] = ["title", "of", "zone", "value"];
const OPENERS: ReadonlySet<TokenType> = new Set([
  T.Default,
  ...Object.entries(TOKENS).flatMap(([name, row]) => (row.kind === "declaration" ? [T[name as TokenName]] : [])),
]);
const NOWHERE: ReadonlySet<TokenType> = new Set();

const clauseOf = (kind: PartKind, mark: Mark): string =>
  kind === "title" ? "The title" : kind === "of" ? "`of`" : kind === "zone" ? "`in zone`" : `\`${mark}\``;

/** Reads one declaration at a time: its annotations, its header, its body. */
export class SegParser extends ClaimParser {
  /** `check` has Chevrotain examine the grammar first, which takes longer than reading a file. */
  constructor(check = false) {
    super(Object.values(T), { recoveryEnabled: true, maxLookahead: 1, skipValidations: !check });
    this.performSelfAnalysis();
  }

  /** Reads the declaration of a chunk that has a word; null only where Chevrotain's own recovery gave it up. */
  read(chunk: Chunk, docs: ReadonlyMap<number, string>, text: string, reporter: Reporter): Declaration | null {
    this.begin(chunk.tokens, text, reporter);
    this.docs = docs;
    const [first] = chunk.tokens;
    this.doc = (first === undefined ? undefined : docs.get(first.startOffset)) ?? null;
    const read = this.declaration();
    for (const error of this.errors) {
      const at =
        Number.isNaN(error.token.startOffset) || error.token.startOffset < 0 ? this.here() : spanOf(error.token);
      this.report("unexpected-text", { found: shown(error.token.image), expected: null }, at);
    }
    return read;
  }

  private readonly declaration = this.RULE(
    "declaration",
    (): Declaration | null => {
      const annotations: Annotation[] = [];
      this.MANY(() => annotations.push(this.SUBRULE(this.annotation)));
      this.ACTION(() => this.skipTo(OPENERS, null));
      const isDefault = this.OPTION(() => this.CONSUME(T.Default));
      const read = this.OR([
        { ALT: () => this.SUBRULE(this.entity, { ARGS: [annotations, isDefault] }) },
        { ALT: () => this.SUBRULE(this.extend, { ARGS: [annotations, isDefault] }) },
        { ALT: () => this.SUBRULE(this.segment, { ARGS: [annotations, isDefault] }) },
        { ALT: () => this.SUBRULE(this.trait, { ARGS: [annotations, isDefault] }) },
        { ALT: () => this.SUBRULE(this.param, { ARGS: [annotations, isDefault] }) },
        { ALT: () => this.SUBRULE(this.listDeclaration, { ARGS: [annotations, isDefault] }) },
        { ALT: () => this.SUBRULE(this.segmentation, { ARGS: [annotations, isDefault] }) },
        { ALT: () => this.SUBRULE(this.split, { ARGS: [annotations, isDefault] }) },
        { ALT: () => this.SUBRULE(this.snapshot, { ARGS: [annotations, isDefault] }) },
        { ALT: () => this.SUBRULE(this.test, { ARGS: [annotations, isDefault] }) },
        { ALT: () => this.SUBRULE(this.policy, { ARGS: [annotations, isDefault] }) },
        { ALT: () => this.SUBRULE(this.assert, { ARGS: [annotations, isDefault] }) },
      ]);
      this.ACTION(() => this.skipTo(NOWHERE, null));
      return read;
    },
    { recoveryValueFunc: () => null },
  );

  private readonly entity = this.RULE(
    "entity",
    (annotations: readonly Annotation[], isDefault: IToken | undefined): Declaration => {
      const word = this.OR([{ ALT: () => this.CONSUME(T.Entity) }, { ALT: () => this.CONSUME(T.Event) }]);
      const isEvent = this.ACTION(() => word.tokenType === T.Event);
      const name = this.SUBRULE(this.declared, { ARGS: [isEvent ? "the event" : "the entity"] });
      const header = this.SUBRULE(this.header);
      const members = this.SUBRULE(this.body);
      return this.ACTION((): Declaration => {
        if (isEvent) this.notDefault(isDefault, word);
        return {
          kind: "entity",
          word: isEvent ? "event" : "entity",
          isDefault: !isEvent && isDefault !== undefined,
          ...header,
          members,
          ...this.base(annotations, word, name),
        };
      });
    },
    { recoveryValueFunc: () => this.unreadable("entity") },
  );

  private readonly extend = this.RULE(
    "extend",
    (annotations: readonly Annotation[], isDefault: IToken | undefined): Declaration => {
      const word = this.CONSUME(T.Extend);
      const name = this.SUBRULE(this.declared, { ARGS: ["the entity"] });
      const header = this.SUBRULE(this.header);
      const members = this.SUBRULE(this.body);
      return this.ACTION((): Declaration => {
        this.notDefault(isDefault, word);
        return { kind: "extend", ...header, members, ...this.base(annotations, word, name) };
      });
    },
    { recoveryValueFunc: () => this.unreadable("extend") },
  );

  private readonly header = this.RULE(
    "header",
    (): { table: TableName | null; clauses: HeaderClause[] } => {
      let table: TableName | null = null;
      const clauses: HeaderClause[] = [];
      this.ACTION(() => this.toHeader());
      this.MANY(() => {
        this.OR([
          {
            ALT: () => {
              this.CONSUME(T.From);
              const read = this.SUBRULE(this.table);
              this.ACTION(() => {
                table ??= read;
                this.toHeader();
              });
            },
          },
          { ALT: () => clauses.push(this.SUBRULE(this.headerClause)) },
        ]);
      });
      return this.ACTION(() => {
        if (table === null) this.lacks(EXPECTED.table);
        return { table, clauses };
      });
    },
    { recoveryValueFunc: () => ({ table: null, clauses: [] }) },
  );

  private readonly segment = this.RULE(
    "segment",
    (annotations: readonly Annotation[], isDefault: IToken | undefined): Declaration => {
      const word = this.CONSUME(T.Segment);
      const name = this.SUBRULE(this.declared, { ARGS: ["the segment"] });
      const parts = this.SUBRULE(this.parts, { ARGS: ["where"] });
      return this.ACTION((): Declaration => {
        this.notDefault(isDefault, word);
        const { title, of, zone } = parts;
        return {
          kind: "segment",
          title,
          of,
          zone,
          condition: this.theValue(parts, EXPECTED.where),
          ...this.base(annotations, word, name),
        };
      });
    },
    { recoveryValueFunc: () => this.unreadable("segment") },
  );

  private readonly trait = this.RULE(
    "trait",
    (annotations: readonly Annotation[], isDefault: IToken | undefined): Declaration => {
      const word = this.CONSUME(T.Trait);
      const name = this.SUBRULE(this.declared, { ARGS: ["the trait"] });
      const parts = this.SUBRULE(this.parts, { ARGS: ["="] });
      return this.ACTION((): Declaration => {
        this.notDefault(isDefault, word);
        const { title, of } = parts;
        return {
          kind: "trait",
          title,
          of,
          value: this.theValue(parts, EXPECTED.equal),
          ...this.base(annotations, word, name),
        };
      });
    },
    { recoveryValueFunc: () => this.unreadable("trait") },
  );

  private readonly param = this.RULE(
    "param",
    (annotations: readonly Annotation[], isDefault: IToken | undefined): Declaration => {
      const word = this.CONSUME(T.Param);
      const label = this.LA(1);
      const name = this.SUBRULE(this.declared, { ARGS: ["the param"] });
      const type = label.tokenType === T.Label || this.RECORDING_PHASE ? this.SUBRULE(this.type) : null;
      const parts = this.SUBRULE(this.parts, { ARGS: ["="] });
      return this.ACTION((): Declaration => {
        this.notDefault(isDefault, word);
        this.hasNoSubject(parts);
        return {
          kind: "param",
          title: parts.title,
          type,
          value: this.theValue(parts, EXPECTED.equal),
          ...this.base(annotations, word, name),
        };
      });
    },
    { recoveryValueFunc: () => this.unreadable("param") },
  );

  private readonly listDeclaration = this.RULE(
    "listDeclaration",
    (annotations: readonly Annotation[], isDefault: IToken | undefined): Declaration => {
      const word = this.CONSUME(T.ListWord);
      const name = this.SUBRULE(this.declared, { ARGS: ["the list"] });
      const parts = this.SUBRULE(this.parts, { ARGS: ["="] });
      return this.ACTION((): Declaration => {
        this.notDefault(isDefault, word);
        this.hasNoSubject(parts);
        return {
          kind: "list",
          title: parts.title,
          value: this.theValue(parts, EXPECTED.values),
          ...this.base(annotations, word, name),
        };
      });
    },
    { recoveryValueFunc: () => this.unreadable("list") },
  );

  private hasNoSubject(parts: Parts): void {
    if (parts.of !== null) this.report("unexpected-text", { found: "of", expected: null }, parts.of.span);
  }

  private theValue(parts: Parts, expected: Expected): Expr {
    return parts.value ?? this.missing(expected);
  }

  /** `of (`, which belongs to a rank and never to a declaration. */
  private isGroup(): boolean {
    return this.is("Of") && this.LA(2).tokenType === T.LParen;
  }

  /** Title, subject and value, in any order: the wrong order is reported, and read. */
  private readonly parts = this.RULE(
    "parts",
    (mark: Mark): Parts => {
      const parts: Parts = { title: null, of: null, zone: null, value: null, found: [] };
      this.MANY({
        GATE: () => (!this.is("In") || this.LA(2).tokenType === T.Zone) && !this.isGroup(),
        DEF: () => {
          const first = this.LA(1);
          const kind = this.OR([
            {
              ALT: () => {
                const token = this.CONSUME(T.Text);
                this.ACTION(() => {
                  parts.title ??= textOf(token);
                });
                return "title" as const;
              },
            },
            {
              ALT: () => {
                this.CONSUME(T.Of);
                const name = this.SUBRULE(this.declared, { ARGS: ["the entity"] });
                parts.of ??= name;
                return "of" as const;
              },
            },
            {
              ALT: () => {
                this.CONSUME(T.In);
                this.CONSUME(T.Zone);
                const zone = this.SUBRULE(this.path);
                parts.zone ??= zone;
                return "zone" as const;
              },
            },
            {
              IGNORE_AMBIGUITIES: true,
              ALT: () => {
                const word = this.OPTION(() =>
                  this.OR1([{ ALT: () => this.CONSUME(T.Where) }, { ALT: () => this.CONSUME(T.Equal) }]),
                );
                this.ACTION(() => this.marked(word, mark));
                this.wanted = mark === "where" ? EXPECTED.condition : EXPECTED.value;
                const value = this.SUBRULE(this.expression);
                parts.value ??= value;
                return "value" as const;
              },
            },
          ]);
          this.ACTION(() => parts.found.push({ kind, start: first.startOffset, end: this.lastEnd() }));
        },
      });
      this.ACTION(() => {
        const isWhere = mark === "where";
        if (!this.failed) this.inOrder(parts.found, ORDER, (kind) => clauseOf(kind, mark), isWhere ? "value" : null);
      });
      return parts;
    },
    { recoveryValueFunc: (): Parts => ({ title: null, of: null, zone: null, value: null, found: [] }) },
  );

  private marked(word: IToken | undefined, mark: Mark): void {
    if (word === undefined && mark === "where" && this.comesSoon("Where"))
      this.fail("unexpected-text", { found: this.found() ?? "", expected: "`where`" }, this.here());
    else if (word === undefined) this.missingWord(mark);
    else if ((word.tokenType === T.Where) !== (mark === "where")) {
      this.fail("other-operator", { found: word.image, meant: mark }, spanOf(word), [replace(spanOf(word), mark)]);
    }
  }
}
