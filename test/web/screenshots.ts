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

function shotsOf(operator: string, reader: string): Shot[] {
  return [
    { name: 'alerts', path: '/', token: reader, before: openAlert },
    { name: 'watch', path: '/watches/new', token: reader, before: writeQuery },
    { name: 'overview', path: '/', token: operator },
    { name: 'sources', path: '/sources', token: operator },
    { name: 'alerts-phone', path: '/', token: reader, ...sizes.phone, colorScheme: 'dark' },
    { name: 'watches-phone', path: '/watches', token: reader, ...sizes.phone, locale: 'ko-KR' },
  ];
}

async function take(laptop: Laptop, operator: string): Promise<void> {
  const reader = await readerToken(laptop);
  await until('alerts came', async () => {
    const path = `/v1/alerts?limit=${enoughAlerts}`;
    const { items } = await laptop.api<{ items: unknown[] }>('GET', path, undefined, reader);
    return items.length === enoughAlerts;
  });
  const browser = await openBrowser();
  for (const { name, path, before, ...options } of shotsOf(operator, reader)) {
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
