import { describe, expect, test } from 'vitest';
import type { Finding } from '../../core/model.ts';
import { type Health, nextFindings, troubleSince } from '../../core/source/findings.ts';

const now = new Date('2026-11-23T08:00:00.000Z');
const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000).toISOString();
const well: Health = { failures: 0, aliveAt: daysAgo(0), gone: false, blocked: false };
const document = { entries: 20, usualEntries: 20, gap: false, republishedEntries: 0 };
const had = (code: Finding['code'], days: number): Finding => ({
  code,
  since: daysAgo(days),
  detail: 'before',
});

describe('a source has', () => {
  test.each<[string, Finding[], Partial<Health>, string[]]>([
    ['no finding when all is well', [], { document }, []],
    ['failed for four days', [], { failures: 9, aliveAt: daysAgo(4) }, ['dead']],
    ['failed thrice in three days', [], { failures: 3, aliveAt: daysAgo(3) }, ['dead']],
    ['failed for two days', [], { failures: 9, aliveAt: daysAgo(2) }, []],
    ['failed once after a long pause', [], { failures: 1, aliveAt: daysAgo(99) }, []],
    ['gone', [], { gone: true, failures: 1 }, ['dead']],
    ['refused often', [], { blocked: true, failures: 3 }, ['blocked']],
    ['refused twice', [], { blocked: true, failures: 2 }, []],
    ['timed out since it was refused', [had('blocked', 1)], { failures: 9 }, ['blocked']],
    ['answered since it was refused', [had('blocked', 1)], {}, []],
    ['an old newest entry', [], { newestAt: daysAgo(31) }, ['stale']],
    ['a fresh newest entry', [had('stale', 1)], { newestAt: daysAgo(1) }, []],
    ['a few entries', [], { document: { ...document, entries: 4 } }, ['shrunken']],
    ['two of ten', [], { document: { ...document, entries: 2, usualEntries: 10 } }, ['shrunken']],
    ['half of its entries', [], { document: { ...document, entries: 10 } }, []],
    ['few entries, as ever', [], { document: { ...document, entries: 1, usualEntries: 5 } }, []],
    ['a 304 since it shrank', [had('shrunken', 1)], {}, ['shrunken']],
    ['a gap', [], { document: { ...document, gap: true } }, ['gap']],
    ['a gap last week', [had('gap', 6)], { document }, ['gap']],
    ['a gap long ago', [had('gap', 8)], { document }, []],
    ['republished', [], { document: { ...document, republishedEntries: 9 } }, ['republish']],
  ])('%s', (_, earlier, health, codes) => {
    expect(nextFindings(earlier, { ...well, ...health }, now).map(({ code }) => code)).toEqual(codes);
  });
});

test('a state keeps its time, an event gets a new one', () => {
  const health = { ...well, newestAt: daysAgo(99), document: { ...document, gap: true } };
  const [stale, gap] = nextFindings([had('stale', 5), had('gap', 5)], health, now);
  expect(stale).toMatchObject({ code: 'stale', since: daysAgo(5) });
  expect(gap).toMatchObject({ code: 'gap', since: now.toISOString() });
});

test.each<[string, Finding[], string | undefined]>([
  ['all is well', [], undefined],
  ['it is merely slow', [had('stale', 9), had('gap', 8)], undefined],
  ['it is refused, then dead', [had('dead', 2), had('stale', 9), had('blocked', 4)], daysAgo(4)],
])('where %s the operator is needed since %j', (_, findings, since) => {
  expect(troubleSince(findings)).toBe(since);
});
