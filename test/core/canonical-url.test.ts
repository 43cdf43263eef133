import { describe, expect, test } from 'vitest';
import { canonicalUrl } from '../../core/article/canonical-url.ts';

describe('the same page as example.com/a?b=1', () => {
  test.each([
    'https://example.com/a?b=1',
    'http://www.example.com/a/?b=1',
    'https://EXAMPLE.com:443/a?b=1',
    'https://example.com/a?utm_source=rss&b=1&utm_campaign=x',
    'https://example.com/a?b=1&at_medium=RSS&at_campaign=rss',
    'https://example.com/a?b=1&partner=rss&emc=rss',
    'https://example.com/a?mod=rss_world&b=1',
    'https://example.com/a?b=1&fbclid=abc&gclid=def&igshid=1',
    'https://example.com/a?b=1&CMP=share&ref_src=twsrc',
    'https://example.com/a?b=1#xtor=RSS-3208',
    'https://example.com/a?b=1#:~:text=storm',
  ])('%s', (url) => expect(canonicalUrl(url)).toBe('example.com/a?b=1'));
});

test.each(
  'mc_cid _hsenc _hsmi igsh gbraid wbraid ocid mkt_tok feedName campaign rss ref referrer WT.mc_id'.split(
    ' ',
  ),
)('%s says how a reader came', (name) => {
  expect(canonicalUrl(`https://example.com/a?b=1&${name}=2`)).toBe('example.com/a?b=1');
});

test.each(
  'format_id a_hsenc _hsmile xgclid gclids bigsh igshop xgbraid gbraids xwbraid wbraids xspm spms preref refs'.split(
    ' ',
  ),
)('%s does not', (name) => {
  expect(canonicalUrl(`https://example.com/a?b=1&${name}=2`)).toContain(`${name}=2`);
});

describe('other pages', () => {
  test.each([
    'https://example.com/A?b=1',
    'https://example.com/a?b=2',
    'https://example.com/a?b=1&attachment=2',
    'https://example.com/a?b=1&page=2',
    'https://example.com:8443/a?b=1',
    'https://news.example.com/a?b=1',
    'https://example.com/a?b=1#entry-7',
  ])('%s', (url) => expect(canonicalUrl(url)).not.toBe('example.com/a?b=1'));
});

test.each(['', 'no address', 'http://[', 'mailto:a@example.com'])('%j does not throw', (text) => {
  expect(typeof canonicalUrl(text)).toBe('string');
});
