/** What docs/queries.md says of refusals and warnings is what the parser says. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { lintQuery, parseQuery } from '../../core/query.ts';
import { refusal } from './query-reading.ts';

const page = readFileSync(join(import.meta.dirname, '../../docs/queries.md'), 'utf8');

/** The rows of the first table under a heading; the query stands between backticks. */
function rowsUnder(heading: string): [query: string, second: string, third: string][] {
  const section = page.split(`\n## ${heading}\n`)[1]!.split('\n## ')[0]!;
  return [...section.matchAll(/^\| `(.+?)` \| (.+?) \| (.+?) \|$/gm)].map(([, ...cells]) => cells as never);
}

describe('refused', () => {
  const rows = rowsUnder('Refused');
  test('the page has rows', () => expect(rows.length).toBeGreaterThan(30));
  test.each(rows)('%s', (query, message, hint) => {
    expect({ message: refusal(query)?.message, hint: refusal(query)?.hint }).toEqual({ message, hint });
  });
});

describe('warned of', () => {
  const rows = rowsUnder('Warned of');
  test('the page has rows', () => expect(rows.length).toBeGreaterThan(4));
  test.each(rows)('%s', (query, code, message) => {
    expect(lintQuery(parseQuery(query))).toEqual([expect.objectContaining({ code, message })]);
  });
});
