import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { SourceFile } from "../text/source.ts";
import { type Span, span } from "../text/span.ts";
import type { Declaration, Name, SegFile } from "./ast.ts";
import { type Chunk, chunks } from "./chunks.ts";
import { withoutDepths } from "./depth.ts";
import { withoutFollowers } from "./followers.ts";
import { SegParser } from "./grammar.ts";
import { layout } from "./layout.ts";
import { type Comment, type LexToken, lex, retag, shown, spanOf } from "./lexer.ts";
import { nameOf, noName } from "./nodes.ts";
import { quickSegment } from "./quick.ts";
import { insert, type Reporter, reporter } from "./report.ts";
import { rowOf, T, type TokenKind, type TokenName } from "./tokens.ts";

export type { Comment } from "./lexer.ts";

/** A token as written; a label's is its name, without the colon. */
export interface Token {
  readonly type: TokenName;
  readonly kind: TokenKind;
  readonly span: Span;
}

/** A file read: always a tree, whatever the text. Everything is in the order of the text. */
export interface ParseResult {
  readonly file: SegFile;
  readonly tokens: readonly Token[];
  readonly comments: readonly Comment[];
  readonly diagnostics: readonly Diagnostic[];
}

/** A file larger than this, in UTF-16 units, is not read. */
export const LARGEST_FILE = 5_000_000;

const parser = new SegParser();

/** Reads a file. Never throws, and takes time in proportion to the length of the text. */
export function parse(file: SourceFile): ParseResult {
  const found = reporter(file);
  if (file.text.length > LARGEST_FILE) {
    found.report("too-large", { limit: "5 MB" }, span(0, 0));
    return { file: { path: file.path, declarations: [] }, tokens: [], comments: [], diagnostics: found.diagnostics };
  }
  const lexed = lex(file, found);
  const tokens = layout(lexed.tokens, file.text, found);
  const docs = docsOf(tokens, lexed.comments, file.text);
  const declarations: Declaration[] = [];
  for (const chunk of chunks(tokens)) {
    const before = found.diagnostics.length;
    const declaration = readChunk(chunk, docs, file.text, found);
    if (declaration !== null)
      declarations.push(found.diagnostics.length > before ? { ...declaration, broken: true } : declaration);
  }
  const { comments } = lexed;
  if (found.diagnostics.length === 0) return result({ path: file.path, declarations }, tokens, comments, []);
  const sorted = found.diagnostics.sort(
    (a, b) => a.span.start - b.span.start || (a.code < b.code ? -1 : a.code > b.code ? 1 : 0),
  );
  const diagnostics = withoutFollowers(sorted, file.text);
  return result(
    { path: file.path, declarations: markBroken(declarations, diagnostics) },
    tokens,
    comments,
    diagnostics,
  );
}

/** The tokens are made when somebody asks for them: who compiles does not. */
function result(
  file: SegFile,
  raw: readonly LexToken[],
  comments: readonly Comment[],
  diagnostics: readonly Diagnostic[],
): ParseResult {
  let tokens: readonly Token[] | null = null;
  return {
    file,
    get tokens() {
      tokens ??= raw.map(tokenOf);
      return tokens;
    },
    comments,
    diagnostics,
  };
}

function tokenOf(token: LexToken): Token {
  const type = token.tokenType.name as TokenName;
  return { type, kind: rowOf(type).kind, span: spanOf(token) };
}

/** Declarations in which the lexer found something are broken too. */
function markBroken(declarations: readonly Declaration[], diagnostics: readonly Diagnostic[]): Declaration[] {
  let next = 0;
  return declarations.map((declaration) => {
    while (next < diagnostics.length && (diagnostics[next] as Diagnostic).span.start < declaration.span.start) next++;
    const first = diagnostics[next];
    return !declaration.broken && first !== undefined && first.span.start < declaration.span.end
      ? { ...declaration, broken: true }
      : declaration;
  });
}

function readChunk(chunk: Chunk, docs: ReadonlyMap<number, string>, text: string, found: Reporter): Declaration | null {
  const quick = quickSegment(chunk.tokens, docs);
  if (quick !== null) return quick;
  const shallow = { ...chunk, tokens: withoutDepths(chunk.tokens, text, found) };
  const known = chunk.word >= 0 ? shallow : guessed(shallow, found);
  const [first] = chunk.tokens;
  if (known === null || first === undefined) return first === undefined ? null : strayOf(first, chunk.tokens, found);
  const read = parser.read(known, docs, text, found);
  if (read !== null) return read;
  const word = (chunk.tokens[chunk.word] ?? first) as LexToken;
  return unreadable(word.tokenType.name.toLowerCase(), noName(spanOf(word).end), spanOf(word));
}

/** What is in no declaration. Where it looks like one of the model without its word, its name is kept, so that nobody calls it unknown. */
function strayOf(first: LexToken, tokens: readonly LexToken[], found: Reporter): Declaration | null {
  const end = tokens.findIndex((token) => token.tokenType === T.LCurly);
  if (first.tokenType !== T.Name || tokens[1]?.image !== "from" || end < 0) {
    found.report("outside", { found: shown(first.image) }, spanOf(first));
    return null;
  }
  const isEvent = tokens.slice(0, end).some(({ image }) => image === "at" || image === "scheduled");
  const word = isEvent ? "event" : "entity";
  const repair = insert(first.startOffset, `${word} `);
  found.report("missing-word", { word, before: shown(first.image) }, spanOf(first), [repair]);
  return unreadable(word, nameOf(first), spanOf(first));
}

const unreadable = (word: string, name: Name, at: Span): Declaration => ({
  kind: "unreadable",
  word,
  doc: null,
  annotations: [],
  name,
  span: at,
  broken: true,
});

/** A declaration whose word was left out, where it is clear which one. */
function guessed(chunk: Chunk, found: Reporter): Chunk | null {
  const { tokens } = chunk;
  const types = tokens.slice(0, 6).map((token) => token.tokenType);
  const name = tokens[0];
  if (name === undefined || (types[0] !== T.Name && types[0] !== T.Label)) return null;
  const rest = types.slice(types[1] === T.Text ? 2 : 1);
  const isSegment = rest[0] === T.Where || (rest[0] === T.Of && rest[2] === T.Where);
  const type =
    types[0] === T.Label
      ? types[2] === T.Equal
        ? "Param"
        : null
      : isSegment
        ? "Segment"
        : rest[0] !== T.Equal
          ? null
          : rest[1] === T.LSquare
            ? "ListWord"
            : "Trait";
  if (type === null) return null;
  const word: LexToken = { ...name, image: "", startOffset: name.startOffset };
  retag(word, type);
  const said = rowOf(type).words?.[0] ?? "";
  found.report("missing-word", { word: said, before: shown(name.image) }, spanOf(name), [
    insert(name.startOffset, `${said} `),
  ]);
  return { tokens: [word, ...tokens], word: 0 };
}

/** The descriptions (`///`) that stand before a token on lines of their own, by where that token begins. */
function docsOf(tokens: readonly LexToken[], comments: readonly Comment[], text: string): ReadonlyMap<number, string> {
  const docs = new Map<number, string>();
  let next = 0;
  let lines: string[] = [];
  const keep = (): void => {
    const after = tokens[next];
    if (after !== undefined && lines.length > 0) docs.set(after.startOffset, lines.join("\n"));
    lines = [];
  };
  for (const comment of comments) {
    if (comment.kind !== "doc") continue;
    if (next < tokens.length && (tokens[next] as LexToken).startOffset < comment.span.start) keep();
    while (next < tokens.length && (tokens[next] as LexToken).startOffset < comment.span.start) next++;
    const before = tokens[next - 1];
    if (
      lines.length === 0 &&
      before !== undefined &&
      !/[\r\n]/.test(text.slice(spanOf(before).end, comment.span.start))
    )
      continue;
    lines.push(comment.text.slice(3).replace(/^ /, "").trimEnd());
  }
  keep();
  return docs;
}
