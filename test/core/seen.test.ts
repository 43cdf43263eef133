import { describe, expect, test } from 'vitest';
import { hasGap, republished, seenMark } from '../../core/source/seen.ts';

const pad = (text: string) => text.padEnd(22, '.');
/** `a:1` stands for the entry `a` with the text `1`. */
const marks = (...entries: string[]) =>
  entries.map((entry) => {
    const [id, text] = entry.split(':') as [string, string];
    return seenMark(pad(id), pad(text));
  });

test('a mark is short', () => expect(marks('a:1')).toEqual(['a...1.....']));

describe('republished are', () => {
  test.each<[string, string[], string[], number]>([
    ['known texts under new ids', ['a:1', 'b:2', 'c:3', 'd:4'], ['e:1', 'f:2', 'g:3', 'h:4'], 4],
    ['not those that are new', ['a:1', 'b:2', 'c:3', 'd:4'], ['e:1', 'f:2', 'g:3', 'h:4', 'i:5'], 4],
    ['none where they are few', ['a:1', 'b:2', 'c:3', 'd:4'], ['e:1', 'f:2', 'g:3'], 0],
    ['none in the same document', ['a:1', 'b:2', 'c:3', 'd:4'], ['a:1', 'b:2', 'c:3', 'd:4'], 0],
    [
      'none where ids stay and texts change places',
      ['a:1', 'b:2', 'c:3', 'd:4'],
      ['a:2', 'b:3', 'c:4', 'd:1'],
      0,
    ],
    ['none at first', [], ['a:1', 'b:2', 'c:3', 'd:4'], 0],
  ])('%s', (_, last, now, count) => expect(republished(marks(...now), marks(...last)).size).toBe(count));
});

describe('a gap', () => {
  test.each<[string, string[], string[], boolean]>([
    ['nothing in common', ['a:1', 'b:2'], ['c:3', 'd:4'], true],
    ['an entry in common', ['a:1', 'b:2'], ['b:2', 'c:3'], false],
    ['a changed entry in common', ['a:1', 'b:2'], ['b:9', 'c:3'], false],
    ['an empty document', ['a:1'], [], false],
    ['the first document', [], ['a:1'], false],
  ])('%s', (_, last, now, gap) => expect(hasGap(marks(...now), marks(...last))).toBe(gap));
});
