import { describe, expect, test } from 'vitest';
import {
  articleLimits,
  contentOf,
  identityOf,
  isOld,
  isRecurrence,
  newestEntries,
  toArticle,
} from '../../core/article/article.ts';
import type { Entry } from '../../core/feed/feed.ts';

const origin = { id: 'source', name: 'The Morning Bell', url: 'https://example.com/feed', language: 'en' };
const entry = (parts: Partial<Entry> = {}): Entry => ({
  id: '1',
  url: 'https://example.com/1',
  title: 'One',
  ...parts,
});
const article = (parts: Partial<Entry> = {}) => toArticle('a', entry(parts), origin);

describe('an entry becomes an article', () => {
  test('with what its source adds', () => {
    expect(
      article({ content: 'text', publishedAt: '2026-11-23T08:00:00.000Z', categories: ['World'] }),
    ).toEqual({
      id: 'a',
      url: 'https://example.com/1',
      title: 'One',
      body: 'text',
      publishedAt: '2026-11-23T08:00:00.000Z',
      language: 'en',
      categories: ['World'],
      sourceId: 'source',
      sourceName: 'The Morning Bell',
    });
  });

  test.each<[string, Partial<Entry>, object]>([
    ['its author', { author: 'Ada Pike' }, { author: 'Ada Pike' }],
    ['its summary', { summary: 'text' }, { summary: 'text' }],
    ['its own language wins', { language: 'ko' }, { language: 'ko' }],
    [
      'updated counts as published',
      { updatedAt: '2026-01-01T00:00:00.000Z' },
      { publishedAt: '2026-01-01T00:00:00.000Z' },
    ],
    ['without a page it leads to its source', { url: '' }, { url: origin.url }],
    ['so does an endless address', { url: `https://example.com/${'x'.repeat(9_000)}` }, { url: origin.url }],
    ['without a title it has its address', { title: '' }, { title: 'https://example.com/1' }],
    ['without either it has its source', { title: '', url: '' }, { title: origin.name }],
    ['a long title is cut', { title: 'x'.repeat(5_000) }, { title: 'x'.repeat(1_000) }],
    [
      'and keeps its whole characters',
      { title: `😀${'x'.repeat(5_000)}` },
      { title: `😀${'x'.repeat(998)}` },
    ],
    ['between characters', { title: `${'x'.repeat(999)}😀` }, { title: 'x'.repeat(999) }],
    [
      'many categories are cut',
      { categories: Array(99).fill('x'.repeat(999)) },
      { categories: Array(50).fill('x'.repeat(200)) },
    ],
  ])('%s', (_, parts, expected) => expect(article(parts)).toMatchObject(expected));

  test.each([['x'], ['é'], ['한'], ['😀']])('64 KB of text, cut between characters: %s', (character) => {
    const { title, summary, body } = article({
      title: character.repeat(9_000),
      summary: character.repeat(90_000),
      content: character.repeat(90_000),
    });
    const size = Buffer.byteLength(`${title}${summary}${body}`);
    expect(size).toBeLessThanOrEqual(articleLimits.text);
    expect(size).toBeGreaterThan(articleLimits.text - 4);
    expect(body?.replaceAll(character, '')).toBe('');
  });
});

test.each<[string, Partial<Entry>, boolean]>([
  ['title', { title: 'Two' }, true],
  ['summary', { summary: 'more' }, true],
  ['text', { content: 'more' }, true],
  ['author', { author: 'Tom Reed' }, true],
  ['language', { language: 'ko' }, true],
  ['categories', { categories: ['World', 'Sport'] }, true],
  ['address', { url: 'https://example.com/1?utm_source=feed' }, false],
  ['time', { publishedAt: '2026-11-23T08:00:00.000Z' }, false],
])('another %s makes another content: %j %s', (_, parts, changes) => {
  const before = { summary: 's', content: 'c', author: 'Ada Pike', categories: ['World'] };
  expect(contentOf(article({ ...before, ...parts })) !== contentOf(article(before))).toBe(changes);
});

test.each([
  [undefined, false],
  ['2026-11-22T08:00:00.000Z', false],
  ['2026-10-25T08:00:00.000Z', false],
  ['2026-10-23T08:00:00.000Z', true],
  ['2030-01-01T00:00:00.000Z', false],
])('published %s is old: %s', (publishedAt, old) => {
  const now = new Date('2026-11-23T08:00:00.000Z');
  expect(isOld(article(publishedAt === undefined ? {} : { publishedAt }), now, 30)).toBe(old);
});

describe('of the entries of a document', () => {
  const ids = (entries: readonly Entry[], most: number) => newestEntries(entries, most).map(({ id }) => id);
  const at = (id: string, year: number) => entry({ id, publishedAt: `${year}-01-01T00:00:00.000Z` });

  test('the first with an id counts', () => {
    const [first] = newestEntries([entry({ title: 'first' }), entry({ title: 'second' })], 9);
    expect(first?.title).toBe('first');
  });

  test('few stay as they are', () => expect(ids([at('a', 2020), at('b', 2021)], 2)).toEqual(['a', 'b']));

  test('of many the newest stay, and those without a time', () => {
    expect(ids([at('a', 2020), at('b', 2022), entry({ id: 'c' }), at('d', 2021)], 3)).toEqual([
      'c',
      'b',
      'd',
    ]);
  });
});

describe('an entry is known by', () => {
  const identity = (parts: Partial<Entry>, sourceId = 'source') => identityOf(entry(parts), sourceId);

  test.each<[string, Partial<Entry>, boolean]>([
    ['its address and title', {}, true],
    ['not by its id', { id: '2' }, true],
    ['not by tracking parameters', { url: 'http://www.example.com/1/?utm_source=feed' }, true],
    ['not by the case of its title', { title: 'ONE' }, true],
    ['nor by its width', { title: 'Ｏｎｅ' }, true],
    ['its address', { url: 'https://example.com/2' }, false],
    ['its title', { title: 'Two' }, false],
  ])('%s', (_, parts, same) => expect(identity(parts, 'other') === identity({})).toBe(same));

  test('its source and id where it has no address', () => {
    expect(identity({ url: '' })).not.toBe(identity({ url: '' }, 'other'));
    expect(identity({ url: '' })).not.toBe(identity({ url: '', id: '2' }));
  });
});

test.each([
  ['2026-11-20T08:00:00.000Z', false],
  ['2026-11-21T08:00:00.000Z', false],
  ['2026-11-23T08:00:00.000Z', true],
  ['2026-11-10T08:00:00.000Z', false],
  [undefined, false],
])('known since 20 November and dated %s it is another: %s', (publishedAt, another) => {
  const again = article(publishedAt === undefined ? {} : { publishedAt });
  expect(isRecurrence(article({ publishedAt: '2026-11-20T08:00:00.000Z' }), again)).toBe(another);
});
