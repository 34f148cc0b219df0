/** A half-open range of UTF-16 offsets in one source text: `start <= i < end`. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export const span = (start: number, end: number): Span => ({ start, end });

/** The smallest span that covers both. */
export const cover = (a: Span, b: Span): Span => ({ start: Math.min(a.start, b.start), end: Math.max(a.end, b.end) });

/** Whether `offset` lies in the span or at its end (where a caret that has just typed it stands). */
export const touches = (s: Span, offset: number): boolean => s.start <= offset && offset <= s.end;
