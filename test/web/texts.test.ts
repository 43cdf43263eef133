/** What the dashboard does to texts before they are shown. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { highlights } from '../../web/alerts/highlights.ts';
import { addressOf } from '../../web/sign-in/address.ts';
import { cut } from '../../web/ui/cut.ts';
import { readQuery } from '../../web/watches/reading.ts';

const marked = (text: string, spans: { start: number; end: number }[]) =>
  cut(text.length, spans)
    .map(({ start, end, marked }) => (marked ? `[${text.slice(start, end)}]` : text.slice(start, end)))
    .join('');

describe('marks', () => {
  test.each([
    ['nothing', [], 'ferry strike'],
    ['one', [{ start: 0, end: 5 }], '[ferry] strike'],
    [
      'out of order',
      [
        { start: 6, end: 12 },
        { start: 0, end: 5 },
      ],
      '[ferry] [strike]',
    ],
    [
      'overlapping',
      [
        { start: 0, end: 7 },
        { start: 6, end: 12 },
      ],
      '[ferry s][trike]',
    ],
    [
      'one in another',
      [
        { start: 0, end: 12 },
        { start: 6, end: 8 },
      ],
      '[ferry strike]',
    ],
  ])('%s', (_, spans, expected) => {
    expect(marked('ferry strike', spans)).toBe(expected);
  });

  test('lose no character', () => {
    const span = fc.record({ start: fc.nat(30), end: fc.nat(30) }).filter(({ start, end }) => start < end);
    fc.assert(
      fc.property(fc.array(span), (spans) => {
        const pieces = cut(30, spans);
        expect(pieces.map(({ start }) => start)).toEqual([0, ...pieces.slice(0, -1).map(({ end }) => end)]);
        expect(pieces.at(-1)?.end).toBe(30);
      }),
    );
  });
});

describe('a query as it is typed', () => {
  test.each([
    ['', 'empty'],
    ['  ', 'empty'],
    ['a b OR c', 'read'],
    ['"open', 'error'],
    ['-only', 'error'],
  ])('%j is %s', (text, kind) => {
    expect(readQuery(text).kind).toBe(kind);
  });
});

describe('an address', () => {
  test.each([
    [' ana@example.com ', { kind: 'email', address: 'ana@example.com' }],
    ['+82 10 1234 5678', { kind: 'sms', address: '+82 10 1234 5678' }],
  ])('%j', (text, address) => {
    expect(addressOf(text)).toEqual(address);
  });
});

describe('the words of an alert that its watches asked for', () => {
  const article = {
    url: 'https://example.com/a',
    title: 'Ferry strike in Arda',
    summary: 'Ferries stay in port.',
    sourceId: 's',
  };
  const alertOf = (query: string) => ({
    id: 'a',
    article,
    seenAt: '2026-11-23T08:00:00.000Z',
    watches: [{ watchId: 'w', name: 'W', query }],
  });

  test.each([
    ['ferry', '[Ferry] strike in Arda', '[Ferries] stay in port.'],
    ['strike harbour', 'Ferry [strike] in Arda', 'Ferries stay in port.'],
    ['strike -storm', 'Ferry [strike] in Arda', 'Ferries stay in port.'],
    ['"of an older grammar', 'Ferry strike in Arda', 'Ferries stay in port.'],
  ])('%s', (query, title, summary) => {
    const found = highlights(alertOf(query));
    expect(marked(article.title, [...found.title])).toBe(title);
    expect(marked(article.summary, [...found.summary])).toBe(summary);
  });
});
