import { expect, test } from 'vitest';
import { nameFromTitle } from '../../core/source/feed-title.ts';

// biome-ignore format: a table
test.each<[string | undefined, string | undefined]>([
  ['The Korea Herald', 'The Korea Herald'],
  ['  BBC News -\n\tWorld ', 'BBC News - World'],
  ['a\u202eb\u0000c', 'a b c'],
  ['연합뉴스', '연합뉴스'],
  ['https://example.com/', undefined],
  ['http://example.com/', undefined],
  ['News of https://example.com/', 'News of https://example.com/'],
  ['', undefined],
  [' \n ', undefined],
  [undefined, undefined],
  ['a'.repeat(100), 'a'.repeat(100)],
  ['a'.repeat(101), `${'a'.repeat(99)}…`],
  [`${'a'.repeat(98)}😀😀`, `${'a'.repeat(98)}…`],
  [`😀${'a'.repeat(100)}`, `😀${'a'.repeat(97)}…`],
])('%j is %j', (title, name) => expect(nameFromTitle(title)).toBe(name));
