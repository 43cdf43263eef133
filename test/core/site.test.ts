import { expect, test } from 'vitest';
import { siteOf } from '../../core/source/site.ts';

test.each([
  ['www.koreaherald.com', 'koreaherald.com'],
  ['koreaherald.com', 'koreaherald.com'],
  ['feeds.bbci.co.uk', 'bbci.co.uk'],
  ['bbc.co.uk', 'bbc.co.uk'],
  ['feeds.disco.uk', 'disco.uk'],
  ['feeds.compass.de', 'compass.de'],
  ['WWW.ABC.net.AU.', 'abc.net.au'],
  ['world.kbs.co.kr', 'kbs.co.kr'],
  ['rss.nhk.or.jp', 'nhk.or.jp'],
  ['t.co', 't.co'],
  ['www.spiegel.de', 'spiegel.de'],
  ['com.de', 'com.de'],
  ['localhost', 'localhost'],
  ['www.info.com', 'info.com'],
  ['127.0.0.1', '127.0.0.1'],
  ['192.0.2.10', '192.0.2.10'],
  ['[2001:db8::1]', '[2001:db8::1]'],
])('%s is of %s', (host, site) => expect(siteOf(host)).toBe(site));
