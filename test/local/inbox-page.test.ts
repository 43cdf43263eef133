/** The inbox page in a real browser; skipped where there is none (CHROMIUM, or Debian's). */
import { existsSync } from 'node:fs';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Local, startLocal } from './services.ts';

const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';

describe.skipIf(!existsSync(executablePath))('the inbox page', () => {
  let local: Local;
  let browser: Browser;
  let page: Page;
  let complaints: string[];
  beforeAll(async () => {
    local = await startLocal();
    browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  });
  afterAll(async () => {
    await browser.close();
    await local.stop();
  });
  beforeEach(async () => {
    complaints = [];
    page = await browser.newPage();
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(String(error)));
    await page.goto(`${local.services.url}/_local/`);
    await page.waitForSelector('.state.live');
    return async () => {
      await page.close();
      expect(complaints).toEqual([]); // among them whatever the content security policy blocks
    };
  });

  const open = (text: string) => page.locator('#list a', { hasText: text }).first().click();
  const add = (message: { protocol: string; to: string; subject?: string; body: string }) =>
    local.services.inbox.add({ at: new Date().toISOString(), ...message });
  const article = async () => (await page.locator('article').textContent()) ?? '';

  test('shows a mail that arrives, its link confirms', async () => {
    const { sns } = local.services;
    const { arn } = sns.createTopic('page');
    const request = { topicArn: arn, protocol: 'email', endpoint: 'reader@example.com' };
    const subscription = sns.subscribe(request);
    await open('Subscription Confirmation');
    const [opened] = await Promise.all([page.waitForEvent('popup'), page.locator('article a').click()]);
    await opened.waitForSelector('text=Subscription confirmed');
    expect(sns.subscription(subscription.arn).confirmed).toBe(true);
  });

  test('shows markup in a message as text', async () => {
    const { inbox } = local.services;
    const at = new Date().toISOString();
    const hostile = '<img src=x onerror="document.title=1"><a href="javascript:alert(1)">x</a>';
    inbox.add({
      at,
      protocol: 'email',
      to: 'b@example.com',
      subject: hostile,
      body: `${hostile} (https://example.com/a)`,
    });
    await open('onerror');
    expect(await article()).toContain(hostile);
    const links = await page
      .locator('article a')
      .evaluateAll((all) => all.map((a) => a.getAttribute('href')));
    expect(links).toEqual(['https://example.com/a']);
    expect(await page.locator('img').count()).toBe(0);
  });

  test('shows texts as one conversation, and its reader can answer STOP', async () => {
    const { sns } = local.services;
    for (const message of ['Tremor near Arda', '지진'.repeat(40)])
      sns.publishSms('+15555550100', { message });
    await open('Tremor');
    const text = await article();
    expect(text).toContain('1 part · GSM-7 · 16 characters');
    expect(text).toContain('2 parts · UCS-2 · 80 characters');
    await page.getByRole('button', { name: 'Answer STOP' }).click();
    await page.getByRole('button', { name: 'Answer START' }).waitFor();
    expect(sns.isOptedOut('+15555550100')).toBe(true);
  });

  test('shows what a webhook was told, and the signature around it', async () => {
    const story = { title: 'Ferry runs aground', url: 'https://news.example/ferry' };
    const payload = JSON.stringify({ version: 1, kind: 'alert', story });
    const body = JSON.stringify({ version: 1, id: 's/c/story/x', payload, signature: 'v1,abc=' });
    add({ protocol: 'https', to: 'https://hook.example', body });
    await open('Ferry runs aground');
    expect(await page.locator('article h2').textContent()).toBe('Ferry runs aground');
    expect(await page.locator('article pre').textContent()).toContain('"title": "Ferry runs aground"');
    expect(await article()).toContain('v1,abc=');
    expect(await page.locator('article a').getAttribute('href')).toBe(story.url);
  });

  test.each([
    [
      'heartbeat',
      { matches: 0, articles: 1_212, healthySources: 14, sources: 14 },
      '0 matches; 1,212 articles',
    ],
    ['digest', { alerts: [{ story: { title: 'Strike' } }], more: 36 }, '37 stories: Strike'],
    ['notice', { text: 'Your phone gets no alerts' }, 'Your phone gets no alerts'],
  ])('shows the %s of a webhook by what it says', async (kind, told, title) => {
    const payload = JSON.stringify({ version: 1, kind, ...told });
    add({ protocol: 'http', to: 'http://hook.example', body: JSON.stringify({ version: 1, payload }) });
    await open(title);
    expect(await page.locator('article h2').textContent()).toContain(title);
  });

  test('shows Arabic from the right and what is around it from the left', async () => {
    add({ protocol: 'email', to: 'c@example.com', subject: 'Ports', body: 'افتتاح ميناء\nMatched by Ports' });
    await open('Ports');
    const [arabic, english] = await page.locator('article .body').evaluate((element) => {
      const box = element.getBoundingClientRect();
      const text = element.firstChild;
      const line = (from: number, to: number) => {
        const range = element.ownerDocument.createRange();
        range.setStart(text, from);
        range.setEnd(text, to);
        const { left, right } = range.getBoundingClientRect();
        return { fromLeft: left - box.left, fromRight: box.right - right };
      };
      const end = text.data.indexOf('\n');
      return [line(0, end), line(end + 1, text.data.length)];
    });
    expect(arabic!.fromRight).toBeLessThan(2);
    expect(arabic!.fromLeft).toBeGreaterThan(50);
    expect(english!.fromLeft).toBeLessThan(2);
  });

  test('filters, searches and is read by keys', async () => {
    await page.getByRole('button', { name: 'Texts' }).click();
    expect(await page.locator('#list li:visible').count()).toBe(2);
    await page.getByRole('searchbox').fill('tremor');
    expect(await page.locator('#list li:visible').count()).toBe(1);
    await page.getByRole('searchbox').blur();
    await page.keyboard.press('j');
    await page.locator('article').waitFor();
    expect(await article()).toContain('Tremor near Arda');
  });

  test('shows one pane at a time on a phone', async () => {
    await page.setViewportSize({ width: 390, height: 800 });
    await open('Tremor');
    await page.locator('article').waitFor();
    expect(await page.locator('#list').isVisible()).toBe(false);
    await page.getByRole('link', { name: 'Inbox' }).click();
    await page.locator('#list').waitFor();
    expect(await page.locator('article').isVisible()).toBe(false);
  });
});
