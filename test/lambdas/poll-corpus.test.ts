/** Real and hostile documents through the real poller: nothing throws, and the same document is news only once. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { corpus, readJsonl } from '../corpus.ts';
import { type Newsdesk, startNewsdesk } from './newsdesk.ts';

interface Document {
  readonly id: string;
  readonly headers: Record<string, string>;
  readonly body?: string;
  readonly bodyBase64?: string;
}

const feeds = readJsonl<Document>('feeds/cases.jsonl');
const hostile = readJsonl<Document>('hostile/small.jsonl');
/** Every so many of the feeds: they are many of a kind. */
const step = 4;
const documents = [...feeds.filter((_, n) => n % step === 0), ...hostile];
const start = new Date('2026-11-23T08:00:00.000Z');
const later = (minutes: number) => new Date(start.getTime() + minutes * 60_000);

describe.skipIf(corpus === undefined)('documents of the corpus', () => {
  let desk: Newsdesk;

  beforeAll(async () => {
    desk = await startNewsdesk();
  });
  afterAll(() => desk.stop());
  beforeEach(() => desk.clear());

  test('each is polled three times as the news of an established source', async () => {
    let read = 0;
    for (const { id, headers, body = '', bodyBase64 } of documents) {
      await desk.clear();
      await desk.addSource('s', start, { establishedAt: start.toISOString(), seen: ['other'] });
      const bytes = bodyBase64 ? Buffer.from(bodyBase64, 'base64') : Buffer.from(body);
      desk.publisher.answer = () => ({ headers, body: bytes });
      await desk.tick(start);
      const [first, queued] = [desk.lastPoll(), desk.queued()];
      expect(new Set(queued).size, id).toBe(queued.length);
      if (first?.outcome === 'failed') continue;
      read++;
      for (const hours of [25, 50]) await desk.tick(later(hours * 60));
      expect(desk.lastPoll(), id).toMatchObject({ outcome: 'not-modified', newArticles: 0 });
      expect(desk.queued(), id).toEqual([]);
    }
    expect(read).toBeGreaterThan(documents.length / 2);
  });
});
