/** One JSON value of a file and the line on which it begins. */
export interface JsonRecord {
  readonly line: number;
  readonly text: string;
}

/** Where a text is not what was expected, and why: the rest of a sentence. */
export interface JsonProblem {
  readonly line: number;
  readonly message: string;
}

export interface JsonReader {
  /** Reads on; stops at the first problem, which it answers from then on. */
  push(text: string): JsonProblem | null;
  end(): JsonProblem | null;
}

/** A record of this many units is taken for one whose bracket or quote was never closed. */
const LONGEST_RECORD = 1 << 24;

type State =
  /** Nothing but blanks so far. */
  | "begin"
  /** Objects with blanks between them: NDJSON, whatever its line breaks. */
  | "sequence"
  /** After `[`, after an object of an array, after a comma, after `]`. */
  | "arrayOpen"
  | "arrayNext"
  | "arrayComma"
  | "closed";

/**
 * Cuts a text into its objects: those of one array, or one after the other (NDJSON). Text comes in pieces cut anywhere.
 * Only brackets and quotes are looked at; whether a record is JSON is for whoever takes it.
 */
export function jsonReader(record: (record: JsonRecord) => void): JsonReader {
  let state: State = "begin";
  let rest = "";
  let line = 1;
  let problem: JsonProblem | null = null;
  let begun = false;

  const fail = (message: string): void => {
    problem = { line, message };
  };

  /** Takes one thing at `at` that is not blank. The index after it; -1 where the text ends too early. */
  const take = (text: string, at: number): number => {
    const sign = text[at] as string;
    if (sign === "{" && state !== "arrayNext" && state !== "closed") {
      const end = endOfObject(text, at);
      if (end === -1) return -1;
      record({ line, text: text.slice(at, end) });
      line += breaksIn(text, at, end);
      state = state === "begin" || state === "sequence" ? "sequence" : "arrayNext";
      return end;
    }
    if (sign === "[" && state === "begin") state = "arrayOpen";
    else if (sign === "]" && (state === "arrayOpen" || state === "arrayNext")) state = "closed";
    else if (sign === "," && state === "arrayNext") state = "arrayComma";
    else fail(expected(state));
    return at + 1;
  };

  const read = (text: string): void => {
    let at = 0;
    while (problem === null) {
      for (; at < text.length && " \t\r\n".includes(text[at] as string); at++) if (text[at] === "\n") line++;
      if (at === text.length) break;
      const next = take(text, at);
      if (next === -1) break;
      at = next;
    }
    rest = text.slice(at);
    if (problem === null && rest.length > LONGEST_RECORD) fail("an object that does not end");
  };

  return {
    push(text) {
      if (problem !== null || text === "") return problem;
      const more = begun ? text : text.replace(/^\ufeff/, "");
      begun = true;
      read(rest + more);
      return problem;
    },
    end() {
      if (problem === null && rest !== "") fail("an object that does not end");
      if (problem === null && (state === "arrayOpen" || state === "arrayNext" || state === "arrayComma"))
        fail("a list that does not end");
      return problem;
    },
  };
}

function expected(state: State): string {
  switch (state) {
    case "begin":
      return "neither an object nor a list of objects";
    case "sequence":
    case "arrayOpen":
    case "arrayComma":
      return "something that is not an object in `{ }`";
    case "arrayNext":
      return "neither `,` nor `]` after an object";
    case "closed":
      return "text after the end of the list";
  }
}

/** The index after the bracket that closes the one at `open`; -1 where none does. */
function endOfObject(text: string, open: number): number {
  let depth = 0;
  for (let at = open; at < text.length; at++) {
    switch (text[at]) {
      case "{":
      case "[":
        depth++;
        break;
      case "}":
      case "]":
        depth--;
        if (depth === 0) return at + 1;
        break;
      case '"':
        at = endOfText(text, at);
        if (at === -1) return -1;
    }
  }
  return -1;
}

/** The index of the quote that ends the text at `open`; -1 where none does. */
function endOfText(text: string, open: number): number {
  for (let at = open + 1; at < text.length; at++) {
    if (text[at] === "\\") at++;
    else if (text[at] === '"') return at;
  }
  return -1;
}

function breaksIn(text: string, from: number, to: number): number {
  let breaks = 0;
  for (let at = text.indexOf("\n", from); at !== -1 && at < to; at = text.indexOf("\n", at + 1)) breaks++;
  return breaks;
}
