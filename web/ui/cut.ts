/** Cuts a text where marks begin and end. Marks may overlap; no character is lost or shown twice. */

export interface Span {
  readonly start: number;
  readonly end: number;
}

interface Piece extends Span {
  readonly marked: boolean;
}

/** @returns the whole text in pieces, in order */
export function cut(length: number, spans: readonly Span[]): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (const { start, end } of spans.toSorted((a, b) => a.start - b.start)) {
    const from = Math.max(start, at);
    if (end <= from) continue;
    if (from > at) pieces.push({ start: at, end: from, marked: false });
    pieces.push({ start: from, end, marked: true });
    at = end;
  }
  if (at < length) pieces.push({ start: at, end: length, marked: false });
  return pieces;
}
