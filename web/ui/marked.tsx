/** A text with some of it marked. Marks may overlap; they are joined. */

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

export function Marked({ text, spans }: { readonly text: string; readonly spans: readonly Span[] }) {
  return (
    <>
      {cut(text.length, spans).map(({ start, end, marked }) =>
        marked ? <mark key={start}>{text.slice(start, end)}</mark> : text.slice(start, end),
      )}
    </>
  );
}

/** An excerpt as the API sends it, with the words that matched between asterisks. */
export function Excerpt({ text }: { readonly text: string }) {
  return <>{text.split('*').map((part, n) => (n % 2 === 1 ? <mark key={n}>{part}</mark> : part))}</>;
}
