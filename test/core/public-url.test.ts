import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PrivateUrlError, refusePrivateUrl } from '../../core/public-url.ts';
import { corpus, readJsonl } from '../corpus.ts';

describe('public URLs are accepted', () => {
  test.each([
    'https://www.koreaherald.com/rss/newsAll',
    'HTTP://EXAMPLE.COM',
    'https://example.com:443/feed',
    'http://example.com:80/feed',
    'http://example.com:443/feed',
    'https://example.com:80/feed',
    'https://example.com:1024/feed',
    'https://example.com:8443/feed',
    'https://20minutes.example.com/feed',
    'https://example.com./feed',
    'https://한국.example.com/feed',
    'https://a_b.example.com/feed?url=http://127.0.0.1/',
    'https://localhost.example.com/#@127.0.0.1',
    'http://93.184.216.34/feed',
    'http://[2606:2800:220:1:248:1893:25c8:1946]:8080/feed',
  ])('%s', (url) => {
    expect(() => refusePrivateUrl(url)).not.toThrow();
  });
});

describe('others are refused, with the reason', () => {
  test.each([
    ['', 'malformed'],
    ['example.com/feed', 'malformed'],
    ['https://', 'malformed'],
    ['http://[::1', 'malformed'],
    ['http://1.2.3.4.5/', 'malformed'],
    ['http://[fe80::1%25eth0]/', 'malformed'],
    ['https://exa\tmple.com/', 'malformed'],
    ['https://example.com\\@127.0.0.1/', 'malformed'],
    ['https://example..com/', 'malformed'],
    ['https://./', 'malformed'],
    [`https://${'a'.repeat(64)}.com/`, 'malformed'],
    [`https://${'a.'.repeat(130)}com/`, 'malformed'],
    [`https://example.com/${'a'.repeat(2048)}`, 'malformed'],
    ['ftp://example.com/', 'scheme'],
    ['feed:https://example.com/rss', 'scheme'],
    ['file:///etc/passwd', 'scheme'],
    ['javascript:alert(1)', 'scheme'],
    ['https://user:pass@example.com/feed', 'credentials'],
    ['https://user@example.com/feed', 'credentials'],
    ['https://:pass@example.com/feed', 'credentials'],
    ['http://example.com:22/', 'port'],
    ['http://example.com:0/', 'port'],
    ['http://example.com:1023/', 'port'],
    ['http://example.com:6667/', 'port'],
    ['http://localhost/', 'host-name'],
    ['http://LOCALHOST./', 'host-name'],
    ['http://loc\u00adalhost/', 'host-name'],
    ['http://a.localhost/', 'host-name'],
    ['http://intranet/', 'host-name'],
    ['http://printer/', 'host-name'],
    ['http://printer.local/', 'host-name'],
    ['http://metadata.google.internal/', 'host-name'],
    ['http://kubernetes.default.svc/', 'host-name'],
    ['http://router.home.arpa/', 'host-name'],
    ['http://127.0.0.1/', 'address'],
    ['http://127.1/', 'address'],
    ['http://0177.0.0.1/', 'address'],
    ['http://0x7f000001/', 'address'],
    ['http://2130706433/', 'address'],
    ['http://１２７.０.０.１/', 'address'],
    ['http://127。0。0。1/', 'address'],
    ['http://169.254.169.254./', 'address'],
    ['http://[::ffff:127.0.0.1]/', 'address'],
    ['http://[::ffff:7f00:1]/', 'address'],
    ['http://[64:ff9b::a9fe:a9fe]/', 'address'],
  ])('%s: %s', (url, reason) => {
    expect(() => refusePrivateUrl(url)).toThrow(expect.objectContaining({ name: 'PrivateUrlError', reason }));
  });
});

describe('a trial on one machine', () => {
  test.each([
    'http://localhost:8080/feed',
    'http://news.localhost/',
    'http://127.0.0.1:8080/',
    'http://[::1]/',
  ])('%s is allowed', (url) => {
    expect(() => refusePrivateUrl(url, { loopback: 'allow' })).not.toThrow();
  });

  test.each(['http://10.0.0.1/', 'http://intranet/', 'http://169.254.169.254/', 'http://localhost:22/'])(
    '%s is not',
    (url) => {
      expect(() => refusePrivateUrl(url, { loopback: 'allow' })).toThrow(PrivateUrlError);
    },
  );
});

test('any text is accepted or refused with a PrivateUrlError', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.webUrl({ withQueryParameters: true })), (text) => {
      try {
        refusePrivateUrl(text);
      } catch (error) {
        expect(error).toBeInstanceOf(PrivateUrlError);
      }
    }),
    { numRuns: 2_000 },
  );
});

interface Case {
  id: string;
  url: string;
  verdict: string;
  why: string;
  dns?: unknown;
  dnsSequence?: unknown;
  redirects?: unknown;
}

describe.skipIf(!corpus)('corpus: addresses decided from the text', () => {
  const cases = readJsonl<Case>('ssrf/urls.jsonl').filter((c) => !c.dns && !c.dnsSequence && !c.redirects);

  test.each(cases)('$id $verdict $url', ({ url, verdict }) => {
    if (verdict === 'refuse') expect(() => refusePrivateUrl(url)).toThrow(PrivateUrlError);
    if (verdict.startsWith('allow')) expect(() => refusePrivateUrl(url)).not.toThrow();
  });
});
