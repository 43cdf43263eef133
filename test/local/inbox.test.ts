import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { partsOf } from '../../local/inbox/texts.js';
import { type InboxMessage, openInbox } from '../../local/services/inbox-store.ts';
import { type Local, startLocal, until } from './services.ts';

let local: Local;
beforeAll(async () => {
  local = await startLocal();
});
afterAll(() => local.stop());

const at = '2026-11-23T08:00:00.000Z';
const add = (body: string, more = {}) =>
  local.services.inbox.add({ at, protocol: 'sms', to: '+15555550100', body, ...more });
const get = (path: string, init?: RequestInit) => fetch(`${local.services.url}/_local/${path}`, init);
async function listed(query = '') {
  return ((await (await get(`inbox${query}`)).json()) as { messages: InboxMessage[] }).messages;
}

describe('GET /_local/inbox', () => {
  test('lists the newest first', async () => {
    add('first');
    add('second', { protocol: 'email', to: 'a@example.com', subject: 'S' });
    const messages = await listed();
    expect(messages).toEqual([
      { id: expect.any(String), at, protocol: 'email', to: 'a@example.com', subject: 'S', body: 'second' },
      { id: expect.any(String), at, protocol: 'sms', to: '+15555550100', body: 'first' },
    ]);
    expect(await listed('?limit=1')).toEqual([messages[0]]);
    expect(await listed(`?after=${messages[1]!.id}`)).toEqual([messages[0]]);
  });

  test('keeps the newest 5,000', () => {
    const inbox = openInbox(new DatabaseSync(':memory:'));
    for (let i = 0; i < 5001; i++) inbox.add({ at, protocol: 'sms', to: '+15555550100', body: `text ${i}` });
    const messages = inbox.list();
    expect(messages).toHaveLength(5000);
    expect([messages[0]!.body, messages.at(-1)!.body]).toEqual(['text 5000', 'text 1']);
  });
});

describe('GET /_local/inbox/events', () => {
  test('begins where the reader left off and goes on with what arrives', async () => {
    const [newest] = await listed('?limit=1');
    add('missed\nin two lines');
    const leave = new AbortController();
    const headers = { 'last-event-id': newest!.id };
    const stream = await get('inbox/events', { headers, signal: leave.signal });
    expect(stream.headers.get('content-type')).toBe('text/event-stream');
    let text = '';
    const reading = (async () => {
      for await (const chunk of stream.body!.pipeThrough(new TextDecoderStream())) text += chunk;
    })().catch(() => {});
    await until(() => text.includes('missed'));
    add('live');
    await until(() => text.includes('live'));
    const data = text.split('\n').filter((line) => line.startsWith('data: '));
    expect(data.map((line) => JSON.parse(line.slice(6)).body)).toEqual(['missed\nin two lines', 'live']);
    leave.abort();
    await reading;
  });
});

describe('the page', () => {
  test.each([
    ['', 'text/html'],
    ['theme.css', 'text/css'],
    ['list.css', 'text/css'],
    ['reader.css', 'text/css'],
    ['inbox.js', 'text/javascript'],
    ['elements.js', 'text/javascript'],
    ['readers.js', 'text/javascript'],
    ['texts.js', 'text/javascript'],
  ])('%s is served under a policy that allows nothing foreign or inline', async (path, type) => {
    const answer = await get(path);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, expect.stringContaining(type)]);
    const policy = answer.headers.get('content-security-policy');
    expect(policy).toMatch(/default-src 'none'/);
    expect(policy).not.toMatch(/unsafe|https?:|\*/);
  });

  test('is not read under a foreign name', async () => {
    const { port } = local.services;
    const { request } = await import('node:http');
    const status = await new Promise((resolve) => {
      request({ port, path: '/_local/inbox', headers: { host: 'evil.example' } }, (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      }).end();
    });
    expect(status).toBe(403);
  });

  test('a link that is not valid any more says so, and shows nothing of what it carried', async () => {
    const answer = await get('confirm?TopicArn=x&Token=%3Cscript%3E');
    expect(answer.status).toBe(400);
    expect(await answer.text()).not.toContain('<script');
  });
});

describe('a reader who answers', () => {
  const answer = (word: string, headers = {}) =>
    get(`answers?${new URLSearchParams({ from: '+15555550199', word })}`, { method: 'POST', headers });
  const optedOut = async () => (await get('opted-out')).json();

  test('STOP is opted out until START', async () => {
    expect((await answer('STOP')).status).toBe(204);
    expect(await optedOut()).toEqual({ phoneNumbers: ['+15555550199'] });
    await answer('START');
    expect(await optedOut()).toEqual({ phoneNumbers: [] });
  });

  test('from a page elsewhere is not heard', async () => {
    expect((await answer('STOP', { 'sec-fetch-site': 'cross-site' })).status).toBe(400);
    expect(await optedOut()).toEqual({ phoneNumbers: [] });
  });
});

describe('partsOf', () => {
  test.each([
    ['a word', 'hello', 'GSM-7', 1],
    ['160 characters', 'x'.repeat(160), 'GSM-7', 1],
    ['161 characters', 'x'.repeat(161), 'GSM-7', 2],
    ['80 euro signs, two septets each', '€'.repeat(80), 'GSM-7', 1],
    ['81 euro signs', '€'.repeat(81), 'GSM-7', 2],
    ['a euro sign that the end of a part would tear', `${'x'.repeat(152)}€${'x'.repeat(152)}`, 'GSM-7', 3],
    ['one curly quote', '’', 'UCS-2', 1],
    ['70 Hangul', '한'.repeat(70), 'UCS-2', 1],
    ['71 Hangul', '한'.repeat(71), 'UCS-2', 2],
    ['35 emoji, two units each', '🔔'.repeat(35), 'UCS-2', 1],
    ['an emoji that the end of a part would tear', `${'한'.repeat(66)}🔔${'한'.repeat(66)}`, 'UCS-2', 3],
  ])('%s', (_what, text, encoding, parts) => {
    expect(partsOf(text)).toMatchObject({ encoding, parts });
  });
});
