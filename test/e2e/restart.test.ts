/** A laptop that is started again goes on with the snapshot of the watches, and misses nobody. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { startLaptop, until } from './laptop.ts';
import { entry, type Publisher, rss, startPublisher } from './publisher.ts';

/** Sources are dispatched with the minute. */
vi.setConfig({ testTimeout: 400_000, hookTimeout: 400_000 });

const address = 'reader@example.org';
const old = entry('old', 'Nothing of note');
const news = entry('news', 'A lighthouse is lit');

let data: string;
let publisher: Publisher;
beforeAll(async () => {
  data = mkdtempSync(join(tmpdir(), 'tocsin-restart-'));
  publisher = await startPublisher();
  publisher.publish('/feed.xml', rss([old]));
});
afterAll(async () => {
  await publisher.close();
  rmSync(data, { recursive: true, force: true });
});

interface Line {
  readonly message: string;
  readonly watches?: number;
  readonly from?: string;
}

/** What a function has logged, oldest first. */
function logOf(step: string): Line[] {
  const folder = join(data, 'logs');
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder).filter((file) => file.includes(`Matching${step}`));
  const lines = files.flatMap((file) => readFileSync(join(folder, file), 'utf8').split('\n'));
  return lines.filter((line) => line.startsWith('{') && line.endsWith('}')).map((line) => JSON.parse(line));
}

const renewed = (watches: number) =>
  until(`a snapshot of ${watches} watches`, async () =>
    logOf('Snapshot').some((line) => line.message === 'snapshot renewed' && line.watches === watches),
  );

test('started again, it loads the snapshot and tells who watches', async () => {
  const first = await startLaptop({ data });
  await renewed(0);
  const reader = await first.subscriber([{ kind: 'email', address }]);
  await reader.watch({ name: 'Lighthouses', query: 'lighthouse' });
  await first.establishSource(`${publisher.url}/feed.xml`);
  await first.stop();

  const second = await startLaptop({ data });
  await renewed(1);
  await second.stop();

  const third = await startLaptop({ data });
  publisher.publish('/feed.xml', rss([news, old]));
  const [mail] = await until('the alert', async () => {
    const mails = await third.alertsTo(address);
    return mails.length > 0 && mails;
  });
  await third.stop();
  expect(mail?.subject).toContain(news.title);
  const loaded = logOf('Match').filter(({ message }) => message === 'watches loaded');
  expect(loaded.at(-1)).toMatchObject({ from: 'snapshot', watches: 1 });
});
