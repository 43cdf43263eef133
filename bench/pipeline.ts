/**
 * Articles per second through the whole pipeline on this machine, and the latency of each step. Every article matches the
 * watch of another subscriber, who is told by webhook (one channel alone would be paced); all of it as deployed: the same
 * bundles, queues, batch sizes and roles, one process each.
 *
 *     npm run bench pipeline            1, 100 and 1,000 articles
 *     npm run bench pipeline 10 5000    other numbers
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Reader, startLaptop, until } from '../test/e2e/laptop.ts';
import { entry, type Publisher, rss, startPublisher } from '../test/e2e/publisher.ts';
import { startWebhook } from '../test/e2e/webhook.ts';

const counts = process.argv.slice(2).map(Number);
const sizes = counts.length > 0 ? counts : [1, 100, 1000];

/** As many publishers, so that polls of several hosts run side by side. */
const publishers = await Promise.all([1, 2, 3, 4].map(() => startPublisher()));
const webhook = await startWebhook();
const data = mkdtempSync(join(tmpdir(), 'tocsin-bench-'));
const laptop = await startLaptop({ data });
try {
  await run();
} finally {
  await laptop.stop();
  await Promise.all(publishers.map((publisher) => publisher.close()));
  webhook.close();
  rmSync(data, { recursive: true, force: true });
}

interface Times {
  readonly seenAt: string;
  readonly matchedAt: string;
  readonly sentAt?: string;
}

async function run(): Promise<void> {
  const readers = await inParallel(Math.max(...sizes), makeReader);
  for (const publisher of publishers) publisher.publish('/feed.xml', rss([entry('old', 'Nothing')]));
  await Promise.all(publishers.map(({ url }) => laptop.establishSource(`${url}/feed.xml`)));
  console.log('articles   articles/s   seen to matched ms       matched to sent ms       seen to sent ms');
  console.log('                          p50       p99            p50       p99            p50       p99');
  for (const size of sizes) report(await measure(size, readers));
}

async function makeReader(n: number): Promise<Reader> {
  const reader = await laptop.subscriber([{ kind: 'webhook', address: `${webhook.url}/${n}` }]);
  await reader.watch({ name: 'A bell', query: `bell tower${n}` });
  return reader;
}

/** Publishes as many articles at once and waits until each is sent. */
async function measure(size: number, readers: readonly Reader[]): Promise<Times[]> {
  const since = new Date().toISOString();
  const towers = Array.from({ length: size }, (_, n) => n);
  for (const [turn, publisher] of publishers.entries())
    publish(
      publisher,
      since,
      towers.filter((n) => n % publishers.length === turn),
    );
  const told = webhook.notifications().length + size;
  await until(`${size} posts`, async () => webhook.notifications().length >= told);
  return inParallel(size, (n) => timesOf(readers[n]!, since));
}

function publish(publisher: Publisher, since: string, towers: readonly number[]): void {
  if (towers.length === 0) return;
  const entries = towers.map((n) =>
    entry(`${n}-${since}`, `Bell ${since} is cast for tower${n}`, headline(n)),
  );
  publisher.publish('/feed.xml', rss(entries));
}

/** Articles alike would be one story. */
function headline(n: number): string {
  return Array.from({ length: 12 }, (_, word) => `w${(n * 7919 + word * 104729) % 99991}`).join(' ');
}

function timesOf({ token }: Reader, since: string): Promise<Times> {
  return until('the alert with its time', async () => {
    const { items } = await laptop.api<{ items: Times[] }>('GET', '/v1/alerts?limit=5', undefined, token);
    return items.find(({ seenAt, sentAt }) => seenAt >= since && sentAt !== undefined);
  });
}

/** @returns the results of 0 to `count`, ten at a time */
async function inParallel<T>(count: number, work: (n: number) => Promise<T>): Promise<T[]> {
  const results: T[] = [];
  for (let n = 0; n < count; n += 10) {
    const group = Array.from({ length: Math.min(10, count - n) }, (_, i) => work(n + i));
    results.push(...(await Promise.all(group)));
  }
  return results;
}

function report(alerts: readonly Times[]): void {
  const times = alerts.map(({ seenAt, matchedAt, sentAt }) => [seenAt, matchedAt, sentAt!].map(Date.parse));
  const seconds = (Math.max(...times.map((t) => t[2]!)) - Math.min(...times.map((t) => t[0]!))) / 1000;
  const steps = [
    [0, 1],
    [1, 2],
    [0, 2],
  ].map(([from, to]) => percentiles(times.map((t) => t[to!]! - t[from!]!)));
  const rate = (alerts.length / seconds).toFixed(1);
  console.log(String(alerts.length).padStart(8), rate.padStart(12), ...steps);
}

function percentiles(values: readonly number[]): string {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!;
  return `${String(at(0.5)).padStart(12)} ${String(at(0.99)).padStart(9)} `;
}
