/** Texts made of words that stand for nothing, so that it can be counted how much two of them share. */
import { describe, expect, test } from 'vitest';
import { fingerprint, sameStory, type Told } from '../../core/story.ts';

/** `words('s', 3)` is `s0 s1 s2`. */
const words = (letter: string, count: number) =>
  Array.from({ length: count }, (_, n) => `${letter}${n}`).join(' ');
const bothWays = (a: Told, b: Told) => [sameStory(a, b), sameStory(b, a)];

describe('by how much they share', () => {
  test.each<[string, a: string[], b: string[], boolean]>([
    ['two fifths of both', [words('s', 60), words('a', 40)], [words('s', 60), words('b', 40)], true],
    ['a third', [words('s', 55), words('a', 45)], [words('s', 55), words('b', 45)], false],
    ['all of a fifth', [words('s', 40)], [words('s', 40), words('b', 140)], true],
    ['all of a tenth', [words('s', 20)], [words('s', 20), words('b', 140)], false],
    ['nine tenths of one', [words('s', 90), words('a', 10)], [words('s', 90), words('b', 150)], true],
    ['eight tenths of one', [words('s', 80), words('a', 20)], [words('s', 80), words('b', 160)], false],
    ['half, behind other news', [words('a', 40), words('s', 90)], [words('b', 40), words('s', 90)], false],
    ['most, behind other news', [words('a', 40), words('s', 150)], [words('b', 40), words('s', 150)], true],
    ['all of one, behind other news', [words('s', 100)], [words('b', 80), words('s', 100)], true],
    ['nothing but signs', ['—'], ['…'], false],
  ])('%s', (_, a, b, same) => {
    const told = (parts: string[]): Told => ({ title: '', body: parts.join(' ') });
    expect(bothWays(told(a), told(b))).toEqual([same, same]);
  });
});

describe('by their facts', () => {
  const names = 'Almond Birch Cedar Dogwood Elder Fir Ginkgo Hazel Ivy Juniper Maple Oak';
  const other = (...pairs: [name: string, instead: string][]) =>
    pairs.reduce((text, [name, instead]) => text.replace(name, instead), names);
  const [one, two] = ['Elder recalls heaters today', 'Quince recalls heaters today'];
  const figures = '11 12 13 14 15 16 17 18 19 20 21 22';

  test.each<[string, a: [title: string, facts: string], b: [title: string, facts: string], boolean]>([
    ['two names of twelve corrected', ['', names], ['', other(['Elder', 'Quince'], ['Ivy', 'Walnut'])], true],
    [
      'three are others',
      ['', names],
      ['', other(['Elder', 'Quince'], ['Ivy', 'Walnut'], ['Fir', 'Poplar'])],
      false,
    ],
    [
      'three are spelt otherwise',
      ['', names],
      ['', other(['Almond', 'Allmond'], ['Dogwood', 'Dogwod'], ['Hazel', 'Hazell'])],
      true,
    ],
    ['two figures are others', ['', `${names} 12 34`], ['', `${names} 56 78`], false],
    [
      'two figures of twelve',
      ['', `${names} ${figures}`],
      ['', `${names} ${figures.replace('15 16', '51 61')}`],
      true,
    ],
    ['one has more figures', ['', names], ['', `${names} 12 34`], true],
    ['headlines alike, each of its own', [one, names], [two, other(['Elder', 'Quince'])], false],
    ['but spelt otherwise', [one, names], ['Eldar recalls heaters today', other(['Elder', 'Eldar'])], true],
    ['one is of both', [one, names], ['Birch recalls heaters today', other(['Elder', 'Quince'])], true],
    ['headlines unlike', [one, names], ['Unplug what Quince sold', other(['Elder', 'Quince'])], true],
    [
      'one headline within a longer one',
      ['Elder recalls heaters', names],
      [
        'Quince recalls heaters after a fire in a house by the sea, says the maker',
        other(['Elder', 'Quince']),
      ],
      true,
    ],
    ['a corrected headline', ['Oak recalls heaters today', names], [two, other(['Oak', 'Quince'])], true],
    ['editions of one report', ['Report: Morning edition', names], ['Report: Evening edition', names], true],
  ])('%s', (_, [titleA, factsA], [titleB, factsB], same) => {
    const told = (title: string, facts: string): Told => ({ title, body: `${words('s', 100)} ${facts}` });
    expect(bothWays(told(titleA, factsA), told(titleB, factsB))).toEqual([same, same]);
  });
});

test('a long text has 16 buckets', () => {
  expect(fingerprint({ title: '', body: words('s', 500) }).buckets).toHaveLength(16);
});

test.each([
  [40, false],
  [100, true],
])('headlines of one pattern count where one of the texts is short: of %i words %s', (count, same) => {
  const summary = { title: 'Novalis recalls heaters', body: words('s', count) };
  const report = { title: 'Meridian recalls heaters', body: `${words('s', count)} ${words('b', 140)}` };
  expect(bothWays(summary, report)).toEqual([same, same]);
});
