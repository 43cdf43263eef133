import { expect, test } from 'vitest';
import { hashText } from '../../core/text/hash-text.ts';
import { element, escapeXml } from '../../core/text/xml.ts';

test.each([
  ['a & b', 'a &amp; b'],
  ['<b>"x"</b>', '&lt;b&gt;&quot;x&quot;&lt;/b&gt;'],
  ["it's", "it's"],
  ['&amp;', '&amp;amp;'],
  ['a\u0000b\u0008c\u000bd\u000ce\u001ff\ufffeg\uffff', 'abcdefg'],
  ['a\tb\nc\rd\u0020', 'a\tb\nc\rd '],
  ['\ud83d x 💩', '\ufffd x 💩'],
])('%j is %j', (text, xml) => expect(escapeXml(text)).toBe(xml));

test('an element has its text, and none where there is nothing', () => {
  expect(element('title', 'A & B')).toBe('<title>A &amp; B</title>');
  expect(element('title', '')).toBe('<title></title>');
  expect(element('title', undefined)).toBe('');
});

// The offset basis and the vectors of FNV-1a, 64 bits: draft-eastlake-fnv, appendix C.
test.each([
  ['', 'cbf29ce484222325'],
  ['a', 'af63dc4c8601ec8c'],
  ['foobar', '85944171f73967e8'],
])('the hash of %j is %s', (text, hash) => expect(hashText(text)).toBe(hash));
