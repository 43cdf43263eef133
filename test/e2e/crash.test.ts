/**
 * The whole of Tocsin is killed with SIGKILL at a named call in the middle of an alert, and started again: the alert
 * arrives, and arrives once, unless the kill fell between SNS accepting it and our record of that.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { startLaptop, until } from './laptop.ts';
import { entry, type Publisher, rss, startPublisher } from './publisher.ts';

/** Claims last 40 seconds, and what is due is looked for with the minute. */
vi.setConfig({ testTimeout: 400_000, hookTimeout: 400_000, maxConcurrency: 10 });

/**
 * The call, `<function>:<service>:<Action>[@<resource>]:<before|after>` (`after`: AWS has done it, the function does not
 * know yet), and how many mails its reader gets. Two are right only in the one window.
 */
const points: readonly [string, number][] = [
  ['poll:sqs:SendMessageBatch@MatchQueue:before', 1],
  ['poll:sqs:SendMessageBatch@MatchQueue:after', 1],
  ['match:sqs:SendMessageBatch:before', 1],
  ['match:sqs:SendMessageBatch:after', 1],
  ['match:dynamodb:UpdateItem:after', 1],
  ['deliver:sns:Publish:before', 1],
  ['deliver:sns:Publish:after', 2],
];

let publisher: Publisher;
beforeAll(async () => {
  publisher = await startPublisher();
});
afterAll(() => publisher.close());

test.concurrent.each(points)('killed at %s, it loses nothing: %i', async (point, mails) => {
  expect(await alertsAfterCrashAt(point)).toBe(mails);
});

/** @returns how many mails its reader has of the article that was on its way when everything was killed */
async function alertsAfterCrashAt(point: string): Promise<number> {
  const data = mkdtempSync(join(tmpdir(), 'tocsin-crash-'));
  try {
    return await goOn(data, point, await breakOff(data, point));
  } finally {
    rmSync(data, { recursive: true, force: true });
  }
}

const feedOf = (point: string) => `/${point.replaceAll(/\W/g, '-')}.xml`;
const address = 'reader@example.org';
const old = entry('old', 'Nothing of note');
const news = entry('news', 'A lighthouse is lit');
const later = entry('later', 'A second lighthouse is lit');

/** @returns the token of the subscriber whose alert was on its way */
async function breakOff(data: string, point: string): Promise<string> {
  publisher.publish(feedOf(point), rss([old]));
  const laptop = await startLaptop({ data, env: { TOCSIN_CRASH_AT: point } });
  const reader = await laptop.subscriber([{ kind: 'email', address }]);
  await reader.watch({ name: 'Lighthouses', query: 'lighthouse' });
  await laptop.establishSource(publisher.url + feedOf(point));
  publisher.publish(feedOf(point), rss([news, old]));
  expect(await laptop.gone).toBe('SIGKILL');
  return reader.token;
}

/** A second article tells that everything has come through that will. */
async function goOn(data: string, point: string, token: string): Promise<number> {
  const laptop = await startLaptop({ data });
  const mailsOf = async (title: string) =>
    (await laptop.alertsTo(address)).filter(({ subject }) => subject?.includes(title));
  try {
    await until('the alert', async () => (await mailsOf(news.title)).length > 0);
    publisher.publish(feedOf(point), rss([later, news, old]));
    await until('the second alert', async () => (await mailsOf(later.title)).length > 0);
    await until('every delivery sent', async () => {
      const alerts = await laptop.alerts(token);
      return alerts.flatMap(({ deliveries }) => deliveries).every(({ state }) => state === 'sent');
    });
    return (await mailsOf(news.title)).length;
  } finally {
    await laptop.stop();
  }
}
