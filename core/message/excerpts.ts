/**
 * The sentences of an article in which a query's words stand, with the words marked.
 *
 *     excerpts(article, spans);  // ['Shares of *Hanbit* rose in *Seoul*.']
 */

import type { Span } from '../matches.ts';
import type { Article } from '../model.ts';
import { cutAtWord } from '../text/typography.ts';

const MOST_SENTENCES = 3;
const LONGEST_SENTENCE = 320;

/** Characters left of the first marked word when a long sentence is cut to show it. */
const LEAD = 120;

/** @returns at most three, in the order of the text; the title's own sentence stands elsewhere */
export function excerpts(article: Article, spans: readonly Span[]): string[] {
  const found = (['summary', 'body'] as const).flatMap((field) =>
    markedSentences(
      article[field] ?? '',
      spans.filter((span) => span.field === field),
      article.language,
    ),
  );
  return found.filter((sentence, n) => !isRepeated(sentence, found, n)).slice(0, MOST_SENTENCES);
}

/** Summaries often are the beginning of the body, cut anywhere: the longer sentence is kept. */
function isRepeated(sentence: string, all: readonly string[], at: number): boolean {
  const beginning = sentence.replace(/[\s.…]+$/u, '');
  return all.some((other, n) => {
    const isKept = other.length > sentence.length || (other.length === sentence.length && n < at);
    return isKept && other.startsWith(beginning);
  });
}

type Place = Pick<Span, 'start' | 'end'>;

/** Sentences end where the language's rules say so; what is marked may run over such an end. */
function markedSentences(text: string, places: readonly Place[], language = 'en'): string[] {
  if (places.length === 0) return [];
  const sentences: string[] = [];
  for (const { segment, index } of segmenter(language).segment(text)) {
    const within = places
      .map(({ start, end }) => ({ start: start - index, end: Math.min(end - index, segment.length) }))
      .filter(({ start }) => start >= 0 && start < segment.length);
    if (within.length > 0) sentences.push(shorten(segment, merge(within)));
    if (sentences.length === MOST_SENTENCES) break;
  }
  return sentences;
}

function segmenter(language: string): Intl.Segmenter {
  try {
    return new Intl.Segmenter(language, { granularity: 'sentence' });
  } catch {
    // A publisher's language tag may be anything; RangeError says that it is no tag.
    return new Intl.Segmenter('en', { granularity: 'sentence' });
  }
}

function shorten(sentence: string, places: readonly Place[]): string {
  const from = sentence.length > LONGEST_SENTENCE ? startNear(sentence, places[0]!.start) : 0;
  const shown = mark(
    sentence.slice(from),
    places.map(({ start, end }) => ({ start: start - from, end: end - from })),
  );
  const line = shown.replace(/\s+/gu, ' ').trim();
  return (from > 0 ? '...' : '') + cutAtWord(line, ({ length }) => length <= LONGEST_SENTENCE);
}

/** A place to begin at, before the word, after a space where there is one. */
function startNear(sentence: string, word: number): number {
  const earliest = Math.max(0, word - LEAD);
  if (earliest === 0) return 0;
  const space = sentence.indexOf(' ', earliest);
  return space >= 0 && space < word ? space + 1 : word;
}

/** Asterisks around each place. */
function mark(text: string, places: readonly Place[]): string {
  let result = '';
  let done = 0;
  for (const { start, end } of places) {
    result += `${text.slice(done, start)}*${text.slice(start, end)}*`;
    done = end;
  }
  return result + text.slice(done);
}

/** In the order of the text, as spans of several queries are not; places that touch or overlap are one. */
function merge(places: readonly Place[]): Place[] {
  const merged: Place[] = [];
  for (const place of places.toSorted((a, b) => a.start - b.start)) {
    const last = merged.at(-1);
    if (last && place.start <= last.end) {
      merged[merged.length - 1] = { start: last.start, end: Math.max(last.end, place.end) };
    } else merged.push(place);
  }
  return merged;
}
