/** Sources that the operator is to look at: what counts as blocked or dead, and that recovery clears it. */
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Answer } from '../feed-server.ts';
import { feed, type Newsdesk, startNewsdesk } from './newsdesk.ts';

const start = new Date('2026-11-23T08:00:00.000Z');

let desk: Newsdesk;
beforeAll(async () => {
  desk = await startNewsdesk();
});
afterAll(() => desk.stop());
beforeEach(() => desk.clear());

/** What the next run of `dispatch` counts, when nothing is due. */
async function inTrouble(): Promise<unknown> {
  const { dispatchPolls } = await import('../../lambdas/dispatch.ts');
  await dispatchPolls(desk.log, new Date('2000-01-01'));
  return desk.logs.at(-1)?.inTrouble;
}

const findings = async () => ((await desk.source('s')).findings ?? []).map(({ code }) => code);
const html = (body: string): Answer => ({
  headers: { 'content-type': 'text/html' },
  body: `<html>${body}</html>`,
});
const thrice = (answer: Answer) => [answer, answer, answer];

describe('three times in a row', () => {
  const answers: [name: string, answer: Answer, found: string[]][] = [
    ['403', { status: 403 }, ['blocked']],
    ['a challenge of Cloudflare with 200', html('<title>Just a moment...</title>'), ['blocked']],
    ['one with 503', { status: 503, ...html('Checking your browser before accessing') }, ['blocked']],
    ['one of AWS WAF', { status: 202, headers: { 'x-amzn-waf-action': 'challenge' } }, ['blocked']],
    ['a captcha', html('<div class="px-captcha">'), ['blocked']],
    ['a page that is no feed', html('<p>Welcome to our new site</p>'), []],
    ['404', { status: 404 }, []],
    ['429', { status: 429, body: 'Just a moment' }, []],
  ];
  test.each(answers)('%s', async (_, answer, found) => {
    await desk.pollThrough(start, ...thrice(answer));
    expect(await findings()).toEqual(found);
    expect(await inTrouble()).toBe(found.length);
  });
});

test('an answer clears it', async () => {
  await desk.pollThrough(start, feed({ id: '1' }), ...thrice({ status: 403 }), feed({ id: '1' }));
  expect(await findings()).toEqual([]);
  expect(await inTrouble()).toBe(0);
});

test('a source that is gone counts until it is paused', async () => {
  await desk.pollThrough(start, { status: 410 });
  expect(await inTrouble()).toBe(1);
  const { dynamo } = await import('../../lambdas/aws/dynamo.ts');
  const { keys } = await import('../../lambdas/keys.ts');
  const UpdateExpression = 'SET paused = :yes';
  await dynamo.send(
    new UpdateCommand({
      TableName: 'REGISTRY_TABLE',
      Key: keys.source('s'),
      UpdateExpression,
      ExpressionAttributeValues: { ':yes': true },
    }),
  );
  expect(await inTrouble()).toBe(0);
});

test('a source counts its articles of the week', async () => {
  await desk.pollThrough(start, feed({ id: '1' }), feed({ id: '1' }, { id: '2' }, { id: '3' }));
  expect((await desk.source('s')).articlesByDay).toEqual({ '2026-11-23': 2 });
});
