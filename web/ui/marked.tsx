/** A text with some of it marked. */
import { cut, type Span } from './cut.ts';

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
