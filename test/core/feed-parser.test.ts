/** Each document in test/fixtures/feeds stands beside what it says; hostile ones are made here. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bytesOf } from '../../bench/measures/feeds.ts';
import { FeedError } from '../../core/feed/error.ts';
import { parseFeed } from '../../core/feed-parser.ts';
import { corpus, readJsonl } from '../corpus.ts';

const folder = join(import.meta.dirname, '../fixtures/feeds');
const documents = readdirSync(folder).filter((file) => !file.endsWith('.expected.json'));
const url = 'https://feeds.example/feed';
const read = (document: string, contentType?: string) =>
  parseFeed(new TextEncoder().encode(document), contentType === undefined ? { url } : { url, contentType });

/** The code of the error, or what was read. */
function codeOf(document: string): string {
  try {
    return `feed with ${read(document).entries.length} entries`;
  } catch (error) {
    return error instanceof FeedError ? error.code : `not a FeedError: ${error}`;
  }
}

describe('documents', () => {
  test.each(documents)('%s', (file) => {
    const expected = readFileSync(join(folder, file.replace(/\.\w+$/, '.expected.json')), 'utf8');
    expect(parseFeed(readFileSync(join(folder, file)), { url })).toEqual(JSON.parse(expected));
  });
});

describe('titles: entities are resolved once, markup is gone', () => {
  const rss = (title: string) => `<rss><channel><item><title>${title}</title></item></channel></rss>`;
  const atom = (type: string, title: string) =>
    `<feed xmlns="http://www.w3.org/2005/Atom"><entry><title${type}>${title}</title></entry></feed>`;

  test.each([
    [rss('AT&amp;T'), 'AT&T'],
    [rss('AT&T and R&D'), 'AT&T and R&D'],
    [rss('&lt;b&gt;Bold&lt;/b&gt; move'), 'Bold move'],
    [rss('1 &lt; 2'), '1 < 2'],
    [rss('<![CDATA[Caf&eacute; & <i>bar</i>]]>'), 'Café & bar'],
    [rss('Caf&eacute;'), 'Café'],
    [rss('It&#146;s'), 'It’s'],
    [rss('Safe<script>alert(1)</script>'), 'Safe'],
    [rss('Safe&lt;img src=x onerror=alert(1)&gt;'), 'Safe'],
    [atom('', 'a &lt;b&gt; b'), 'a b'],
    [atom(' type="text"', 'a &lt;b&gt; b'), 'a <b> b'],
    [atom(' type="html"', 'a &amp;lt;b&amp;gt; b'), 'a <b> b'],
    [atom(' type="xhtml"', '<div xmlns="http://www.w3.org/1999/xhtml">a <em>b</em></div>'), 'a b'],
  ])('%s', (document, title) => {
    expect(read(document).entries[0]?.title).toBe(title);
  });
});

describe('refused, each with its code', () => {
  test.each([
    ['nothing', '', 'not-a-feed'],
    ['white space', ' \n ', 'not-a-feed'],
    ['plain text', 'hello', 'not-a-feed'],
    [
      'a web page',
      '<!doctype html><title>Just a moment...</title><p>Checking your browser<br>',
      'not-a-feed',
    ],
    ['other XML', '<opml version="2.0"><body/></opml>', 'not-a-feed'],
    ['other JSON', '{"error": "not found"}', 'not-a-feed'],
    ['broken JSON', '{"items": [', 'malformed'],
    ['more than 10 MB', 'x'.repeat(10 * 1024 * 1024 + 1), 'too-large'],
    [
      'entries without end',
      `<rss><channel>${'<item><title>x</title></item>'.repeat(5_000)}`,
      'feed with 3000 entries',
    ],
    ['nesting without end', `<rss><channel>${'<image>'.repeat(5_000)}`, 'too-deep'],
  ])('%s', (_, document, code) => {
    expect(codeOf(document)).toBe(code);
  });
});

describe('hostile documents of 4 MB are read or refused, and what is kept is bounded', () => {
  const head = '<rss><channel><title>t</title>';
  test.each([
    [
      'an entity bomb',
      `<!DOCTYPE rss [<!ENTITY a "&b;&b;"><!ENTITY b "&a;&a;">]>${head}<item><title>&a;</title></item>`,
    ],
    ['tags never closed', head + '<item><title>x'.repeat(280_000)],
    ['ampersands', `${head}<item><title>${'&'.repeat(4_000_000)}`],
    ['angle brackets', head + '<'.repeat(4_000_000)],
    ['comments never closed', head + '<!--'.repeat(1_000_000)],
    ['CDATA never closed', head + '<![CDATA['.repeat(440_000)],
    ['NULs', head + '<item><title>\0x\0</title></item>'.repeat(125_000)],
    ['one attribute after another', `${head}<item ${'a="" '.repeat(800_000)}>`],
    ['HTML nested in a text', `${head}<item><description><![CDATA[${'<div><p>'.repeat(500_000)}`],
    ['brackets in an author', `${head}<item><title>x</title><author>${'( '.repeat(2_000_000)}`],
    ['categories', `${head}<item>${'<category>x</category>'.repeat(180_000)}`],
    [
      'groups of media',
      `${head}<item>${'<media:group><media:content url="http://e.example/"/></media:group>'.repeat(60_000)}`,
    ],
    ['items of JSON', `{"items": [${'{"id":"1"},'.repeat(360_000)}{}]}`],
  ])('%s', (_, document) => {
    expect(codeOf(document)).toMatch(/^feed with|^malformed$|^too-deep$/);
  });
});

describe.skipIf(corpus === undefined)('hostile documents of the corpus', () => {
  const cases = readJsonl<{
    name: string;
    headers: Record<string, string>;
    must: string;
    body?: string;
    bodyBase64?: string;
  }>('hostile/small.jsonl');
  test.each(cases.map((each) => [each.name, each.must, each] as const))(
    '%s: %s',
    (_, must, { headers, ...body }) => {
      const title = /title (?:is )?'([^']+)'/.exec(must)?.[1];
      let titles: string[] | undefined;
      try {
        const { entries } = parseFeed(bytesOf(body), { url, contentType: headers['content-type'] ?? '' });
        titles = entries.map((entry) => entry.title);
      } catch (error) {
        expect(error).toBeInstanceOf(FeedError);
      }
      if (title && !must.includes('not required')) expect(titles).toContain(title);
      if (must.startsWith('must be parsed')) expect(titles).toContain('A good item');
      if (must.startsWith('not a feed') || must === 'error') expect(titles).toBeUndefined();
    },
  );
});

describe('whatever happens to a document on its way, the only error is a FeedError', () => {
  const originals = documents.map((file) => readFileSync(join(folder, file)));
  const edit = fc.record({
    at: fc.nat(),
    bytes: fc.uint8Array({ maxLength: 6 }),
    remove: fc.nat({ max: 40 }),
  });
  const markup = fc.constantFrom(
    '<',
    '>',
    '&',
    '<item>',
    '</item>',
    '<![CDATA[',
    ']]>',
    '<!--',
    '"',
    '&#0;',
    '<feed>',
    '\0',
  );
  const insertion = fc.record({
    at: fc.nat(),
    bytes: markup.map((text) => new TextEncoder().encode(text)),
    remove: fc.constant(0),
  });

  test('mutated feeds', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...originals),
        fc.array(fc.oneof(edit, insertion), { maxLength: 8 }),
        (original, edits) => {
          let bytes: Uint8Array = original;
          for (const { at, bytes: added, remove } of edits)
            bytes = splice(bytes, at % (bytes.length + 1), remove, added);
          expectFeedOrError(bytes);
        },
      ),
      { numRuns: 2_500 },
    );
  });

  test('any bytes', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), expectFeedOrError), { numRuns: 1_000 });
  });

  function splice(bytes: Uint8Array, at: number, remove: number, added: Uint8Array): Uint8Array {
    return Uint8Array.from([...bytes.subarray(0, at), ...added, ...bytes.subarray(at + remove)]);
  }

  /** A feed keeps its promises: ids, absolute URLs, times in ISO 8601, no script. */
  function expectFeedOrError(bytes: Uint8Array): void {
    try {
      for (const entry of parseFeed(bytes, { url }).entries) {
        expect(entry.id).not.toBe('');
        expect(entry.url).toMatch(/^https?:\/\//);
        for (const time of [entry.publishedAt, entry.updatedAt]) {
          if (time !== undefined) expect(new Date(time).toISOString()).toBe(time);
        }
      }
    } catch (error) {
      if (!(error instanceof FeedError)) throw error;
    }
  }
});
