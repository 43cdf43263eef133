/**
 * The dashboard as a first visit loads it: bytes, requests and times, over the DevTools protocol. Starts a laptop with the
 * sample newsroom, opens each page five times in a new browser profile, on a processor slowed four times, and prints the
 * medians. Times are those of web.dev/vitals; blocking time is what tasks of more than 50 ms took above that, up to
 * the moment from which the network and the main thread were quiet.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Browser, Page } from 'playwright-core';
import { startLaptop, until } from '../test/e2e/laptop.ts';
import { hasBrowser, openBrowser, sizes, visit } from '../test/web/browser.ts';
import { readerToken } from '../test/web/sample-reader.ts';
import { median } from './measures/median.ts';

const runs = 5;
const slowdown = 4;
const enoughAlerts = 6;

interface Figures {
  readonly scriptKb: number;
  readonly styleKb: number;
  readonly totalKb: number;
  readonly requests: number;
  readonly firstPaintMs: number;
  readonly largestPaintMs: number;
  readonly interactiveMs: number;
  readonly blockingMs: number;
  readonly shift: number;
}

/** Collects from before the page's own script runs. */
const observe = `
  window.__seen = { largest: 0, shift: 0, tasks: [] };
  const on = (type, each) =>
    new PerformanceObserver((list) => list.getEntries().forEach(each)).observe({ type, buffered: true });
  on('largest-contentful-paint', ({ startTime }) => { __seen.largest = startTime; });
  on('layout-shift', ({ value, hadRecentInput }) => { if (!hadRecentInput) __seen.shift += value; });
  on('longtask', ({ startTime, duration }) => __seen.tasks.push([startTime, duration]));
`;

interface Seen {
  readonly largest: number;
  readonly shift: number;
  readonly tasks: readonly [start: number, duration: number][];
  readonly firstPaint: number;
}

interface Loaded {
  readonly kind: string;
  readonly bytes: number;
}

/** Files count as CloudFront sends them, compressed; answers of the API as they are, since it does not compress these. */
function listen(page: Page): Loaded[] {
  const loaded: Loaded[] = [];
  page.on('response', async (response) => {
    const body = await response.body().catch(() => Buffer.alloc(0));
    const isAnswer = new URL(response.url()).pathname.startsWith('/v1/');
    const { length } = isAnswer ? body : gzipSync(body);
    loaded.push({ kind: response.request().resourceType(), bytes: length });
  });
  return loaded;
}

async function measure(browser: Browser, url: string, token: string | undefined): Promise<Figures> {
  const { context, page } = await visit(browser, { ...sizes.phone, ...(token && { token }) });
  const session = await context.newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
  await page.addInitScript(observe);
  const loaded = listen(page);
  await page.goto(url);
  await page.waitForLoadState('networkidle'); // half a second without a request
  const seen = await page.evaluate<Seen>(
    `({ ...__seen, firstPaint: performance.getEntriesByName('first-contentful-paint')[0].startTime })`,
  );
  await context.close();
  const kb = (kinds: readonly string[]) =>
    loaded.reduce((sum, { kind, bytes }) => sum + (kinds.includes(kind) ? bytes : 0), 0) / 1024;
  const lastTask = Math.max(0, ...seen.tasks.map(([start, duration]) => start + duration));
  return {
    scriptKb: kb(['script']),
    styleKb: kb(['stylesheet']),
    totalKb: kb([...new Set(loaded.map(({ kind }) => kind))]),
    requests: loaded.length,
    firstPaintMs: seen.firstPaint,
    largestPaintMs: seen.largest,
    interactiveMs: Math.max(seen.firstPaint, lastTask),
    blockingMs: seen.tasks.reduce((sum, [, duration]) => sum + duration - 50, 0),
    shift: seen.shift,
  };
}

function medians(all: readonly Figures[]): Figures {
  const names = Object.keys(all[0]!) as (keyof Figures)[];
  return Object.fromEntries(names.map((name) => [name, median(all.map((one) => one[name]))])) as never;
}

function print(page: string, figures: Figures): void {
  const { scriptKb, styleKb, totalKb, requests, shift, ...times } = figures;
  const sizes = [scriptKb, styleKb, totalKb].map((kb) => `${kb.toFixed(0)} KB`.padStart(9));
  const moments = Object.values(times).map((ms) => `${ms.toFixed(0)} ms`.padStart(11));
  console.log(
    page.padEnd(12),
    ...sizes,
    String(requests).padStart(9),
    ...moments,
    shift.toFixed(3).padStart(8),
  );
}

const columns = [
  'script',
  'style',
  'all',
  'requests',
  'first paint',
  'largest',
  'interactive',
  'blocking',
  'shift',
];
const widths = [9, 9, 9, 9, 11, 11, 11, 11, 8];

async function bench(): Promise<void> {
  const data = mkdtempSync(join(tmpdir(), 'tocsin-bench-'));
  const laptop = await startLaptop({ data, args: ['--fresh'] });
  try {
    const operator = readFileSync(join(data, 'operator-token'), 'utf8').trim();
    const reader = await readerToken(laptop);
    await until('alerts came', async () => {
      const path = `/v1/alerts?limit=${enoughAlerts}`;
      const { items } = await laptop.api<{ items: unknown[] }>('GET', path, undefined, reader);
      return items.length === enoughAlerts;
    });
    const pages = [
      ['sign in', '/', undefined],
      ['lists', '/lists', undefined],
      ['alerts', '/', reader],
      ['watches', '/watches', reader],
      ['overview', '/', operator],
    ] as const;
    const browser = await openBrowser();
    console.log(`median of ${runs} first visits on a phone, the processor slowed ${slowdown} times`);
    console.log(' '.repeat(12), ...columns.map((name, n) => name.padStart(widths[n]!)));
    for (const [name, path, token] of pages) {
      const all: Figures[] = [];
      for (let run = 0; run < runs; run++) all.push(await measure(browser, laptop.url + path, token));
      print(name, medians(all));
    }
    await browser.close();
  } finally {
    await laptop.stop();
    rmSync(data, { recursive: true, force: true });
  }
}

if (hasBrowser) await bench();
else console.log('There is no browser: set CHROMIUM, or install Debian’s.');
