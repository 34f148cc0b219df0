import type { Comment, ParseResult, Token } from "../syntax/parse.ts";
import { DECLARATION_WORDS, type TokenName } from "../syntax/tokens.ts";
import { BLANK, concat, type Doc, HARD, HARD_BLANK, NOTHING, nest } from "./doc.ts";
import { written } from "./written.ts";

/** Which empty lines of the source stay between two tokens: never more than one, none directly inside a bracket. */
export type Blanks = "none" | "between" | "opening" | "closing";

/** Goes through the tokens of a file. Each comes out once, in its order, and each comment between the same two tokens as before. */
export interface Cursor {
  /** The token that comes next, or after so many more; null behind the last. */
  readonly peek: (ahead?: number) => Token | null;
  /** Its text in the file. */
  readonly peekText: () => string;
  /** Whether comments stand before the next token. */
  readonly hasComments: () => boolean;
  /** Whether a comment after the next token ends its line or has a line of its own. */
  readonly endsInComment: () => boolean;
  /** Whether a description stands before the next token. */
  readonly hasDescription: () => boolean;
  /** What parts the next token from the one before: the comments there, and `wish`. */
  readonly before: (wish: Doc, blanks?: Blanks) => Doc;
  /** The same before a closing bracket: the comments belong to what is inside. */
  readonly beforeClosing: (wish: Doc, by: number, blanks?: Blanks) => Doc;
  /** The same between declarations, where an empty line may be asked for once both are known. */
  readonly between: () => (emptyLine: boolean) => Doc;
  /** The next token, or `text` instead of it. */
  readonly take: (text?: string) => Doc;
  /** Leaves out the next token; the comments before it stay. */
  readonly drop: () => void;
}

/** After `..` with an open end only these may stand on its line; anything else would be read as its end. */
const AFTER_OPEN: ReadonlySet<TokenName> = new Set<TokenName>([
  "And",
  "Or",
  "Else",
  "RParen",
  "RSquare",
  "RCurly",
  "LCurly",
  "Comma",
  "Key",
  "Optional",
  "By",
  "Annotation",
]);
const CLOSING: ReadonlySet<TokenName> = new Set<TokenName>(["RParen", "RSquare", "Comma", "Dot", "WindowStep"]);
const OPENING: ReadonlySet<TokenName> = new Set<TokenName>(["LParen", "LSquare"]);

const isHard = (doc: Doc): boolean => typeof doc !== "string" && doc.kind === "hard";
const isOneLine = (comment: Comment): boolean => comment.kind === "block" && !/[\r\n]/.test(comment.text);

/** Beside a comment there is one blank where there is no line break. */
const withBlank = (wish: Doc): Doc =>
  typeof wish === "string" ? BLANK : wish.kind === "line" ? { ...wish, flat: " " } : wish;

function lineBreaks(text: string, from: number, to: number): number {
  let count = 0;
  for (let i = from; i < to; i++) {
    const unit = text.charCodeAt(i);
    if (unit === 10 || (unit === 13 && text.charCodeAt(i + 1) !== 10)) count++;
  }
  return count;
}

/** The lines of a comment, without blanks at their ends. */
export const commentLines = (comment: Comment): readonly string[] =>
  comment.text.split(/\r\n|\r|\n/).map((line) => line.trimEnd());

export function cursor({ tokens, comments }: ParseResult, text: string): Cursor {
  /** The next token, the next comment, and where the last one of either ends. */
  let next = 0;
  let nextComment = 0;
  let end = 0;
  let last: Token | null = null;
  /** Before which token `before` has been asked already. */
  let settled = -1;

  const peek = (ahead = 0): Token | null => tokens[next + ahead] ?? null;
  const textOf = (token: Token): string => text.slice(token.span.start, token.span.end);
  const startOf = (token: Token | null): number => token?.span.start ?? text.length;
  const hasComments = (): boolean => (comments[nextComment]?.span.start ?? text.length) < startOf(peek());

  /** A wish that would change how the next token is read is not granted. */
  function possible(wish: Doc): Doc {
    const token = peek();
    if (last === null) return NOTHING;
    if (token === null || settled === next) return wish;
    if (last.type === "OpenRange" && !AFTER_OPEN.has(token.type)) return HARD;
    if (
      typeof wish !== "string" &&
      wish.kind === "line" &&
      token.type === "Name" &&
      DECLARATION_WORDS.has(textOf(token))
    )
      return wish.flat;
    return wish;
  }

  interface Gap {
    readonly comments: readonly Comment[];
    /** Before each comment, and before the next token. */
    readonly parts: Doc[];
  }

  /** Takes the comments before the next token, and settles what stands between them. */
  function gap(wanted: Doc, blanks: Blanks): Gap {
    const token = peek();
    const wish = possible(wanted);
    settled = next;
    const found: Comment[] = [];
    const breaksBefore: number[] = [];
    let from = end;
    for (
      let one = comments[nextComment];
      one !== undefined && one.span.start < startOf(token);
      one = comments[++nextComment]
    ) {
      found.push(one);
      breaksBefore.push(lineBreaks(text, from, one.span.start));
      from = one.span.end;
    }
    breaksBefore.push(lineBreaks(text, from, startOf(token)));
    end = startOf(token);
    const parts: Doc[] = [];
    const newLine = (i: number): Doc => {
      const keeps =
        blanks !== "none" &&
        (breaksBefore[i] as number) > 1 &&
        found[i - 1]?.kind !== "doc" &&
        !(blanks === "opening" && i === 0) &&
        !(blanks === "closing" && i === found.length);
      return keeps ? HARD_BLANK : HARD;
    };
    /** From which comment on all stand on one line with the next token. */
    let leading = found.length;
    while (leading > 0 && breaksBefore[leading] === 0 && isOneLine(found[leading - 1] as Comment)) leading--;
    if (leading === found.length || breaksBefore[leading] === 0 || isHard(wish)) leading = -1;
    let isOwnLine = last === null;
    const afterOpening = last !== null && OPENING.has(last.type);
    const closes = token !== null && CLOSING.has(token.type);
    for (let i = 0; i <= found.length; i++) {
      const before = found[i - 1];
      const isLast = i === found.length;
      if (last === null && i === 0) parts.push(NOTHING);
      else if (before !== undefined && !isOneLine(before)) {
        parts.push(newLine(i));
        isOwnLine = true;
      } else if (i === leading) {
        if (isOwnLine) parts.push(newLine(i));
        else parts.push(i === 0 && afterOpening ? wish : withBlank(wish));
      } else if (isLast && leading >= 0) {
        parts.push(closes ? NOTHING : BLANK);
      } else if (isLast && isOwnLine && breaksBefore[i] === 0 && !isHard(wish)) {
        parts.push(BLANK);
      } else if (isLast && !isOwnLine) {
        parts.push(isHard(wish) ? newLine(i) : before === undefined || closes ? wish : withBlank(wish));
      } else if (isLast || breaksBefore[i] !== 0) {
        parts.push(newLine(i));
        isOwnLine = true;
      } else parts.push(i === 0 && afterOpening ? NOTHING : BLANK);
    }
    if (token === null) parts[found.length] = NOTHING;
    return { comments: found, parts };
  }

  function commentDoc(comment: Comment, part: Doc): readonly Doc[] {
    const lines = commentLines(comment);
    if (comment.kind !== "block" && !isHard(part)) return [{ kind: "remark", text: lines[0] as string }];
    return [part, lines.length === 1 ? (lines[0] as string) : { kind: "verbatim", lines }];
  }

  const laidOut = ({ comments, parts }: Gap): { readonly inside: readonly Doc[]; readonly outside: Doc } => ({
    inside: comments.flatMap((comment, i) => commentDoc(comment, parts[i] as Doc)),
    outside: parts[comments.length] as Doc,
  });

  const before: Cursor["before"] = (wish, blanks = "none") => {
    const { inside, outside } = laidOut(gap(wish, blanks));
    return concat([...inside, outside]);
  };

  function step(): void {
    last = peek();
    if (last !== null) end = last.span.end;
    next++;
  }

  return {
    peek,
    peekText: () => text.slice(startOf(peek()), peek()?.span.end ?? text.length),
    hasComments,
    endsInComment: () => {
      const token = peek();
      const after = startOf(peek(1));
      let i = nextComment;
      while ((comments[i]?.span.start ?? after) < startOf(token)) i++;
      for (let one = comments[i]; token !== null && one !== undefined && one.span.start < after; one = comments[++i])
        if (!isOneLine(one) || lineBreaks(text, token.span.end, one.span.start) > 0) return true;
      return false;
    },
    hasDescription: () => {
      for (let i = nextComment; (comments[i]?.span.start ?? text.length) < startOf(peek()); i++)
        if (comments[i]?.kind === "doc") return true;
      return false;
    },
    before,
    beforeClosing: (wish, by, blanks = "none") => {
      const { inside, outside } = laidOut(gap(wish, blanks));
      return concat([nest(by, inside), outside]);
    },
    between: () => {
      const all = gap(HARD, "between");
      return (emptyLine) => {
        if (emptyLine && !all.parts.includes(HARD_BLANK)) {
          const first = all.parts.indexOf(HARD);
          if (first >= 0) all.parts[first] = HARD_BLANK;
        }
        const { inside, outside } = laidOut(all);
        return concat([...inside, outside]);
      };
    },
    take: (instead) => {
      const token = peek();
      if (token === null) return NOTHING;
      const lead = hasComments() ? before(NOTHING) : NOTHING;
      const own = instead ?? written(token, textOf(token));
      step();
      return lead === NOTHING ? own : concat([lead, own]);
    },
    drop: () => {
      const pending = end;
      const hadComments = hasComments();
      step();
      if (hadComments) end = pending;
    },
  };
}
