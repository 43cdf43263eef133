import { expect, test } from 'vitest';
import { holdsWords } from '../../core/text/holds-words.ts';

// biome-ignore format: a table
test.each<[string, string[], boolean]>([
  ['ferry', ['Ferry strike'], true],
  ['STRIKE  ferry', ['Ferry strike'], true],
  ['fer stri', ['Ferry strike'], true],
  ['ferry busan', ['Ferry strike'], false],
  ['ferry herald', ['Ferry strike', 'Korea Herald'], true],
  ['sao', ['Em São Paulo'], true],
  ['São', ['Em Sao Paulo'], true],
  ['straße', ['HAUPTSTRASSE'], true],
  ['지진', ['경주지진 속보'], true],
  ['1000', ['About 1,000 people'], true],
  ['ryst', ['Ferry strike'], false],
  ['strikekorea', ['Ferry strike', 'Korea Herald'], false],
  ['ald, fer', ['Korea Herald', 'Ferry'], false],
  ['', ['Ferry'], true],
])('%s in %j: %s', (search, texts, held) => expect(holdsWords(texts, search)).toBe(held));
