/** The dashboard in a real browser, on `npm start`: the journey of an operator, and of whoever follows a list. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { confirmMail, type Laptop, startLaptop, until } from '../e2e/laptop.ts';
import { entry, type Publisher, rss, startPublisher } from '../e2e/publisher.ts';
import { hasBrowser, openBrowser, sizes } from './browser.ts';
import { type Walk, walk } from './walk.ts';

vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

const old = entry('old', 'A strike closed the harbour last week');
const news = entry('new', 'Dockers’ strike closes São Aldo harbour');
const moreSources = (url: string) =>
  `<opml version="2.0"><body><outline text="Third" xmlUrl="${url}/third.xml"/></body></opml>`;
const follower = 'ana@example.com';

describe.skipIf(!hasBrowser)('the dashboard of an operator', () => {
  let data: string;
  let publisher: Publisher;
  let laptop: Laptop;
  let browser: Browser;
  let operator: Walk;

  beforeAll(async () => {
    data = mkdtempSync(join(tmpdir(), 'tocsin-web-'));
    publisher = await startPublisher();
    publisher.publish('/news.xml', rss([old]));
    laptop = await startLaptop({ data });
    await laptop.establishSource(`${publisher.url}/news.xml`);
    publisher.publish('/news.xml', rss([news, old]));
    browser = await openBrowser();
    operator = await walk(browser, laptop);
  });
  afterAll(async () => {
    await browser?.close();
    await laptop?.stop();
    await publisher?.close();
    rmSync(data, { recursive: true, force: true });
  });

  test('signs in by a token, and invites', async () => {
    const { page, press, writes, sees } = operator;
    await page.goto(`${laptop.url}/subscribers`);
    await press('Use an access token');
    await writes('Access token', readFileSync(join(data, 'operator-token'), 'utf8').trim());
    await press('Sign in');
    await writes('E-mail address', 'jun@example.com');
    await press('Invite');
    await sees('jun@example.com is asked to confirm.');
    await page.getByRole('heading', { name: 'Without a name' }).click();
    await page.locator('.deliveries', { hasText: 'jun@example.com' }).waitFor();
    await operator.isSound();
  });

  test('adds a source by a page of its site and others by OPML, pauses and removes it', async () => {
    const { page, press, writes, sees } = operator;
    publisher.publish('/second.xml', rss([old]));
    const site =
      '<html><head><link rel="alternate" type="application/rss+xml" href="/second.xml"></head></html>';
    publisher.publish('/', site, 'text/html');
    await operator.follow('Sources');
    await writes('Address of a site or its feed', publisher.url);
    await press('Find feeds');
    await press(/^Add: /);
    const card = page.locator('li.card', { hasText: '/second.xml' });
    const [opml] = await Promise.all([page.waitForEvent('download'), press('Download as OPML')]);
    expect(readFileSync(await opml.path(), 'utf8')).toContain(`${publisher.url}/news.xml`);
    const buffer = Buffer.from(moreSources(publisher.url));
    await page.getByLabel('Add from OPML').setInputFiles({ name: 'more.opml', mimeType: 'text/xml', buffer });
    await sees('1 source is added.');
    await card.getByRole('button', { name: 'Pause' }).click();
    await card.getByText('Paused').waitFor();
    await operator.isSound();
    await card.getByRole('button', { name: 'Remove' }).click();
    await card.waitFor({ state: 'detached' });
    await page.goto(laptop.url); // leaving the page finishes the removal
    await until('the source is gone', async () => {
      const { items } = await laptop.api<{ items: { url: string }[] }>('GET', '/v1/sources');
      return items.every(({ url }) => !url.endsWith('/second.xml'));
    });
  });

  test('sees what went through, and drives dead letters again', async () => {
    const { page, press, sees } = operator;
    await until('an article is counted', async () => {
      const { hours } = await laptop.api<{ hours: { articlesSeen: number }[] }>(
        'GET',
        '/v1/statistics?hours=24',
      );
      return hours.some(({ articlesSeen }) => articlesSeen > 0);
    });
    const dead = { name: 'MatchQueue', waiting: 0, inFlight: 0, dead: 3 };
    await page.route('**/v1/queues', (route) => route.fulfill({ json: { items: [dead] } }));
    const driven: string[] = [];
    await page.route('**/v1/queues/*/redrive', (route) => {
      driven.push(route.request().url());
      return route.fulfill({ status: 202, json: { message: 'About 3' } });
    });
    await page.reload();
    await page.getByText('day', { exact: true }).click();
    await page
      .locator('.figures div', { hasText: 'Articles seen' })
      .getByText('1', { exact: true })
      .waitFor();
    await page.locator('.chart summary').first().click();
    await page.getByRole('table', { name: 'Articles' }).waitFor();
    await sees('Nothing: sources are read');
    await sees('Text messages this month');
    await press('Drive again: Matching articles');
    await operator.isSound();
    await press('Yes, drive 3 again');
    await sees('Matching articles: what was set aside is driven again.');
    expect(driven).toEqual([`${laptop.url}/v1/queues/MatchQueue/redrive`]);
    await page.unrouteAll();
  });

  test('makes a list, which somebody follows without an account', async () => {
    const { page, press, writes, sees } = operator;
    await operator.follow('Lists');
    await operator.heading('No list yet');
    await operator.isSound();
    await operator.follow('New list');
    await writes('Listen for', 'strike (port OR harbour)');
    await page.locator('.preview li', { hasText: old.title }).waitFor();
    await writes('Name', 'Harbour strikes');
    await writes('Description', 'Strikes in ports, as soon as they are announced.');
    await operator.isSound();
    await press('Save');
    await operator.heading('Harbour strikes');
    await operator.isSound();

    const visitor = await walk(browser, laptop, { ...sizes.phone, colorScheme: 'dark' });
    await visitor.page.goto(laptop.url);
    await visitor.follow('Lists');
    await visitor.isSound();
    await visitor.follow('Harbour strikes');
    await visitor.sees('strike AND (port OR harbour)');
    expect(await visitor.page.title()).toBe('Harbour strikes · Tocsin');
    expect(await visitor.page.locator('meta[name="description"]').getAttribute('content')).toMatch(
      /^Strikes in/,
    );
    await visitor.writes('E-mail address', follower);
    await visitor.press('Follow');
    await visitor.sees(`If ${follower} can be used`);
    await visitor.isSound();
    await confirmMail(laptop.inbox, follower);
    expect(visitor.complaints).toEqual([]);
    await visitor.context.close();

    await operator.follow('Lists');
    await sees('1 follower');
    await operator.follow('Harbour strikes');
    await page.getByText('Who follows it').click();
    await page.locator('.deliveries', { hasText: '@example.com' }).waitFor();
    await operator.isSound();
    await operator.follow('Edit');
    await page.getByText('Daily digest').click();
    await press('Save');
    await sees('A digest each day');
    await operator.follow('Lists');
    await press('Pause');
    await page.locator('.card.paused').waitFor();
    await press('Remove');
    await operator.heading('No list yet');
    await page.goto('about:blank');
    await until('the list is gone', async () => {
      const { items } = await laptop.api<{ items: unknown[] }>('GET', '/v1/lists');
      return items.length === 0;
    });
    expect(operator.complaints).toEqual([]);
  });
});
