/**
 * One record of a CSV file: its cells, unquoted, and the line of the file on which it begins. Lines end with LF, CRLF or CR.
 */
export interface CsvRecord {
  readonly line: number;
  readonly cells: readonly string[];
}

/** Where a text is not CSV, and why: the rest of a sentence. */
export interface CsvProblem {
  readonly line: number;
  readonly message: string;
}

/** What a whole file is like: whether a plainer reader than this one reads it in the same way. */
export interface CsvTraits {
  /** A quote inside a cell that does not begin with one. Here it is a character like any other. */
  oddQuotes: boolean;
  /** A line break inside a quoted cell. */
  quotedBreaks: boolean;
  readonly lineEnds: Set<"\n" | "\r\n" | "\r">;
  /** How many records there are, the first included. */
  records: number;
  /** UTF-16 units of the longest record. */
  longest: number;
}

export interface CsvReader {
  /** Reads on; stops at the first problem, which it answers from then on. */
  push(text: string): CsvProblem | null;
  end(): CsvProblem | null;
  readonly traits: CsvTraits;
}

/** A record of this many units is taken for one whose quote was never closed. */
const LONGEST_RECORD = 1 << 24;

const QUOTE = 34;
const LF = 10;
const CR = 13;

/**
 * Reads CSV by RFC 4180, with what files in the wild add to it: any of the three line ends, quotes inside unquoted cells, a byte order mark.
 * A line with nothing on it is no record where the first record has several cells. All records have as many cells as the first.
 * Text comes in pieces cut anywhere. `record` hears of each record, unless it is null: then only the shape is checked, at several times the speed.
 */
export function csvReader(delimiter: "," | "\t", record: ((record: CsvRecord) => void) | null): CsvReader {
  const traits: CsvTraits = { oddQuotes: false, quotedBreaks: false, lineEnds: new Set(), records: 0, longest: 0 };
  const separator = delimiter.charCodeAt(0);
  let rest = "";
  let line = 1;
  let width: number | null = null;
  let problem: CsvProblem | null = null;
  let begun = false;

  const fail = (at: number, message: string): false => {
    problem = { line: at, message };
    return false;
  };

  /** Reads the record at `start`. The index after it; -1 where the text ends too early; -2 at a problem. */
  const readRecord = (text: string, start: number, last: boolean): number => {
    const cells: string[] = [];
    let count = 0;
    let breaks = 0;
    let at = start;
    for (;;) {
      const from = at;
      if (text.charCodeAt(at) === QUOTE) {
        const close = closingQuote(text, at);
        if (close === -1 || (close === text.length - 1 && !last)) {
          if (last) fail(line + breaks, "a quote that is never closed");
          return last ? -2 : -1;
        }
        const inner = breaksIn(text, at, close);
        breaks += inner;
        if (inner > 0) traits.quotedBreaks = true;
        at = close + 1;
        const next = text.charCodeAt(at);
        if (at < text.length && next !== separator && next !== LF && next !== CR) {
          fail(line + breaks, "text after a closing quote (inside a quoted cell, write a quote twice)");
          return -2;
        }
        if (record !== null) cells.push(text.slice(from + 1, close).replaceAll('""', '"'));
      } else {
        for (; at < text.length; at++) {
          const unit = text.charCodeAt(at);
          if (unit === separator || unit === LF || unit === CR) break;
          if (unit === QUOTE) traits.oddQuotes = true;
        }
        if (record !== null) cells.push(text.slice(from, at));
      }
      count++;
      if (text.charCodeAt(at) !== separator) break;
      at++;
    }
    if (at === text.length && !last) return -1;
    if (text.charCodeAt(at) === CR && at + 1 === text.length && !last) return -1;
    const end = lineEnd(text, at);
    if (end !== "") traits.lineEnds.add(end);
    const blank = at === start;
    if (width === null) width = count;
    else if (blank && width > 1) count = 0;
    else if (count !== width) {
      fail(line, `${count} ${count === 1 ? "cell" : "cells"} where the first line has ${width}`);
      return -2;
    }
    if (count > 0) {
      traits.records++;
      record?.({ line, cells });
    }
    traits.longest = Math.max(traits.longest, at - start);
    line += breaks + (end === "" ? 0 : 1);
    return at + end.length;
  };

  const read = (text: string, last: boolean): CsvProblem | null => {
    let at = 0;
    while (problem === null && at < text.length) {
      const next = readRecord(text, at, last);
      if (next < 0) break;
      at = next;
    }
    rest = text.slice(at);
    if (problem === null && rest.length > LONGEST_RECORD)
      fail(line, "a record that does not end (is a quote never closed?)");
    return problem;
  };

  return {
    traits,
    push(text) {
      if (problem !== null || text === "") return problem;
      const more = begun ? text : text.replace(/^\ufeff/, "");
      begun = true;
      return read(rest + more, false);
    },
    end: () => (problem !== null ? problem : read(rest, true)),
  };
}

/** The index of the quote that closes the one at `open`; -1 where none does. */
function closingQuote(text: string, open: number): number {
  for (let at = open + 1; ; at += 2) {
    at = text.indexOf('"', at);
    if (at === -1 || text.charCodeAt(at + 1) !== QUOTE) return at;
  }
}

function lineEnd(text: string, at: number): "" | "\n" | "\r\n" | "\r" {
  if (text.charCodeAt(at) === LF) return "\n";
  if (text.charCodeAt(at) !== CR) return "";
  return text.charCodeAt(at + 1) === LF ? "\r\n" : "\r";
}

function breaksIn(text: string, from: number, to: number): number {
  let breaks = 0;
  for (let at = from; at < to; at++) {
    const unit = text.charCodeAt(at);
    if (unit === LF || (unit === CR && text.charCodeAt(at + 1) !== LF)) breaks++;
  }
  return breaks;
}

/** The line of the file on which cell `index` of a record begins. */
export function lineOfCell(record: CsvRecord, index: number): number {
  return record.cells.slice(0, index).reduce((line, cell) => line + breaksIn(cell, 0, cell.length), record.line);
}
