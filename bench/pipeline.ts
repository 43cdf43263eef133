/**
 * Articles per second through the whole pipeline on this machine, and the latency of each step. Every article matches one
 * watch and is told to one webhook, as deployed: the same bundles, queues, batch sizes and roles, one process each.
 *
 *     npm run bench pipeline            1, 100 and 1,000 articles
 *     npm run bench pipeline 10 5000    other numbers
 */
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Laptop, startLaptop, until } from '../test/e2e/laptop.ts';
import { entry, type Publisher, rss, startPublisher } from '../test/e2e/publisher.ts';

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
  const reader = await laptop.subscriber([{ kind: 'webhook', address: webhook.url }]);
  await reader.watch({ name: 'Bells', query: 'bell' });
  for (const publisher of publishers) publisher.publish('/feed.xml', rss([entry('old', 'Nothing')]));
  await Promise.all(publishers.map(({ url }) => laptop.establishSource(`${url}/feed.xml`)));
  console.log('articles   articles/s   seen to matched ms       matched to sent ms       seen to sent ms');
  console.log('                          p50       p99            p50       p99            p50       p99');
  for (const size of sizes) report(await measure(size, reader.token));
}

/** Publishes as many articles at once and waits until each is sent. */
async function measure(size: number, token: string): Promise<Times[]> {
  const since = new Date().toISOString();
  const share = Math.ceil(size / publishers.length);
  for (const [n, publisher] of publishers.entries())
    publish(publisher, `${n}-${since}`, Math.min(share, size - n * share));
  return until(`${size} alerts sent`, async () => {
    const alerts = await readAlerts(laptop, token, since);
    return alerts.length >= size && alerts.every(({ sentAt }) => sentAt !== undefined) && alerts;
  });
}

function publish(publisher: Publisher, run: string, count: number): void {
  if (count <= 0) return;
  const ids = Array.from({ length: count }, (_, n) => `${run}-${n}`);
  publisher.publish(
    '/feed.xml',
    rss(ids.map((id) => entry(id, `A bell is cast for tower ${id}`, textOf(id)))),
  );
}

/** Words of its own, so that each article is a story. */
function textOf(id: string): string {
  const word = (n: number) =>
    createHash('sha256').update(`${id} ${n}`).digest('hex').replace(/\d/g, '').slice(0, 7);
  return Array.from({ length: 40 }, (_, n) => word(n)).join(' ');
}

async function readAlerts({ api }: Laptop, token: string, since: string): Promise<Times[]> {
  const alerts: Times[] = [];
  let next: string | undefined = '/v1/alerts?limit=100';
  while (next) {
    const page: { items: Times[]; next?: string } = await api('GET', next, undefined, token);
    alerts.push(...page.items.filter(({ seenAt }) => seenAt >= since));
    next =
      page.next && page.items.at(-1)!.seenAt >= since
        ? `/v1/alerts?limit=100&cursor=${page.next}`
        : undefined;
  }
  return alerts;
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

/** Confirms its subscription and takes everything. */
async function startWebhook() {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const message = JSON.parse(Buffer.concat(chunks).toString());
    if (message.Type === 'SubscriptionConfirmation') await fetch(message.SubscribeURL);
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
  return { url, close: () => server.close() };
}
