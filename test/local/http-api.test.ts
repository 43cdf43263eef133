import { describe, expect, test } from 'vitest';
import type { ApiSpec } from '../../local/runner/api-resources.ts';
import { answerHttp } from '../../local/runner/http-api.ts';
import type { HttpRequest } from '../../local/runner/http-event.ts';

const route = (key: string, functionName = 'Api') => ({ key, functionName });
const api: ApiSpec = { id: 'abcdefghij', routes: [route('$default')] };

function request(target: string, given: Partial<HttpRequest> & { headers?: string[] } = {}): HttpRequest {
  const { headers = [], ...rest } = given;
  return {
    method: 'GET',
    target,
    rawHeaders: headers,
    body: Buffer.alloc(0),
    sourceIp: '127.0.0.1',
    ...rest,
  };
}

/** The event that a function gets for a request. */
async function eventOf(sent: HttpRequest, given = api): Promise<Record<string, unknown>> {
  let event: unknown;
  await answerHttp(
    given,
    async (_, received) => {
      event = received;
    },
    sent,
  );
  return event as Record<string, unknown>;
}

describe('the event', () => {
  test('has what payload format 2.0 has', async () => {
    const sent = request('/v1/watches/caf%C3%A9?a=1&b=x%20y&a=2', {
      method: 'POST',
      headers: ['Host', 'here:4747', 'User-Agent', 'curl', 'Content-Type', 'application/json'],
      body: Buffer.from('{"name":"Häfen"}'),
    });
    expect(await eventOf(sent)).toEqual({
      version: '2.0',
      routeKey: '$default',
      rawPath: '/v1/watches/café',
      rawQueryString: 'a=1&b=x%20y&a=2',
      queryStringParameters: { a: '1,2', b: 'x y' },
      headers: {
        host: 'here:4747',
        'user-agent': 'curl',
        'content-type': 'application/json',
        'x-forwarded-for': '127.0.0.1',
        'x-forwarded-proto': 'http',
      },
      requestContext: {
        accountId: '000000000000',
        apiId: 'abcdefghij',
        domainName: 'here:4747',
        domainPrefix: 'abcdefghij',
        http: {
          method: 'POST',
          path: '/v1/watches/café',
          protocol: 'HTTP/1.1',
          sourceIp: '127.0.0.1',
          userAgent: 'curl',
        },
        requestId: expect.any(String),
        routeKey: '$default',
        stage: '$default',
        time: expect.stringMatching(/^\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d \+0000$/),
        timeEpoch: expect.any(Number),
      },
      body: '{"name":"Häfen"}',
      isBase64Encoded: false,
    });
  });

  test('joins repeated headers by a comma and takes cookies apart', async () => {
    const headers = ['Accept', 'text/html', 'accept', 'text/plain', 'Cookie', 'a=1; b=2'];
    const event = await eventOf(request('/', { headers }));
    expect(event.headers).toMatchObject({ accept: 'text/html,text/plain' });
    expect(event.headers).not.toHaveProperty('cookie');
    expect(event.cookies).toEqual(['a=1', 'b=2']);
  });

  test.each<[string, string, boolean]>([
    ['application/json; charset=utf-8', 'a=1', false],
    ['application/problem+json', 'a=1', false],
    ['text/csv', 'a=1', false],
    ['application/x-www-form-urlencoded', 'YT0x', true],
    ['application/octet-stream', 'YT0x', true],
  ])('a body of %s', async (type, body, isBase64Encoded) => {
    const sent = request('/', { method: 'POST', headers: ['content-type', type], body: Buffer.from('a=1') });
    expect(await eventOf(sent)).toMatchObject({ body, isBase64Encoded });
  });

  test('a path that is no encoding stays as it is', async () => {
    expect((await eventOf(request('/100%'))).rawPath).toBe('/100%');
  });
});

describe('routes', () => {
  const routes = [
    route('$default', 'rest'),
    route('GET /v1/watches', 'list'),
    route('ANY /v1/watches', 'any'),
    route('GET /v1/watches/{id}', 'one'),
    route('GET /v1/watches/preview', 'preview'),
    route('ANY /v1/{proxy+}', 'proxy'),
  ];
  test.each([
    ['GET', '/v1/watches', 'list', undefined],
    ['POST', '/v1/watches', 'any', undefined],
    ['GET', '/v1/watches/a%20b', 'one', { id: 'a b' }],
    ['GET', '/v1/watches/preview', 'preview', undefined],
    ['DELETE', '/v1/watches/1/x', 'proxy', { proxy: 'watches/1/x' }],
    ['GET', '/elsewhere', 'rest', undefined],
  ])('%s %s → %s', async (method, path, expected, pathParameters) => {
    let called = '';
    let event: Record<string, unknown> = {};
    const invoke = async (name: string, received: object) => {
      called = name;
      event = received as Record<string, unknown>;
    };
    await answerHttp({ id: 'a', routes }, invoke, request(path, { method }));
    expect(called).toBe(expected);
    expect(event.pathParameters).toEqual(pathParameters);
  });

  test('without one the gateway answers 404', async () => {
    const answer = await answerHttp({ id: 'a', routes: [] }, async () => ({}), request('/'));
    expect([answer.status, String(answer.body)]).toEqual([404, '{"message":"Not Found"}']);
  });
});

describe('the response', () => {
  test.each<[string, unknown, number, string, string | undefined]>([
    ['text', 'hello', 200, '"hello"', 'application/json'],
    ['an object without statusCode', { a: 1 }, 200, '{"a":1}', 'application/json'],
    ['nothing', undefined, 200, 'null', 'application/json'],
    ['a status', { statusCode: 204 }, 204, '', 'text/plain; charset=utf-8'],
    ['a status as text', { statusCode: '201', body: 'x' }, 201, 'x', 'text/plain; charset=utf-8'],
    [
      'headers in any case',
      { statusCode: 200, headers: { 'Content-Type': 'text/html' }, body: '<p>' },
      200,
      '<p>',
      'text/html',
    ],
    [
      'base64',
      { statusCode: 200, body: 'w7w=', isBase64Encoded: true },
      200,
      'ü',
      'text/plain; charset=utf-8',
    ],
    [
      'a body that is no text',
      { statusCode: 200, body: { a: 1 } },
      500,
      '{"message":"Internal Server Error"}',
      'application/json',
    ],
    ['a wrong status', { statusCode: 'ok' }, 500, '{"message":"Internal Server Error"}', 'application/json'],
  ])('%s', async (_, result, status, body, type) => {
    const answer = await answerHttp(api, async () => result, request('/'));
    expect([answer.status, String(answer.body), answer.headers['content-type']]).toEqual([
      status,
      body,
      type,
    ]);
  });

  test('a function that throws is a 500 that tells nothing', async () => {
    const answer = await answerHttp(api, () => Promise.reject(new Error('secret')), request('/'));
    expect([answer.status, String(answer.body)]).toEqual([500, '{"message":"Internal Server Error"}']);
  });

  test('more than 10 MB is refused', async () => {
    const body = Buffer.alloc(10 * 1024 * 1024 + 1);
    const answer = await answerHttp(api, async () => ({}), request('/', { method: 'POST', body }));
    expect([answer.status, String(answer.body)]).toEqual([413, '{"message":"Request Entity Too Large"}']);
  });
});

describe('CORS', () => {
  const cors = {
    AllowOrigins: ['https://news.example'],
    AllowMethods: ['GET', 'POST'],
    AllowHeaders: ['authorization'],
    MaxAge: 600,
  };
  const ask = (origin: string, method: string, given = { ...api, cors }) =>
    answerHttp(
      given,
      async () => ({ statusCode: 200, headers: { 'Access-Control-Allow-Origin': 'own' } }),
      request('/', { method, headers: ['Origin', origin, 'Access-Control-Request-Method', 'POST'] }),
    );

  test('a preflight is answered without the function', async () => {
    const answer = await ask('https://news.example', 'OPTIONS');
    expect([answer.status, answer.headers]).toEqual([
      204,
      {
        'access-control-allow-origin': 'https://news.example',
        'access-control-allow-methods': 'GET,POST',
        'access-control-allow-headers': 'authorization',
        'access-control-max-age': '600',
      },
    ]);
  });

  test.each([
    ['an allowed origin', 'https://news.example', 'https://news.example'],
    ['another origin', 'https://evil.example', undefined],
  ])('%s, whatever the function says', async (_, origin, allowed) => {
    const { headers } = await ask(origin, 'POST');
    expect(headers['access-control-allow-origin']).toBe(allowed);
  });

  test('without a configuration the function answers itself', async () => {
    const answer = await ask('https://news.example', 'OPTIONS', { ...api, cors: undefined! });
    expect([answer.status, answer.headers['access-control-allow-origin']]).toEqual([200, 'own']);
  });
});
