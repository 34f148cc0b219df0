import { assertNever } from "../text/assert.ts";
import { displayWidth } from "../text/width.ts";

/**
 * A layout that is not yet decided, after Wadler's "A prettier printer": what stands in a group is on one line where that fits, else each
 * `line` directly in it breaks. A plain string is text without line breaks.
 */
export type Doc =
  | string
  | { readonly kind: "concat"; readonly parts: readonly Doc[]; readonly breaks: boolean }
  | { readonly kind: "group"; readonly inner: Doc; readonly breaks: boolean }
  | { readonly kind: "nest"; readonly by: number; readonly inner: Doc; readonly breaks: boolean }
  /** `flat` where its group fits, else a line break. */
  | { readonly kind: "line"; readonly flat: string }
  /** A line break in any case, with an empty line before the next where `blank`. */
  | { readonly kind: "hard"; readonly blank: boolean }
  /** One text where the group fits, another where it does not. */
  | { readonly kind: "either"; readonly flat: string; readonly broken: string }
  /** A comment at the end of its line: it takes no room, and a `hard` follows it. */
  | { readonly kind: "remark"; readonly text: string }
  /** Lines as they are, the first at the place where it stands. */
  | { readonly kind: "verbatim"; readonly lines: readonly string[] };

/** Nothing, or a blank, or a line break. */
export const NOTHING: Doc = "";
export const BLANK: Doc = " ";
export const SOFT: Doc = { kind: "line", flat: "" };
export const LINE: Doc = { kind: "line", flat: " " };
export const HARD: Doc = { kind: "hard", blank: false };
/** A line break, and an empty line. */
export const HARD_BLANK: Doc = { kind: "hard", blank: true };

const breaks = (doc: Doc): boolean => {
  if (typeof doc === "string") return false;
  switch (doc.kind) {
    case "concat":
    case "group":
    case "nest":
      return doc.breaks;
    case "hard":
    case "verbatim":
      return true;
    case "line":
    case "either":
    case "remark":
      return false;
    default:
      return assertNever(doc);
  }
};

/** One after the other. */
export const concat = (parts: readonly Doc[]): Doc => ({ kind: "concat", parts, breaks: parts.some(breaks) });

/** On one line if that fits. */
export const group = (parts: readonly Doc[]): Doc => {
  const inner = concat(parts);
  return { kind: "group", inner, breaks: breaks(inner) };
};

/** Lines that begin in it are indented by so many blanks more. */
export const nest = (by: number, parts: readonly Doc[]): Doc => {
  const inner = concat(parts);
  return { kind: "nest", by, inner, breaks: breaks(inner) };
};

/** A line of the result: what stands on it, and the comment at its end. */
export interface Line {
  readonly code: string;
  readonly remark: string | null;
}

/** The lines of a layout; `work` counts what was looked at, for tests of growth. */
export interface Rendered {
  readonly lines: readonly Line[];
  readonly work: number;
}

interface Entry {
  readonly doc: Doc;
  /** Of a concat: how many of its parts are done. */
  readonly done: number;
  readonly indent: number;
  readonly flat: boolean;
}

/** Decides the layout for lines of that width. Takes time in proportion to the layout's size. */
export function render(doc: Doc, width: number): Rendered {
  const lines: Line[] = [];
  let code = "";
  let column = 0;
  /** Where the line begins that nothing stands on yet. */
  let margin = 0;
  let remark: string | null = null;
  let work = 0;
  const stack: Entry[] = [{ doc, done: 0, indent: 0, flat: false }];

  const write = (text: string): void => {
    if (text === "" || (code === "" && text === " ")) return;
    if (code === "") {
      code = " ".repeat(margin);
      column = margin;
    }
    code += text;
    column += displayWidth(text);
  };
  const endLine = (indent: number): void => {
    lines.push({ code: code.trimEnd(), remark });
    code = "";
    margin = indent;
    remark = null;
  };

  /** Whether what comes next is short enough, up to the first place where the line may end. */
  const fits = (first: Entry): boolean => {
    const ahead: Entry[] = [first];
    let after = stack.length;
    let room = width - (code === "" ? margin : column);
    while (room >= 0) {
      const entry = ahead.pop() ?? stack[--after];
      if (entry === undefined) return true;
      work++;
      const { doc, done, indent, flat } = entry;
      if (typeof doc === "string") {
        room -= displayWidth(doc);
        continue;
      }
      switch (doc.kind) {
        case "concat": {
          const part = doc.parts[done];
          if (part === undefined) break;
          if (done + 1 < doc.parts.length) ahead.push({ doc, done: done + 1, indent, flat });
          ahead.push({ doc: part, done: 0, indent, flat });
          break;
        }
        case "group":
        case "nest":
          ahead.push({ doc: doc.inner, done: 0, indent, flat });
          break;
        case "line":
          if (!flat) return true;
          room -= doc.flat.length;
          break;
        case "either":
          room -= displayWidth(flat ? doc.flat : doc.broken);
          break;
        case "hard":
        case "remark":
        case "verbatim":
          return true;
        default:
          return assertNever(doc);
      }
    }
    return false;
  };

  for (let entry = stack.pop(); entry !== undefined; entry = stack.pop()) {
    work++;
    const { doc, done, indent, flat } = entry;
    if (typeof doc === "string") {
      write(doc);
      continue;
    }
    switch (doc.kind) {
      case "concat": {
        const part = doc.parts[done];
        if (part === undefined) break;
        if (done + 1 < doc.parts.length) stack.push({ doc, done: done + 1, indent, flat });
        stack.push({ doc: part, done: 0, indent, flat });
        break;
      }
      case "group": {
        const inner: Entry = { doc: doc.inner, done: 0, indent, flat: true };
        stack.push(flat || (!doc.breaks && fits(inner)) ? inner : { ...inner, flat: false });
        break;
      }
      case "nest":
        stack.push({ doc: doc.inner, done: 0, indent: indent + doc.by, flat });
        break;
      case "line":
        if (flat) write(doc.flat);
        else endLine(indent);
        break;
      case "hard":
        endLine(indent);
        if (doc.blank) endLine(indent);
        break;
      case "either":
        write(flat ? doc.flat : doc.broken);
        break;
      case "remark":
        remark = doc.text;
        break;
      case "verbatim":
        for (const [i, line] of doc.lines.entries()) {
          if (i === 0) write(line);
          else {
            endLine(indent);
            code = line;
            column = displayWidth(line);
          }
        }
        break;
      default:
        assertNever(doc);
    }
  }
  endLine(0);
  return { lines, work };
}
