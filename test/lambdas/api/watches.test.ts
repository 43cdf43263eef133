import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { variable } from '../../../core/environment.ts';
import { keys } from '../../../lambdas/keys.ts';
import { type Api, startApi } from './harness.ts';

let api: Api;
beforeAll(async () => {
  api = await startApi({ loopback: 'allow' });
});
afterAll(() => api.stop());

const ferry = { name: 'Ferries', query: 'ferry OR ship port' };

async function logOf(watchId: string) {
  return (await api.scan(variable.registryTable)).filter(
    (item) => item.pk.startsWith('WATCHLOG#') && item.watchId === watchId,
  );
}

test('a watch is made with its reading and warnings', async () => {
  const { token } = await api.newSubscriber();
  const made = await api.call('POST', '/v1/watches', { token, body: ferry });
  expect(made).toMatchObject({
    status: 201,
    headers: { location: `/v1/watches/${made.body.id}`, etag: '"1"' },
    body: { ...ferry, frequency: 'instant', channelIds: [], paused: false, version: 1 },
  });
  expect(made.body.reading).toMatch(/^\(.*\)$|OR/);
  expect(made.body.warnings[0]).toMatchObject({ code: expect.any(String), message: expect.any(String) });
  expect((await api.call('GET', `/v1/watches/${made.body.id}`, { token })).body).toEqual(made.body);
  expect((await api.call('GET', '/v1/watches', { token })).body).toEqual({ items: [made.body] });
  expect(await logOf(made.body.id)).toMatchObject([
    { version: 1, query: ferry.query, at: made.body.createdAt },
  ]);
});

describe('a query that cannot be read', () => {
  test.each(['"north korean', 'a OR', '-a', '(a', '*a', 'foo:bar'])('%s', async (query) => {
    const { token } = await api.newSubscriber();
    const { status, body } = await api.call('POST', '/v1/watches', { token, body: { ...ferry, query } });
    expect({ status, type: body.type }).toEqual({ status: 422, type: '/v1/docs#invalid-query' });
    expect(body.errors).toMatchObject([
      { pointer: '/query', position: { start: expect.any(Number), end: expect.any(Number) } },
    ]);
  });
});

describe('bodies that are refused', () => {
  // biome-ignore format: a table
  const table: [string, unknown, string][] = [
    ['no name', { query: 'a' }, '/name'],
    ['no query', { name: 'a' }, '/query'],
    ['a query that is too long', { name: 'a', query: 'a'.repeat(4097) }, '/query'],
    ['half a character', { name: 'a', query: '\ud800' }, '/query'],
    ['a name with an escape', { name: 'a\u001b[31m', query: 'a' }, '/name'],
    ['an unknown frequency', { ...ferry, frequency: 'yearly' }, '/frequency'],
    ["a channel that is not one's own", { ...ferry, channelIds: ['aaaaaaaaaaaaaaaa'] }, '/channelIds/0'],
    ['an id that is none', { ...ferry, channelIds: ['a#b'] }, '/channelIds/0'],
    ['a version of its own', { ...ferry, version: 7 }, '/version'],
    ['paused by a word', { ...ferry, paused: 'yes' }, '/paused'],
  ];
  test.each(table)('%s', async (_title, body, pointer) => {
    const { token } = await api.newSubscriber();
    const made = await api.call('POST', '/v1/watches', { token, body: ferry });
    const replaced = await api.call('PUT', `/v1/watches/${made.body.id}`, { token, body });
    for (const answer of [await api.call('POST', '/v1/watches', { token, body }), replaced]) {
      expect(answer.status).toBe(422);
      expect(answer.body.errors.map((error: { pointer: string }) => error.pointer)).toEqual([pointer]);
    }
  });
});

describe('versions', () => {
  test.each([
    ['PUT', { ...ferry, name: 'Boats' }],
    ['PATCH', { paused: true }],
    ['DELETE', undefined],
  ])('%s holds to If-Match', async (method, body) => {
    const { token } = await api.newSubscriber();
    const path = `/v1/watches/${(await api.call('POST', '/v1/watches', { token, body: ferry })).body.id}`;
    const send = (ifMatch: string) =>
      api.call(method, path, { token, headers: { 'if-match': ifMatch }, ...(body && { body }) });
    expect(await send('"2"')).toMatchObject({ status: 412, body: { type: '/v1/docs#version-mismatch' } });
    expect((await send('W/"1"')).status).toBe(412);
    expect((await send('"7", "1"')).status).toBe(body ? 200 : 204);
  });

  test('a change that changes nothing keeps the version', async () => {
    const { token } = await api.newSubscriber();
    const { body } = await api.call('POST', '/v1/watches', { token, body: ferry });
    const path = `/v1/watches/${body.id}`;
    expect((await api.call('PATCH', path, { token, body: { name: 'Ferries' } })).body).toEqual(body);
    expect((await api.call('PATCH', path, { token, body: {} })).status).toBe(422);
  });

  test('of writers at the same time each makes one', async () => {
    const { token } = await api.newSubscriber();
    const { id } = (await api.call('POST', '/v1/watches', { token, body: ferry })).body;
    const answers = await Promise.all(
      ['A', 'B', 'C', 'D'].map((name) => api.call('PATCH', `/v1/watches/${id}`, { token, body: { name } })),
    );
    const written = answers.filter(({ status }) => status === 200).map(({ body }) => body.version);
    expect([...written].sort()).toEqual(written.map((_, n) => n + 2));
    expect(answers.every(({ status }) => status === 200 || status === 409)).toBe(true);
    expect(await logOf(id)).toHaveLength(1);
  });
});

test('when digests come is set, and forgotten by a replacement', async () => {
  const { token } = await api.newSubscriber();
  const weekly = { ...ferry, frequency: 'weekly', digestTime: '18:30', digestDay: 5, urgent: true };
  const { body } = await api.call('POST', '/v1/watches', { token, body: weekly });
  expect(body).toMatchObject(weekly);
  const path = `/v1/watches/${body.id}`;
  expect((await api.call('PATCH', path, { token, body: { digestDay: 1 } })).body).toMatchObject({
    digestTime: '18:30',
    digestDay: 1,
    version: 2,
  });
  const replaced = (await api.call('PUT', path, { token, body: ferry })).body;
  expect(replaced).toMatchObject({ frequency: 'instant', urgent: false });
  expect(replaced).not.toHaveProperty('digestTime');
  for (const bad of [{ digestTime: '24:00' }, { digestDay: 0 }, { digestDay: 8 }, { urgent: 1 }]) {
    expect((await api.call('PATCH', path, { token, body: bad })).status).toBe(422);
  }
});

test('a change is later than the one before it, also by a clock that is behind', async () => {
  const { token, id: subscriberId } = await api.newSubscriber();
  const { id } = (await api.call('POST', '/v1/watches', { token, body: ferry })).body;
  const registry = await api.scan(variable.registryTable);
  const item = registry.find(({ pk, sk }) => pk.includes(subscriberId) && sk === `WATCH#${id}`)!;
  await api.put(variable.registryTable, { ...item, updatedAt: '2099-01-01T00:00:00.000Z' } as typeof item);
  const { body } = await api.call('PATCH', `/v1/watches/${id}`, { token, body: { name: 'Later' } });
  expect(body.updatedAt).toBe('2099-01-01T00:00:00.001Z');
  await api.call('DELETE', `/v1/watches/${id}`, { token });
  expect((await logOf(id)).map(({ at }) => at)).toContain('2099-01-01T00:00:00.002Z');
});

test('a watch belongs to its subscriber', async () => {
  const [ana, ben] = [await api.newSubscriber(), await api.newSubscriber()];
  const { id } = (await api.call('POST', '/v1/watches', { token: ana.token, body: ferry })).body;
  for (const method of ['GET', 'DELETE']) {
    expect((await api.call(method, `/v1/watches/${id}`, { token: ben.token })).status).toBe(404);
  }
  for (const method of ['PUT', 'PATCH']) {
    const answer = await api.call(method, `/v1/watches/${id}`, { token: ben.token, body: ferry });
    expect(answer.status).toBe(404);
  }
  expect((await api.call('GET', '/v1/watches', { token: ben.token })).body.items).toEqual([]);
});

test('a watch that named a removed channel goes to those that are left', async () => {
  const channels = [1, 2].map((n) => ({ kind: 'email', address: `left${n}@example.com` }));
  const { id, token, subscriber } = await api.newSubscriber({ channels });
  const [first, second] = subscriber.channels.map((channel: { id: string }) => channel.id);
  const make = (channelIds: string[]) =>
    api.call('POST', '/v1/watches', { token, body: { ...ferry, channelIds } });
  const both = (await make([first, second, first])).body;
  const one = (await make([first])).body;
  expect(both.channelIds).toEqual([first, second]);
  await api.call('DELETE', `/v1/subscribers/${id}/channels/${first}`, { token: api.operator });
  expect((await api.call('GET', `/v1/watches/${both.id}`, { token })).body.channelIds).toEqual([second]);
  expect((await api.call('GET', `/v1/watches/${one.id}`, { token })).body.channelIds).toEqual([]);
});

test('watches come in pages', async () => {
  const { token } = await api.newSubscriber();
  for (let n = 0; n < 5; n++) await api.call('POST', '/v1/watches', { token, body: ferry });
  const all = (await api.call('GET', '/v1/watches', { token })).body.items;
  expect(await api.readPages('/v1/watches', token, 2)).toEqual(all);
});

test('a stored query that is refused today is shown with what is wrong', async () => {
  const { id, token } = await api.newSubscriber();
  const { reading: _reading, ...made } = (await api.call('POST', '/v1/watches', { token, body: ferry })).body;
  const item = { ...made, subscriberId: id, query: '"ferry', ...keys.watch(id, made.id) };
  await api.put(variable.registryTable, item);
  const { body } = await api.call('GET', `/v1/watches/${made.id}`, { token });
  expect(body).toMatchObject({ query: '"ferry', warnings: [{ code: 'unreadable' }] });
  expect(body).not.toHaveProperty('reading');
});

test('there are 500 at most', async () => {
  const { id, token } = await api.newSubscriber();
  const subscriber = (await api.partition(variable.registryTable, `SUBSCRIBER#${id}`)).find(
    ({ sk }) => sk === 'SUBSCRIBER',
  );
  await api.put(variable.registryTable, { ...subscriber, watchCount: 499 });
  const last = await api.call('POST', '/v1/watches', { token, body: ferry });
  expect(last.status).toBe(201);
  expect(await api.call('POST', '/v1/watches', { token, body: ferry })).toMatchObject({
    status: 409,
    body: { type: '/v1/docs#limit-reached' },
  });
  await api.call('DELETE', `/v1/watches/${last.body.id}`, { token });
  expect((await api.call('POST', '/v1/watches', { token, body: ferry })).status).toBe(201);
});

type Edit = { kind: 'patch'; body: object } | { kind: 'put'; body: object } | { kind: 'delete' };

const edit: fc.Arbitrary<Edit> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('patch'), body: patch() }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('put'), body: fc.constant(ferry) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('delete') }) },
) as fc.Arbitrary<Edit>;

function patch() {
  const query = fc.constantFrom('ferry', 'port', 'ship');
  return fc.record(
    { paused: fc.boolean(), query, name: fc.constantFrom('A', 'B') },
    { requiredKeys: ['name'] },
  );
}

test('whatever is done to a watch, the log has one entry that says how it is now', async () => {
  const { token } = await api.newSubscriber();
  await fc.assert(
    fc.asyncProperty(fc.array(edit, { maxLength: 8 }), async (edits) => {
      let watch = (await api.call('POST', '/v1/watches', { token, body: ferry })).body;
      const path = `/v1/watches/${watch.id}`;
      let deletions = 0;
      for (const step of edits) {
        const method = step.kind.toUpperCase();
        const answer = await api.call(
          method,
          path,
          step.kind === 'delete' ? { token } : { token, body: step.body },
        );
        expect(answer.status).toBe(deletions > 0 ? 404 : step.kind === 'delete' ? 204 : 200);
        if (step.kind === 'delete') deletions++;
        else if (answer.status === 200) watch = answer.body;
      }
      const log = await logOf(watch.id);
      expect(log).toHaveLength(1);
      const silent = deletions > 0 || watch.paused;
      expect(log[0]).toMatchObject({ version: watch.version + (deletions > 0 ? 1 : 0) });
      expect(log[0]?.query).toBe(silent ? undefined : watch.query);
      expect(log[0]?.expiresAt === undefined).toBe(!silent);
      if (deletions === 0) await api.call('DELETE', path, { token });
    }),
    { numRuns: 40 },
  );
});

describe('a snooze', () => {
  const ahead = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();

  async function watching() {
    const { id: subscriberId, token } = await api.newSubscriber();
    const { body } = await api.call('POST', '/v1/watches', { token, body: ferry });
    const path = `/v1/watches/${body.id}`;
    const patch = (change: object) => api.call('PATCH', path, { token, body: change });
    const put = (watch: object) => api.call('PUT', path, { token, body: watch });
    return { subscriberId, watchId: body.id as string, patch, put };
  }

  test('is shown until it ends, and outlives a replacement', async () => {
    const { patch, put } = await watching();
    const until = ahead(3);
    const snoozed = await patch({ snoozedUntil: until.replace(/\.\d+Z/, 'Z') });
    expect(snoozed.body).toMatchObject({ snoozedUntil: until.replace(/\d{3}Z/, '000Z'), version: 2 });
    expect((await put({ ...ferry, name: 'Boats' })).body).toMatchObject({
      snoozedUntil: snoozed.body.snoozedUntil,
    });
    expect((await patch({ snoozedUntil: null })).body).not.toHaveProperty('snoozedUntil');
  });

  test('that ends sooner lets go what it held; one that lasts longer does not', async () => {
    const { subscriberId, watchId, patch } = await watching();
    api.sqs.sent.splice(0);
    await patch({ snoozedUntil: ahead(1) });
    await patch({ snoozedUntil: ahead(9) });
    expect(api.sqs.sent).toEqual([]);
    await patch({ snoozedUntil: ahead(2) });
    await patch({ snoozedUntil: null });
    await patch({ snoozedUntil: null });
    expect(api.sqs.sent).toEqual(Array(3).fill({ kind: 'awake', subscriberId, watchId }));
  });

  test.each([
    ['a time that is past', ahead(-1)],
    ['one when its alerts have ended', ahead(30.1)],
    ['no time', 'tomorrow'],
  ])('until %s is refused', async (_title, snoozedUntil) => {
    const { patch } = await watching();
    const { status, body } = await patch({ snoozedUntil });
    expect(status).toBe(422);
    expect(body.errors).toMatchObject([{ pointer: '/snoozedUntil' }]);
  });
});
