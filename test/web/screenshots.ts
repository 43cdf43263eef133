/**
 * `npm run screenshots`: the main pages as they look with the sample newsroom, into `docs/images/`. They are taken
 * from a laptop of their own, which is gone afterwards.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { type Laptop, startLaptop, until } from '../e2e/laptop.ts';
import { openBrowser, sizes, type VisitOptions, visit } from './browser.ts';
import { readerToken } from './sample-reader.ts';

const images = join(import.meta.dirname, '../../docs/images');
/** Stories of several kinds have come by then. */
const enoughAlerts = 6;

interface Shot extends VisitOptions {
  readonly name: string;
  readonly path: string;
  readonly before?: (page: Page) => Promise<void>;
}

async function openAlert(page: Page): Promise<void> {
  await page.locator('.fold').nth(1).click();
  await page.locator('.deliveries').waitFor();
}

async function writeQuery(page: Page): Promise<void> {
  await page.locator('textarea').fill('(ferry OR harbour OR strike) -football');
  await page.locator('.preview li').first().waitFor();
}

async function awaitVerdict(page: Page): Promise<void> {
  await page.locator('.clauses').first().waitFor();
}

/** A laptop that has just begun has one hour to show: a week is made up. */
const week = Array.from({ length: 168 }, (_, n) => {
  const time = new Date(Math.floor(Date.now() / 3_600_000 - 167 + n) * 3_600_000);
  const busy = Math.max(0, Math.sin(((time.getUTCHours() - 4) / 20) * Math.PI));
  const articlesSeen = Math.round(6 + 40 * busy + ((n * 7) % 11));
  const deliveriesFailed = n === 70 ? 9 : 0;
  const alertsSent = Math.round(articlesSeen / 3) - deliveriesFailed;
  return {
    at: time.toISOString(),
    articlesSeen,
    articlesMatched: articlesSeen,
    alertsSent,
    deliveriesFailed,
  };
});

async function showWeek(page: Page): Promise<void> {
  await page.route('**/v1/statistics*', (route) => route.fulfill({ json: { hours: week } }));
  await page.reload();
  await page.waitForLoadState('networkidle');
}

interface Shown {
  readonly operator: string;
  readonly reader: string;
  /** A list's id. */
  readonly list: string;
  /** The address of an article. */
  readonly story: string;
}

function shotsOf({ operator, reader, list, story }: Shown): Shot[] {
  return [
    { name: 'alerts', path: '/', token: reader, before: openAlert },
    { name: 'watch', path: '/watches/new', token: reader, before: writeQuery },
    { name: 'why', path: `/why?${new URLSearchParams({ url: story })}`, token: reader, before: awaitVerdict },
    { name: 'overview', path: '/', token: operator, before: showWeek },
    { name: 'sources', path: '/sources', token: operator },
    { name: 'list', path: `/lists/${list}` },
    { name: 'alerts-phone', path: '/', token: reader, ...sizes.phone, colorScheme: 'dark' },
    { name: 'watches-phone', path: '/watches', token: reader, ...sizes.phone, locale: 'ko-KR' },
    {
      name: 'overview-phone',
      path: '/',
      token: operator,
      before: showWeek,
      ...sizes.phone,
      colorScheme: 'dark',
    },
  ];
}

const sampleList = {
  name: 'Harbours on strike',
  description: 'Strikes and lockouts in ports, as soon as they are announced.',
  query: 'strike NEAR/8 (port OR dock OR harbour)',
};

async function prepare(laptop: Laptop, operator: string): Promise<Shown> {
  const reader = await readerToken(laptop);
  const { id: list } = await laptop.api<{ id: string }>('POST', '/v1/lists', sampleList);
  const [story] = await until('alerts came', async () => {
    const path = `/v1/alerts?limit=${enoughAlerts}`;
    const { items } = await laptop.api<{ items: { article: { url: string } }[] }>(
      'GET',
      path,
      undefined,
      reader,
    );
    return items.length === enoughAlerts && items.map(({ article }) => article.url);
  });
  await until('the list told a story', async () => {
    const { items } = await laptop.api<{ items: unknown[] }>('GET', `/v1/lists/${list}/alerts`);
    return items.length > 0;
  });
  return { operator, reader, list, story: story! };
}

async function take(laptop: Laptop, operator: string): Promise<void> {
  const shown = await prepare(laptop, operator);
  const browser = await openBrowser();
  for (const { name, path, before, ...options } of shotsOf(shown)) {
    const { page, context } = await visit(browser, options);
    await page.goto(laptop.url + path);
    await page.waitForLoadState('networkidle');
    await before?.(page);
    await page.screenshot({ path: join(images, `${name}.png`), animations: 'disabled' });
    await context.close();
  }
  await browser.close();
}

const data = mkdtempSync(join(tmpdir(), 'tocsin-pictures-'));
mkdirSync(images, { recursive: true });
const laptop = await startLaptop({ data, args: ['--fresh'] });
try {
  await take(laptop, readFileSync(join(data, 'operator-token'), 'utf8').trim());
} finally {
  await laptop.stop();
  rmSync(data, { recursive: true, force: true });
}
