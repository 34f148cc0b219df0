import type { IToken } from "chevrotain";
import { type Span, span } from "../text/span.ts";
import type { Annotation, Declaration, Expr, Name } from "./ast.ts";
import { FieldParser } from "./fields.ts";
import { shown, spanOf } from "./lexer.ts";
import { nameOf, noName } from "./nodes.ts";
import { remove, replace } from "./report.ts";
import { T } from "./tokens.ts";

/** A part of a declaration before its body, where it was found. */
export interface Found<K extends string> {
  readonly kind: K;
  readonly start: number;
  readonly end: number;
}

/** What every declaration begins with: its description, annotations, name; and the order of what follows the name. */
export abstract class FrontParser extends FieldParser {
  /** The description before the declaration that is being read. */
  protected doc: string | null = null;

  /** What every declaration has; called when all of it has been read. */
  protected base(
    annotations: readonly Annotation[],
    word: IToken,
    name: Name,
  ): { doc: string | null; annotations: readonly Annotation[]; name: Name; span: Span; broken: boolean } {
    return { doc: this.doc, annotations, name, span: span(word.startOffset, this.lastEnd()), broken: false };
  }

  protected notDefault(isDefault: IToken | undefined, word: IToken): void {
    if (isDefault === undefined) return;
    this.report("default-what", { word: shown(word.image) }, spanOf(isDefault), [
      { title: "Remove `default`", edits: [{ span: span(isDefault.startOffset, word.startOffset), newText: "" }] },
    ]);
  }

  /** The name that a declaration, or its subject, has. */
  protected readonly declared = this.RULE(
    "declared",
    (what: string): Name => {
      const token = this.OPTION(() =>
        this.OR([{ ALT: () => this.CONSUME(T.Name) }, { ALT: () => this.CONSUME(T.Label) }]),
      );
      return this.ACTION(() => {
        if (token === undefined) return this.missingName(what);
        const name = nameOf(token);
        if (token.tokenType === T.Label && what !== "the param") this.strayColon(name);
        return name;
      });
    },
    { recoveryValueFunc: () => noName(0) },
  );

  private strayColon(name: Name): void {
    const at = this.text.indexOf(":", name.span.end);
    this.report("stray-colon", {}, span(at, at + 1), [remove(span(name.span.end, at + 1), "`:`")]);
  }

  /** `time_zone`, `account.time_zone`: a field, perhaps behind links. */
  protected readonly path = this.RULE(
    "path",
    (): Expr => {
      const names = [this.SUBRULE(this.declared, { ARGS: ["the field"] })];
      this.MANY(() => {
        this.CONSUME(T.Dot);
        names.push(this.SUBRULE1(this.declared, { ARGS: ["the field"] }));
      });
      return this.ACTION((): Expr => {
        const [first, ...others] = names as [Name, ...Name[]];
        return others.reduce<Expr>(
          (object, name) => ({ kind: "member", object, name, span: span(first.span.start, name.span.end) }),
          { kind: "name", name: first, span: first.span },
        );
      });
    },
    { recoveryValueFunc: (): Expr => ({ kind: "name", name: noName(0), span: span(0, 0) }) },
  );

  /** `Loyal`, `Lifecycle.Active`: a segment, or an entity, as an expression of one or two names. */
  protected readonly group = this.RULE(
    "group",
    (what: string): Expr => {
      const first = this.SUBRULE(this.declared, { ARGS: [what] });
      const part = this.OPTION(() => {
        this.CONSUME(T.Dot);
        return this.SUBRULE1(this.declared, { ARGS: ["the tier"] });
      });
      return this.ACTION((): Expr => {
        const object: Expr = { kind: "name", name: first, span: first.span };
        if (part === undefined) return object;
        return { kind: "member", object, name: part, span: span(first.span.start, part.span.end) };
      });
    },
    { recoveryValueFunc: (): Expr => ({ kind: "name", name: noName(0), span: span(0, 0) }) },
  );

  /**
   * The order of the parts, and each of them once: the first fault is reported. `say` names a part; a second `joined` part is one more condition.
   */
  protected inOrder<K extends string>(
    found: readonly Found<K>[],
    order: readonly K[],
    say: (kind: K) => string,
    joined: K | null,
  ): void {
    const twice = found.find((part, i) => found.findIndex((other) => other.kind === part.kind) < i);
    if (twice !== undefined) {
      const at = span(twice.start, Math.min(twice.end, twice.start + 5));
      this.report("clause-twice", { clause: say(twice.kind) }, at, twice.kind === joined ? [replace(at, "and")] : []);
      return;
    }
    const late = found.findIndex(
      (part, i) => i > 0 && order.indexOf((found[i - 1] as Found<K>).kind) > order.indexOf(part.kind),
    );
    if (late < 0) return;
    const [part, before] = [found[late] as Found<K>, found[late - 1] as Found<K>];
    const all = span((found[0] as Found<K>).start, (found.at(-1) as Found<K>).end);
    const sorted = [...found].sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind));
    const texts = sorted.map((p) => this.text.slice(p.start, p.end));
    this.report(
      "clause-order",
      { clause: say(before.kind), before: say(part.kind).replace(/^T/, "t") },
      span(part.start, part.end),
      [replace(all, texts.join(" "), "Put them in order")],
    );
  }

  protected unreadable(word: string): Declaration {
    const at = this.lastEnd();
    const name = noName(at);
    return { kind: "unreadable", word, doc: this.doc, annotations: [], name, span: span(at, at), broken: true };
  }
}
