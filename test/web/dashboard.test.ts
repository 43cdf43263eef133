/**
 * The dashboard in a real browser, on `npm start`: the journey of a subscriber and of an operator. Skipped where
 * there is no browser (CHROMIUM, or Debian's).
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type Laptop, startLaptop, until } from '../e2e/laptop.ts';
import { entry, type Publisher, rss, startPublisher } from '../e2e/publisher.ts';
import { barriers, hasBrowser, layoutShift, openBrowser, sizes, type Visit, visit } from './browser.ts';

/** An alert takes its time: the source is polled every 15 seconds. */
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

const address = 'mina@example.com';
const old = entry('old', 'A strike closed the harbour last week');
const moreSources = (url: string) =>
  `<opml version="2.0"><body><outline text="Third" xmlUrl="${url}/third.xml"/></body></opml>`;
const readToken = `localStorage.getItem('tocsin-token')`;
const news = entry('new', 'Dockers’ strike closes São Aldo harbour', 'The first strike since spring.');

describe.skipIf(!hasBrowser)('the dashboard', () => {
  let data: string;
  let publisher: Publisher;
  let laptop: Laptop;
  let browser: Browser;
  let mina: Visit;
  let page: Page;

  beforeAll(async () => {
    data = mkdtempSync(join(tmpdir(), 'tocsin-web-'));
    publisher = await startPublisher();
    publisher.publish('/news.xml', rss([old]));
    const args = ['--no-samples', '--source', `${publisher.url}/news.xml`];
    laptop = await startLaptop({ data, args });
    const { items } = await laptop.api<{ items: { id: string }[] }>('GET', '/v1/sources');
    await laptop.api('PATCH', `/v1/sources/${items[0]!.id}`, { intervalSeconds: 15 });
    browser = await openBrowser();
    mina = await visit(browser);
    page = mina.page;
  });
  afterAll(async () => {
    await browser?.close();
    await laptop?.stop();
    await publisher?.close();
    rmSync(data, { recursive: true, force: true });
  });

  const press = (name: string | RegExp) => page.getByRole('button', { name }).click();
  const follow = (name: string) => page.getByRole('link', { name, exact: true }).first().click();
  const heading = (name: string) => page.getByRole('heading', { name }).first().waitFor();
  /** The newest message to an address in which a pattern stands. */
  const received = (to: string, pattern: RegExp) =>
    until(`a message to ${to} with ${pattern}`, async () => {
      const messages = await laptop.inbox();
      return messages.flatMap((message) =>
        message.to === to ? (pattern.exec(message.body)?.[0] ?? []) : [],
      )[0];
    });

  describe('a subscriber', () => {
    test('signs up by e-mail: pastes the link, then enters the code', async () => {
      await page.goto(laptop.url);
      await press('New here? Make an account');
      await page.getByLabel('E-mail address or mobile number').fill(address);
      expect(await barriers(page)).toEqual([]);
      await press('Make an account');
      await page
        .getByLabel('The link from the mail')
        .fill(await received(address, /https?:\/\/\S*confirm\S*/));
      await press('Confirm, and send me a code');
      await page.getByLabel('Code from the message').fill('ABCD-0000');
      await press('Sign in');
      await page.getByText('That code is wrong or too old').waitFor();
      mina.complaints.length = 0; // the browser's own line about the 422
      await page.getByLabel('Code from the message').fill(await received(address, /^\w{4}-\w{4}$/m));
      await press('Sign in');
      await heading('Nothing has rung yet');
    });

    test('writes a watch: errors stand where they are, the preview follows', async () => {
      await until('the source is read', async () => publisher.polls('/news.xml') > 0);
      await follow('New watch');
      const query = page.getByLabel('Listen for');
      await query.fill('strike NEAR/5 "port');
      await page.getByText('This quotation mark is never closed').waitFor();
      expect(await page.locator('.underlay mark').textContent()).toBe('"');
      expect(await page.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true);
      expect(await barriers(page)).toEqual([]);
      await query.fill('strike (port OR harbour)');
      await page.getByText('strike AND (port OR harbour)').waitFor();
      await page.locator('.preview li').first().waitFor();
      expect(await page.locator('.preview li mark').allTextContents()).toEqual(['strike', 'harbour']);
      await page.getByLabel('Name').fill('Harbours');
      await press('Save');
      await page.getByText('“Harbours” is saved.').waitFor();
      publisher.publish('/news.xml', rss([news, old]));
    });

    test('pauses a watch, goes on, and removes one with a way back', async () => {
      await press('Pause');
      await page.locator('.card.paused').waitFor();
      await press('Go on');
      await page.locator('.card:not(.paused)').waitFor();
      await press('Remove');
      await heading('What should Tocsin listen for?');
      await press('Undo');
      await page.getByRole('link', { name: 'Harbours' }).waitFor();
    });

    test('changes the watch, by keyboard alone', async () => {
      await page.getByRole('link', { name: 'Harbours' }).focus();
      await page.keyboard.press('Enter');
      await page.getByLabel('Listen for').waitFor();
      await page.getByLabel('At once').focus();
      await page.keyboard.press('ArrowRight');
      await page.getByLabel('Name').focus();
      await page.keyboard.press('Enter');
      await page.locator('.card', { hasText: 'Hourly digest' }).waitFor();
      await page.getByRole('link', { name: 'Edit' }).click();
      await press('Did it ring?');
      await page.getByText('No: it was no news.').waitFor();
      await page.getByText('Weekly digest').click();
      await page.getByLabel('On day').selectOption('Friday');
      await page.getByLabel('At', { exact: true }).fill('07:30');
      await press('Make an address');
      await page.getByText('/v1/feeds/').waitFor();
      expect(await barriers(page)).toEqual([]);
      await press('Save');
      await page.locator('.card', { hasText: 'Weekly digest' }).getByRole('link', { name: 'Edit' }).click();
      expect(await page.getByLabel('On day').inputValue()).toBe('5');
      await page.getByText('At once').click();
      await press('Save');
      await page.locator('.card', { hasText: 'At once' }).waitFor();
    });

    test('adds a phone, which is confirmed by a code', async () => {
      await follow('Channels');
      await page.locator('.card', { hasText: address }).getByText('Confirmed').waitFor();
      await press('Add a channel');
      await page.getByText('Text message').first().click();
      await page.getByLabel('Address').fill('+12025550123');
      await page.locator('form').getByRole('button', { name: 'Add a channel' }).click();
      const phone = page.locator('li.card', { hasText: '+12025550123' });
      await phone.getByText('Not confirmed yet').waitFor();
      expect(await barriers(page)).toEqual([]);
      await phone.getByLabel('Code').fill(await received('+12025550123', /\w{4}-\w{4}/));
      await phone.getByRole('button', { name: 'Confirm' }).click();
      await phone.getByText('Confirmed').waitFor();
      await phone.getByText('Quiet hours').click();
      await phone.getByRole('button', { name: 'Save' }).click();
      await phone.getByText('Quiet from 22:00 to 07:00').waitFor();
      await phone.getByRole('button', { name: 'No quiet hours' }).click();
      await phone.getByText('Quiet hours', { exact: true }).waitFor();
    });

    test('is told of an alert without reloading, and why and when', async () => {
      await follow('Alerts');
      await page.getByRole('link', { name: news.title }).waitFor({ timeout: 180_000 });
      expect(await page.locator('.alert mark').allTextContents()).toEqual(['strike', 'harbour', 'strike']);
      await press('Why and when');
      await page.getByText('strike (port OR harbour)').waitFor();
      await page.locator('.deliveries li', { hasText: address }).getByText('Sent').waitFor();
      expect(await page.locator('.steps li').count()).toBe(4);
      expect(await barriers(page)).toEqual([]);
    });

    test('reads it on a phone, in Korean and in the dark', async () => {
      const token = await page.evaluate<string>(readToken);
      const options = { ...sizes.phone, locale: 'ko-KR', colorScheme: 'dark' } as const;
      const phone = await visit(browser, { ...options, token });
      await phone.page.goto(laptop.url);
      await phone.page.getByRole('link', { name: news.title }).waitFor();
      expect(await layoutShift(phone.page)).toBeLessThan(0.05);
      for (const name of ['감시어', '채널', '계정', '알림']) {
        await phone.page.getByRole('navigation').getByRole('link', { name }).click();
        await phone.page.getByRole('heading', { name, level: 1 }).waitFor();
        await phone.page.waitForLoadState('networkidle');
        expect(await barriers(phone.page)).toEqual([]);
        const overflow = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';
        expect(await phone.page.evaluate(overflow)).toBe(0);
      }
      expect(phone.complaints).toEqual([]);
      await phone.context.close();
    });

    test('keeps what it showed when the connection is lost', async () => {
      expect(mina.complaints).toEqual([]);
      await mina.context.setOffline(true);
      await page.getByText('No connection').first().waitFor();
      await page.getByRole('link', { name: news.title }).waitFor();
      await mina.context.setOffline(false);
      await page.getByText('No connection').first().waitFor({ state: 'detached' });
      mina.complaints.length = 0; // the browser's own lines about requests that failed
    });

    test('leaves with everything', async () => {
      const token = await page.evaluate<string>(readToken);
      await follow('Account');
      await press('Erase my account');
      expect(await barriers(page)).toEqual([]);
      await press('Yes, erase everything');
      await heading('News you asked for');
      await expect(laptop.api('GET', '/v1/me', undefined, token)).rejects.toThrow('401');
      expect(mina.complaints).toEqual([]);
    });
  });

  test('an operator adds a source by a page of its site, pauses and removes it, and invites', async () => {
    const token = readFileSync(join(data, 'operator-token'), 'utf8').trim();
    const operator = await visit(browser);
    page = operator.page;
    await page.goto(`${laptop.url}/subscribers`);
    await press('Use an access token');
    await page.getByLabel('Access token').fill(token);
    await press('Sign in');
    await page.getByLabel('E-mail address').fill('jun@example.com');
    await press('Invite');
    await page.getByText('jun@example.com is asked to confirm.').waitFor();
    await page.getByRole('heading', { name: 'Without a name' }).click();
    await page.locator('.deliveries', { hasText: 'jun@example.com' }).waitFor();
    expect(await barriers(page)).toEqual([]);

    publisher.publish('/second.xml', rss([old]));
    const site =
      '<html><head><link rel="alternate" type="application/rss+xml" href="/second.xml"></head></html>';
    publisher.publish('/', site, 'text/html');
    await follow('Sources');
    await page.getByLabel('Address of a site or its feed').fill(publisher.url);
    await press('Find feeds');
    await press(/^Add: /);
    const card = page.locator('li.card', { hasText: '/second.xml' });
    const [opml] = await Promise.all([page.waitForEvent('download'), press('Download as OPML')]);
    expect(readFileSync(await opml.path(), 'utf8')).toContain(`${publisher.url}/news.xml`);
    const file = {
      name: 'more.opml',
      mimeType: 'text/x-opml',
      buffer: Buffer.from(moreSources(publisher.url)),
    };
    await page.getByLabel('Add from OPML').setInputFiles(file);
    await page.getByText('1 source is added.').waitFor();
    await card.getByRole('button', { name: 'Pause' }).click();
    await card.getByText('Paused').waitFor();
    expect(await barriers(page)).toEqual([]);
    await card.getByRole('button', { name: 'Remove' }).click();
    await card.waitFor({ state: 'detached' });
    await page.goto('about:blank'); // leaving the page finishes the removal
    await until('the source is gone', async () => {
      const { items } = await laptop.api<{ items: { url: string }[] }>('GET', '/v1/sources');
      return items.every(({ url }) => !url.endsWith('/second.xml'));
    });
    expect(operator.complaints).toEqual([]);
  });
});
