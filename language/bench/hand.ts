import type { Argument, DurationLiteral, Expr, Name, SegmentDecl, TextLiteral } from "../syntax/ast.ts";
import type { Span } from "../text/span.ts";

/**
 * A parser of the core grammar as one writes it by hand for speed: one pass, no tokens kept, no recovery, the first error throws. It makes the
 * same tree as the product's parser (`same-tree.test.ts`) and is what the product's speed is measured against.
 */
export function parseByHand(text: string): readonly SegmentDecl[] {
  let at = 0;
  let end = 0;
  let start = 0;
  let before = 0;
  /** What the token is: a word, a number, a text, a sign, the end. */
  let kind: "word" | "number" | "text" | "sign" | "end" = "end";
  let image = "";

  const fail = (wanted: string): never => {
    throw new SyntaxError(`${wanted} instead of ${image} at ${start}`);
  };
  const isDigit = (c: number): boolean => c >= 48 && c <= 57;
  const isLetter = (c: number): boolean => (c >= 97 && c <= 122) || (c >= 65 && c <= 90) || c === 95;

  function skipBlanks(): void {
    for (;;) {
      const c = text.charCodeAt(at);
      if (c === 32 || c === 10 || c === 9 || c === 13) at++;
      else if (c === 47 && text.charCodeAt(at + 1) === 47) {
        const next = text.indexOf("\n", at);
        at = next < 0 ? text.length : next;
      } else return;
    }
  }

  function next(): void {
    before = end;
    skipBlanks();
    start = at;
    const c = text.charCodeAt(at);
    if (at >= text.length) kind = "end";
    else if (isLetter(c)) {
      kind = "word";
      for (let d = c; isLetter(d) || isDigit(d); ) d = text.charCodeAt(++at);
    } else if (isDigit(c)) {
      kind = "number";
      for (let d = c; isDigit(d); ) d = text.charCodeAt(++at);
      if (text.charCodeAt(at) === 46 && isDigit(text.charCodeAt(at + 1))) {
        at++;
        while (isDigit(text.charCodeAt(at))) at++;
      }
    } else if (c === 34) {
      kind = "text";
      at++;
      while (text.charCodeAt(at) !== 34) {
        if (at >= text.length) fail("the end of a text");
        at += text.charCodeAt(at) === 92 ? 2 : 1;
      }
      at++;
    } else {
      kind = "sign";
      at++;
      if ((c === 60 || c === 62 || c === 33) && text.charCodeAt(at) === 61) at++;
      else if (c === 46 && text.charCodeAt(at) === 46) at++;
    }
    image = text.slice(start, at);
    end = at;
  }

  const isWord = (word: string): boolean => kind === "word" && image === word;
  const isSign = (sign: string): boolean => kind === "sign" && image === sign;
  const here = (): Span => ({ start, end });
  const from = (first: Span): Span => ({ start: first.start, end: before });
  function take(what: string): Span {
    if ((kind !== "word" && kind !== "sign") || image !== what) fail(what);
    const found = here();
    next();
    return found;
  }
  function name(): Name {
    if (kind !== "word") fail("a name");
    const found = { text: image, span: here(), quoted: false };
    next();
    return found;
  }
  function literal(): TextLiteral {
    const value = image.includes("\\") ? (JSON.parse(image) as string) : image.slice(1, -1);
    const found = { kind: "text", value, span: here() } as const;
    next();
    return found;
  }

  function expression(): Expr {
    const first = negation();
    if (!isWord("and") && !isWord("or")) return first;
    const word = image as "and" | "or";
    const items = [first];
    while (isWord(word)) {
      next();
      items.push(negation());
    }
    return { kind: word, items, span: from(first.span) };
  }

  function negation(): Expr {
    if (!isWord("not") && !isWord("no")) return comparison();
    const word = image as "not" | "no";
    const opSpan = here();
    next();
    const operand = negation();
    return { kind: "not", word, opSpan, operand, span: from(opSpan) };
  }

  function comparison(): Expr {
    const left = sum();
    const opSpan = here();
    if (
      kind === "sign" &&
      (image === "=" || image === "<" || image === ">" || (image.length === 2 && image !== ".."))
    ) {
      const op = image as "=";
      next();
      const right = sum();
      return { kind: "compare", op, opSpan, left, right, ignoreCase: false, span: from(left.span) };
    }
    if (isWord("in")) return membership(left, false, opSpan);
    if (isWord("not")) {
      next();
      const both = { start: opSpan.start, end };
      return membership(left, true, both);
    }
    if (isWord("contains")) {
      next();
      const needle = sum();
      const rest = { mode: "contains", negated: false, opSpan, value: left, needle, ignoreCase: false } as const;
      return { kind: "textTest", ...rest, span: from(left.span) };
    }
    if (isWord("is")) {
      next();
      const what = image as "known" | "missing";
      const words = { start: opSpan.start, end };
      next();
      return { kind: "is", what, opSpan: words, value: left, span: from(left.span) };
    }
    return left;
  }

  function membership(value: Expr, negated: boolean, opSpan: Span): Expr {
    take("in");
    const set = range();
    return { kind: "in", negated, opSpan, value, set, ignoreCase: false, span: from(value.span) };
  }

  function range(): Expr {
    const first = sum();
    if (!isSign("..")) return first;
    const opSpan = take("..");
    const to = sum();
    return { kind: "range", from: first, to, opSpan, span: from(first.span) };
  }

  function sum(): Expr {
    let left = product();
    while (isSign("+") || isSign("-")) left = arithmetic(left, product);
    return left;
  }

  function product(): Expr {
    let left = chain();
    while (isSign("*") || isSign("/")) left = arithmetic(left, chain);
    return left;
  }

  function arithmetic(left: Expr, operand: () => Expr): Expr {
    const op = image as "+";
    const opSpan = here();
    next();
    const right = operand();
    return { kind: "arithmetic", op, opSpan, left, right, span: from(left.span) };
  }

  function chain(): Expr {
    let object = primary();
    while (isSign(".")) {
      next();
      const step = isDigit(image.charCodeAt(4)) ? /^(last|next)(\d+)(min|mo|[hdwqy])$/.exec(image) : null;
      if (step !== null) {
        const stepSpan = here();
        next();
        const span = { start: stepSpan.start + (step[1] as string).length, end: stepSpan.end };
        const duration: DurationLiteral = {
          kind: "duration",
          amount: Number(step[2]),
          unit: step[3] as DurationLiteral["unit"],
          span,
        };
        const direction = step[1] as "last" | "next";
        object = { kind: "windowStep", object, direction, duration, stepSpan, span: from(object.span) };
        continue;
      }
      const called = name();
      if (!isSign("(")) object = { kind: "member", object, name: called, span: from(object.span) };
      else {
        const args = list("(", ")");
        object = { kind: "step", object, name: called, args: args.map(argument), span: from(object.span) };
      }
    }
    return object;
  }

  const argument = (value: Expr): Argument => ({ label: null, value });

  function list(open: string, close: string): Expr[] {
    take(open);
    const items: Expr[] = [];
    while (!isSign(close)) {
      items.push(expression());
      if (!isSign(",")) break;
      next();
    }
    take(close);
    return items;
  }

  function primary(): Expr {
    const at = here();
    switch (kind) {
      case "number": {
        const plain = image;
        next();
        return { kind: "number", text: plain, percent: false, span: at };
      }
      case "text":
        return literal();
      case "word": {
        if (image === "true" || image === "false") {
          const value = image === "true";
          next();
          return { kind: "boolean", value, span: at };
        }
        const called = name();
        if (!isSign("(")) return { kind: "name", name: called, span: at };
        const args = list("(", ")");
        return { kind: "call", name: called, args: args.map(argument), span: from(at) };
      }
      case "sign":
        if (image === "[") {
          const items = list("[", "]");
          return { kind: "list", items, span: from(at) };
        }
        take("(");
        return paren(at);
      case "end":
        return fail("a value");
    }
  }

  function paren(open: Span): Expr {
    const inner = expression();
    take(")");
    return { kind: "paren", inner, span: from(open) };
  }

  const declarations: SegmentDecl[] = [];
  next();
  while (kind !== ("end" as typeof kind)) {
    const word = take("segment");
    const called = name();
    const title = kind === ("text" as typeof kind) ? literal() : null;
    take("where");
    const condition = expression();
    declarations.push({
      kind: "segment",
      title,
      of: null,
      zone: null,
      condition,
      doc: null,
      annotations: [],
      name: called,
      span: from(word),
      broken: false,
    });
  }
  return declarations;
}
