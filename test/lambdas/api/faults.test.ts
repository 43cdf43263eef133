/** What the API answers when DynamoDB is busy, or fails. */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Api, startApi } from './harness.ts';

type Fault = { __type: string; [field: string]: unknown };

let api: Api;
let proxy: Server;
let watches: { token: string; body: object };
/** What the next calls of an action are answered with, instead of by DynamoDB. */
let faults: { action: string; fault: Fault }[] = [];

beforeAll(async () => {
  api = await startApi({ between });
  const { token } = await api.newSubscriber();
  watches = { token, body: { name: 'Ferries', query: 'ferry' } };
});
afterAll(() => {
  proxy.closeAllConnections();
  proxy.close();
  api.stop();
});
beforeEach(() => {
  faults = [];
});

async function between(dynamo: string): Promise<string> {
  proxy = createServer(async (request, response) => {
    const body = await text(request);
    const action = String(request.headers['x-amz-target']).split('.')[1];
    const place = faults.findIndex((one) => one.action === action);
    if (place >= 0) {
      response.writeHead(400).end(JSON.stringify(faults.splice(place, 1)[0]!.fault));
      return;
    }
    const { host: _host, ...headers } = request.headers as Record<string, string>;
    const answer = await fetch(dynamo, { method: 'POST', body, headers });
    response.writeHead(answer.status).end(await answer.text());
  }).listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  return `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
}

const failing = (times: number, action: string, fault: Fault) => {
  faults = Array.from({ length: times }, () => ({ action, fault }));
};

const cancelled = (...codes: string[]): Fault => ({
  __type: 'com.amazonaws.dynamodb.v20120810#TransactionCanceledException',
  Message: 'Transaction cancelled',
  CancellationReasons: codes.map((Code) => ({ Code })),
});
const busy: Fault = { __type: 'com.amazon.coral.availability#ThrottlingException', message: 'Slow down' };

test('a transaction that meets another is tried again', async () => {
  failing(3, 'TransactWriteItems', cancelled('TransactionConflict', 'None', 'None'));
  expect((await api.call('POST', '/v1/watches', watches)).status).toBe(201);
});

test('and given up as a conflict when it always does', async () => {
  failing(6, 'TransactWriteItems', cancelled('TransactionConflict', 'None', 'None'));
  const answer = await api.call('POST', '/v1/watches', watches);
  expect(answer).toMatchObject({ status: 409, body: { type: '/v1/docs#conflict' } });
});

test('a change that others are always faster at is a conflict', async () => {
  const { id } = (await api.call('POST', '/v1/watches', watches)).body;
  failing(5, 'TransactWriteItems', cancelled('ConditionalCheckFailed', 'None', 'None'));
  const change = { token: watches.token, body: { paused: true } };
  expect((await api.call('PATCH', `/v1/watches/${id}`, change)).status).toBe(409);
  expect((await api.call('PATCH', `/v1/watches/${id}`, change)).body).toMatchObject({ version: 2 });
});

test('a throttled table is a 503 that says when to come back', async () => {
  failing(10, 'Query', busy);
  expect(await api.call('GET', '/v1/watches', { token: watches.token })).toMatchObject({
    status: 503,
    headers: { 'retry-after': '1' },
    body: { type: '/v1/docs#unavailable', requestId: 'request-1' },
  });
});

test('anything else is a 500 that shows nothing of it', async () => {
  failing(1, 'Query', { __type: 'x#ValidationException', message: 'secret reader@example.com' });
  const { status, body } = await api.call('GET', '/v1/watches', { token: watches.token });
  expect(status).toBe(500);
  expect(body).toEqual({
    type: '/v1/docs#internal',
    title: 'Something went wrong on our side',
    status: 500,
    requestId: 'request-1',
  });
});

test('a token that is revoked while its use is noted still ends well', async () => {
  const { token } = await api.newSubscriber();
  failing(1, 'UpdateItem', { __type: 'x#ConditionalCheckFailedException', message: 'gone' });
  expect((await api.call('GET', '/v1/me', { token })).status).toBe(200);
});

test('a watch that changes while its subscriber is erased goes too', async () => {
  const { id, token } = await api.newSubscriber();
  await api.call('POST', '/v1/watches', { token, body: watches.body });
  failing(1, 'TransactWriteItems', cancelled('ConditionalCheckFailed', 'None', 'None'));
  expect((await api.call('DELETE', `/v1/subscribers/${id}`, { token: api.operator })).status).toBe(204);
  expect(await api.partition('REGISTRY_TABLE', `SUBSCRIBER#${id}`)).toEqual([]);
});
