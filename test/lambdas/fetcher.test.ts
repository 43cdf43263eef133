import { readFileSync } from 'node:fs';
import http, { type RequestListener } from 'node:http';
import https from 'node:https';
import { type AddressInfo, connect, type Server } from 'node:net';
import { join } from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { afterEach, describe, expect, test } from 'vitest';
import { refusePrivateAddress } from '../../core/public-url.ts';
import { type FetchOptions, fetchUrl } from '../../lambdas/fetch/fetcher.ts';
import type { Network } from '../../lambdas/fetch/public-request.ts';
import { corpus, readJsonl } from '../corpus.ts';

const userAgent = 'Tocsin/1.0 (+https://example.org/contact)';
const servers: Server[] = [];

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => new Promise((closed) => server.close(closed))));
});

describe('an answer is a value', () => {
  test.each([200, 204, 304, 404, 410, 429, 500, 503])('%i', async (status) => {
    const answer = await fetchFrom((_, response) => response.writeHead(status, { 'Retry-After': '9' }).end());
    expect(answer).toMatchObject({ status, redirects: [], headers: { 'retry-after': '9' } });
  });

  test('a redirect without a place to go', async () => {
    expect(await fetchFrom((_, response) => response.writeHead(302).end())).toMatchObject({ status: 302 });
  });

  test('with headers as they were sent, and no cookies', async () => {
    const headers = { ETag: 'W/"\u00e9"', 'Set-Cookie': ['a=1', 'b=2'], Link: ['<a>', '<b>'] };
    const answer = await fetchFrom((_, response) => response.writeHead(200, headers).end());
    expect(answer.headers).toMatchObject({ etag: 'W/"\u00e9"', link: '<a>, <b>' });
    expect(answer.headers).not.toHaveProperty('set-cookie');
  });
});

describe('a request says who asks', () => {
  test('and carries what it was given, unchanged', async () => {
    const answer = await fetchFrom(echo, { headers: { 'if-none-match': 'W/"\u00e9"', accept: 'text/xml' } });
    expect(json(answer)).toMatchObject({
      'user-agent': userAgent,
      accept: 'text/xml',
      'accept-encoding': 'gzip, br, zstd, deflate',
      'if-none-match': 'W/"\u00e9"',
    });
  });

  test('and nothing that nobody asked for', async () => {
    const sent = Object.keys(json(await fetchFrom(echo)) as object).sort();
    expect(sent).toEqual(['accept', 'accept-encoding', 'connection', 'host', 'user-agent']);
  });

  test('at the path and query as they stand', async () => {
    const url = await serve((request, response) => response.end(request.url));
    const { body } = await fetchUrl(`${url}/a%20b/?q=%C3%A9&z&a=1#part`, { userAgent, loopback: 'allow' });
    expect(text(body)).toBe('/a%20b/?q=%C3%A9&z&a=1');
  });
});

describe('bodies are decoded', () => {
  const plain = Buffer.from('<rss>속보</rss>'.repeat(100));

  test.each([
    ['', plain],
    ['identity', plain],
    ['gzip', gzipSync(plain)],
    ['X-GZIP', gzipSync(plain)],
    ['br', brotliCompressSync(plain)],
    ['zstd', zstdCompressSync(plain)],
    ['deflate', deflateSync(plain)],
    ['deflate', deflateRawSync(plain)],
    ['gzip, br', brotliCompressSync(gzipSync(plain))],
  ])('%s', async (encoding, bytes) => {
    expect(text((await fetchFrom(encoded(encoding, bytes))).body)).toBe(plain.toString());
  });

  test('an empty one needs no decoding', async () => {
    expect((await fetchFrom(encoded('gzip', Buffer.alloc(0)))).body).toHaveLength(0);
  });

  test.each([
    ['gzip', plain],
    ['gzip', gzipSync(plain).subarray(0, 40)],
    ['br', plain],
    ['zstd', plain],
    ['deflate', plain],
    ['compress', plain],
    ['gzip, gzip, gzip', plain],
  ])('%s that is not is bad-encoding', async (encoding, bytes) => {
    await expect(fetchFrom(encoded(encoding, bytes))).rejects.toMatchObject({ reason: 'bad-encoding' });
  });
});

describe('no more bytes than the limit', () => {
  const zeros = Buffer.alloc(1_000_000);
  const limits = { bytes: 10_000 };

  test.each([
    ['gzip', gzipSync(zeros)],
    ['br', brotliCompressSync(zeros)],
    ['zstd', zstdCompressSync(zeros)],
    ['deflate', deflateSync(zeros)],
    ['br, gzip', gzipSync(brotliCompressSync(zeros))],
    ['', zeros],
  ])('bomb: %s', async (encoding, bytes) => {
    await expect(fetchFrom(encoded(encoding, bytes), { limits })).rejects.toMatchObject({
      reason: 'too-large',
    });
  });

  test('a body of unknown length', async () => {
    const endless: RequestListener = (_, response) => {
      const write = () => response.write(zeros, (error) => error ?? write());
      write();
    };
    await expect(fetchFrom(endless, { limits })).rejects.toMatchObject({ reason: 'too-large' });
  });

  test('headers', async () => {
    const headers = { 'X-Long': 'x'.repeat(100_000) };
    const answer = fetchFrom((_, response) => response.writeHead(200, headers).end());
    await expect(answer).rejects.toMatchObject({ reason: 'too-large' });
  });

  test('exactly the limit is fine', async () => {
    const answer = await fetchFrom(encoded('gzip', gzipSync(zeros)), { limits: { bytes: zeros.length } });
    expect(answer.body).toHaveLength(zeros.length);
  });
});

describe('no more time than the limit', () => {
  test('until the first byte', async () => {
    const silent = fetchFrom(() => {}, { limits: { firstByteMs: 30 } });
    await expect(silent).rejects.toMatchObject({ reason: 'timeout', message: 'No answer within 30 ms' });
  });

  test('for a name', async () => {
    const network: Network = { resolve: () => new Promise(() => {}) };
    const answer = fetchUrl('https://example.com/', { userAgent, network, limits: { totalMs: 30 } });
    await expect(answer).rejects.toMatchObject({ reason: 'timeout' });
  });

  test('for the whole body', async () => {
    const dripping = fetchFrom((_, response) => response.write('<rss>'), { limits: { totalMs: 60 } });
    await expect(dripping).rejects.toMatchObject({ reason: 'timeout' });
  });
});

describe('redirects', () => {
  test('are followed and told, with what they were', async () => {
    const url = await serve((request, response) => {
      if (request.url === '/a/1') response.writeHead(301, { Location: '2' }).end('moved');
      else if (request.url === '/a/2') response.writeHead(307, { Location: '/b?c#d' }).end();
      else response.end(request.url);
    });
    const answer = await fetchUrl(`${url}/a/1`, { userAgent, loopback: 'allow' });
    expect(answer).toMatchObject({
      status: 200,
      url: `${url}/b?c`,
      redirects: [
        { status: 301, url: `${url}/a/2` },
        { status: 307, url: `${url}/b?c` },
      ],
    });
    expect(text(answer.body)).toBe('/b?c');
  });

  test.each([
    ['localhost', 'localhost', '"1"'],
    ['localhost', 'other.localhost', undefined],
  ])('from %s to %s the validator is %s', async (from, to, validator) => {
    const url = await serve((request, response) => {
      const host = `http://${to}:${(request.socket.address() as AddressInfo).port}/to`;
      if (request.url === '/to') echo(request, response);
      else response.writeHead(302, { Location: host }).end();
    });
    const answer = await fetchUrl(url.replace('127.0.0.1', from), {
      userAgent,
      loopback: 'allow',
      network: { resolve: async () => ['127.0.0.1'] },
      headers: { 'if-none-match': '"1"', 'accept-language': 'ko' },
    });
    expect(json(answer)).toMatchObject({ 'accept-language': 'ko', 'user-agent': userAgent });
    expect(json(answer)).toHaveProperty('host', expect.stringMatching(`^${to}:`));
    expect((json(answer) as Record<string, string>)['if-none-match']).toBe(validator);
  });

  test.each([
    'file:///etc/passwd',
    'http://user:pass@example.com/',
    'http://169.254.169.254/latest',
    '//10.0.0.1/',
  ])('to %s are refused', async (location) => {
    const answer = fetchFrom((_, response) => response.writeHead(302, { Location: location }).end());
    await expect(answer).rejects.toMatchObject({ reason: 'private-address' });
  });

  test('to what is no URL', async () => {
    const answer = fetchFrom((_, response) => response.writeHead(302, { Location: 'http://[' }).end());
    await expect(answer).rejects.toMatchObject({ reason: 'connection' });
  });

  test('end after five', async () => {
    let asked = 0;
    const answer = fetchFrom((_, response) => response.writeHead(302, { Location: `/${++asked}` }).end());
    await expect(answer).rejects.toMatchObject({ reason: 'too-many-redirects' });
    expect(asked).toBe(6);
  });
});

describe('the connection', () => {
  test.each(['http://127.0.0.1:9/', 'http://[::1]:9/', 'http://localhost/', 'gopher://example.com/'])(
    '%s is refused before anything is sent',
    async (url) => {
      await expect(fetchUrl(url, { userAgent })).rejects.toMatchObject({
        name: 'FetchError',
        reason: 'private-address',
      });
    },
  );

  test.each([
    [['10.0.0.1'], 'private-address'],
    [['93.184.216.34', '10.0.0.5'], 'private-address'],
    [['93.184.216.34', '::1'], 'private-address'],
    [['not an address'], 'private-address'],
    [[], 'dns'],
  ])('a name with the addresses %j: %s', async (addresses, reason) => {
    const network = { resolve: async () => addresses, connect: neverConnect };
    await expect(fetchUrl('https://example.com/', { userAgent, network })).rejects.toMatchObject({ reason });
  });

  test('a name that does not resolve', async () => {
    const network = { resolve: () => Promise.reject(new Error('ENOTFOUND')), connect: neverConnect };
    const answer = fetchUrl('https://example.com/', { userAgent, network });
    await expect(answer).rejects.toMatchObject({ reason: 'dns', cause: expect.any(Error) });
  });

  test('the second answer of a rebinding name is never asked for', async () => {
    const answers = [['127.0.0.1'], ['169.254.169.254']];
    const network = { resolve: async () => answers.shift()! };
    const url = (await serve(echo)).replace('127.0.0.1', 'news.localhost');
    expect(await fetchUrl(url, { userAgent, network, loopback: 'allow' })).toMatchObject({ status: 200 });
    expect(answers).toHaveLength(1);
  });

  test('the next address is tried when the first does not answer', async () => {
    const network = { resolve: async () => ['::1', '127.0.0.1'] };
    const url = (await serve(echo)).replace('127.0.0.1', 'news.localhost');
    expect(await fetchUrl(url, { userAgent, network, loopback: 'allow' })).toMatchObject({ status: 200 });
  });

  test('nobody listens', async () => {
    const url = await serve(echo);
    await new Promise((closed) => servers.pop()!.close(closed));
    await expect(fetchUrl(url, { userAgent, loopback: 'allow' })).rejects.toMatchObject({
      reason: 'connection',
    });
  });

  test('breaks off', async () => {
    const broken = fetchFrom((_, response) => {
      response.writeHead(200, { 'Content-Length': '100' }).write('half', () => response.destroy());
    });
    await expect(broken).rejects.toMatchObject({ reason: 'connection' });
  });

  test('speaks something else', async () => {
    const broken = fetchFrom((_, response) => response.socket?.end('SSH-2.0-OpenSSH\r\n'));
    await expect(broken).rejects.toMatchObject({ reason: 'connection' });
  });
});

describe('TLS', () => {
  const folder = join(import.meta.dirname, '../fixtures/tls');
  const cert = readFileSync(join(folder, 'certificate.pem'), 'utf8');
  const key = readFileSync(join(folder, 'key.pem'), 'utf8');
  const trusted = getCACertificates('default');
  const network: Network = { resolve: async () => ['127.0.0.1'] };

  afterEach(() => setDefaultCACertificates(trusted));

  test('an unknown issuer is refused', async () => {
    const url = await listen(https.createServer({ cert, key }, echo));
    await expect(fetchUrl(url, { userAgent, loopback: 'allow' })).rejects.toMatchObject({ reason: 'tls' });
  });

  test('a known issuer is accepted, for its names only', async () => {
    setDefaultCACertificates([...trusted, cert]);
    const url = await listen(https.createServer({ cert, key }, echo));
    const get = (name: string) =>
      fetchUrl(url.replace('127.0.0.1', name), { userAgent, loopback: 'allow', network });
    expect(await get('news.localhost')).toMatchObject({ status: 200 });
    expect(await get('news.localhost.')).toMatchObject({ status: 200 });
    expect(await get('127.0.0.1')).toMatchObject({ status: 200 });
    await expect(get('other.localhost')).rejects.toMatchObject({ reason: 'tls' });
  });

  test('a server without TLS', async () => {
    const url = (await serve(echo)).replace('http:', 'https:');
    await expect(fetchUrl(url, { userAgent, loopback: 'allow' })).rejects.toMatchObject({ reason: 'tls' });
  });
});

interface Case {
  id: string;
  url: string;
  verdict: string;
  why: string;
  dns?: Record<string, string[]>;
  dnsSequence?: Record<string, string[][]>;
  redirects?: { status: number; location: string; repeat?: 'forever' }[];
}

describe.skipIf(!corpus)('corpus: names and redirects', () => {
  const cases = readJsonl<Case>('ssrf/urls.jsonl').filter((c) => c.dns || c.dnsSequence || c.redirects);

  test.each(cases)(
    '$id $verdict $url ($why)',
    async ({ url, verdict, dns = {}, dnsSequence = {}, redirects = [] }) => {
      const pending = [...redirects];
      const target = await serve((_, response) => {
        const redirect = pending[0]?.repeat ? pending[0] : pending.shift();
        response.writeHead(redirect?.status ?? 200, redirect && { Location: redirect.location }).end();
      });
      const network: Network = {
        resolve: async (name) => dnsSequence[name]?.shift() ?? dns[name] ?? [],
        connect: ({ hostname, lookup }) => {
          lookup(hostname, { all: false }, (_, address) => refusePrivateAddress(address as string));
          return connect(Number(new URL(target).port), '127.0.0.1');
        },
      };
      const answer = fetchUrl(url, { userAgent, network });
      if (verdict.startsWith('refuse')) await expect(answer).rejects.toMatchObject({ name: 'FetchError' });
      else expect(await answer).toMatchObject({ status: 200 });
    },
  );
});

/** Answers with the request's headers. */
function echo(request: http.IncomingMessage, response: http.ServerResponse): void {
  response.end(Buffer.from(JSON.stringify(request.headers), 'latin1'));
}

function encoded(encoding: string, bytes: Buffer): RequestListener {
  return (_, response) =>
    response.writeHead(200, encoding ? { 'Content-Encoding': encoding } : {}).end(bytes);
}

function neverConnect(): never {
  throw new Error('connected');
}

async function fetchFrom(listener: RequestListener, options: Partial<FetchOptions> = {}) {
  return await fetchUrl(await serve(listener), { userAgent, loopback: 'allow', ...options });
}

function serve(listener: RequestListener): Promise<string> {
  return listen(http.createServer(listener));
}

async function listen(server: http.Server): Promise<string> {
  servers.push(server);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const scheme = server instanceof https.Server ? 'https' : 'http';
  return `${scheme}://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function text(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString();
}

function json({ body }: { body: Uint8Array }): unknown {
  return JSON.parse(Buffer.from(body).toString('latin1'));
}
