/** The transcripts of polite polling, against the real poller over loopback. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { corpus, readJsonl } from '../corpus.ts';
import { type Newsdesk, startNewsdesk } from './newsdesk.ts';

interface Step {
  readonly request: {
    readonly exact?: Record<string, string>;
    readonly absent?: readonly string[];
    readonly present?: readonly string[];
    readonly url?: string;
  };
  readonly response: {
    readonly status: number;
    readonly headers: Record<string, string>;
    readonly body: string | null;
  };
  readonly expect: {
    readonly newArticles?: number;
    readonly nextNotBeforeS?: number;
    readonly nextNotAfterS?: number;
    readonly nextNotBefore?: string;
    readonly storedUrl?: string;
    readonly minDelayRatioToNormal?: number;
  };
}

interface Transcript {
  readonly id: string;
  readonly why: string;
  readonly steps: readonly Step[];
}

const transcripts = readJsonl<Transcript>('poller/transcripts.jsonl');
const start = new Date('2024-10-28T06:40:00.000Z');
const publisherUrl = 'https://example.com';

describe.skipIf(corpus === undefined)('polite polling', () => {
  let desk: Newsdesk;
  const bodies: Record<string, string> = corpus
    ? JSON.parse(readFileSync(join(corpus, 'poller/bodies.json'), 'utf8'))
    : {};
  const here = (url: string) => url.replace(publisherUrl, desk.publisher.url);

  beforeAll(async () => {
    desk = await startNewsdesk();
  });
  afterAll(() => desk.stop());
  beforeEach(() => desk.clear());

  test.each(transcripts.map((transcript) => [transcript.id, transcript.why, transcript] as const))(
    '%s: %s',
    async (_id, _why, { steps }) => {
      await desk.addSource('s', start);
      for (const polled of polls(steps)) {
        const now = new Date((await desk.source('s')).nextPollAt);
        desk.publisher.requests.length = 0;
        const left = [...polled];
        desk.publisher.answer = () => {
          const { status, headers, body } = left.shift()!.response;
          const sent = Object.entries(headers).map(([name, value]) => [name, here(value)]);
          return { status, headers: Object.fromEntries(sent), body: body === null ? '' : bodies[body]! };
        };
        await desk.tick(now);
        expect(desk.publisher.requests).toHaveLength(polled.length);
        for (const [n, step] of polled.entries()) checkRequest(step, n);
        await checkOutcome(polled.at(-1)!, now);
      }
    },
  );

  function checkRequest({ request }: Step, n: number): void {
    const { path, headers } = desk.publisher.requests[n]!;
    expect(headers).toMatchObject(request.exact ?? {});
    for (const name of request.absent ?? []) expect(headers).not.toHaveProperty(name);
    for (const name of request.present ?? []) expect(headers).toHaveProperty(name);
    if (n === 0) expect(path).toBe('/feed.xml');
    if (request.url) expect(here(request.url)).toBe(desk.publisher.url + path);
  }

  async function checkOutcome({ expect: expected }: Step, now: Date): Promise<void> {
    const source = await desk.source('s');
    const wait = (Date.parse(source.nextPollAt) - now.getTime()) / 1000;
    const { newArticles, nextNotBeforeS = 0, nextNotAfterS = 86_400, nextNotBefore, storedUrl } = expected;
    if (newArticles !== undefined) expect(desk.lastPoll()).toMatchObject({ newArticles });
    expect(wait).toBeGreaterThanOrEqual(nextNotBeforeS);
    expect(wait).toBeLessThanOrEqual(nextNotAfterS);
    expect(wait).toBeGreaterThanOrEqual(source.intervalSeconds * (expected.minDelayRatioToNormal ?? 1));
    if (nextNotBefore)
      expect(Date.parse(source.nextPollAt)).toBeGreaterThanOrEqual(Date.parse(nextNotBefore));
    if (storedUrl) expect(source.url).toBe(here(storedUrl));
  }
});

/** A redirect and the answer behind it are one poll. */
function polls(steps: readonly Step[]): Step[][] {
  const grouped: Step[][] = [];
  for (const [n, step] of steps.entries()) {
    if (steps[n - 1]?.response.headers.Location) grouped.at(-1)!.push(step);
    else grouped.push([step]);
  }
  return grouped;
}
