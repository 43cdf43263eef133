/**
 * The dashboard in a real browser, on `npm start`: the journey of a subscriber, at the width of a desktop and of a phone.
 * Skipped where there is no browser (CHROMIUM, or Debian's).
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type Laptop, startLaptop, until } from '../e2e/laptop.ts';
import { entry, type Publisher, rss, startPublisher } from '../e2e/publisher.ts';
import { hasBrowser, layoutShift, openBrowser, sizes, type VisitOptions } from './browser.ts';
import { type Walk, walk } from './walk.ts';

/** An alert takes its time: the source is polled every 15 seconds. */
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

interface Reader {
  readonly options: VisitOptions;
  readonly address: string;
  readonly phone: string;
  readonly query: string;
  readonly reading: string;
  /** Was there before the watch, and matches it. */
  readonly old: ReturnType<typeof entry>;
  readonly news: ReturnType<typeof entry>;
  readonly marks: readonly string[];
}

const readers: Readonly<Record<string, Reader>> = {
  desktop: {
    options: sizes.desktop,
    address: 'mina@example.com',
    phone: '+12025550123',
    query: 'strike (port OR harbour)',
    reading: 'strike AND (port OR harbour)',
    old: entry('old', 'A strike closed the harbour last week'),
    news: entry('new', 'Dockers’ strike closes São Aldo harbour', 'The first strike since spring.'),
    marks: ['strike', 'harbour', 'strike'],
  },
  phone: {
    options: { ...sizes.phone, colorScheme: 'dark' },
    address: 'jun@example.com',
    phone: '+12025550124',
    query: 'comet -film',
    reading: 'comet AND -film',
    old: entry('old-comet', 'A comet was seen in autumn'),
    news: entry('new-comet', 'Observatory finds a comet beyond Saturn', 'It is the third of the year.'),
    marks: ['comet'],
  },
};
const read = Object.values(readers).map(({ old }) => old);
const pageOf = ({ id }: Reader['old']) => `http://news.example/${id}`;
const readToken = `localStorage.getItem('tocsin-token')`;

describe.skipIf(!hasBrowser)('the dashboard of a subscriber', () => {
  let data: string;
  let publisher: Publisher;
  let laptop: Laptop;
  let browser: Browser;

  beforeAll(async () => {
    data = mkdtempSync(join(tmpdir(), 'tocsin-web-'));
    publisher = await startPublisher();
    publisher.publish('/news.xml', rss(read));
    const args = ['--no-samples', '--source', `${publisher.url}/news.xml`];
    laptop = await startLaptop({ data, args });
    const { items } = await laptop.api<{ items: { id: string }[] }>('GET', '/v1/sources');
    await laptop.api('PATCH', `/v1/sources/${items[0]!.id}`, { intervalSeconds: 15 });
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await laptop?.stop();
    await publisher?.close();
    rmSync(data, { recursive: true, force: true });
  });

  test.concurrent.each(Object.entries(readers))('at the width of a %s', async (_, reader) => {
    const person = await walk(browser, laptop, reader.options);
    await signUp(person, reader);
    await until('the source is read', async () => publisher.polls('/news.xml') > 0);
    await writeWatch(person, reader);
    await restWatch(person);
    await changeWatchByKeyboard(person);
    read.unshift(reader.news);
    publisher.publish('/news.xml', rss(read));
    await addPhone(person, reader);
    await readAlert(person, reader);
    await askWhy(person, reader);
    await muteFromAlert(person);
    await meetTrouble(person);
    await readInKorean(person, reader);
    await signInByText(person, reader);
    await leave(person);
    expect(person.complaints).toEqual([]);
  });

  async function signUp(person: Walk, { address }: Reader): Promise<void> {
    const { page, press, writes, sees, received } = person;
    await page.goto(laptop.url);
    await press('New here? Make an account');
    await writes('E-mail address or mobile number', address);
    await person.isSound();
    await press('Make an account');
    await writes('The link from the mail', await received(address, /https?:\/\/\S*confirm\S*/));
    await person.isSound();
    await press('Confirm, and send me a code');
    await writes('Code from the message', 'ABCD-0000');
    await press('Sign in');
    await sees('That code is wrong or too old');
    person.forgive(); // of the 422
    await writes('Code from the message', await received(address, /^\w{4}-\w{4}$/m));
    await press('Sign in');
    await person.heading('Nothing has rung yet');
    await person.isSound();
  }

  /** Errors stand where they are, the preview follows what is written. */
  async function writeWatch(person: Walk, { query, reading, old }: Reader): Promise<void> {
    const { page, writes, sees } = person;
    await person.follow('New watch');
    await writes('Listen for', 'strike NEAR/5 "port');
    await sees('This quotation mark is never closed');
    expect(await page.locator('.underlay mark').textContent()).toBe('"');
    expect(await page.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true);
    await person.isSound();
    await writes('Listen for', query);
    await sees(reading);
    await page.locator('.preview li', { hasText: old.title }).waitFor();
    await writes('Name', 'Mine');
    await person.press('Save');
    await sees('“Mine” is saved.');
  }

  /** Paused, snoozed and removed, each with a way back. */
  async function restWatch(person: Walk): Promise<void> {
    const { page, press, sees } = person;
    await press('Pause');
    await page.locator('.card.paused').waitFor();
    await press('Go on');
    await page.locator('.card:not(.paused)').waitFor();
    await press('Snooze');
    await person.isSound();
    await press('For a week');
    await sees('Snoozed until');
    await press('Wake up');
    await page.locator('.card:not(.paused)').waitFor();
    await press('Remove');
    await person.heading('What should Tocsin listen for?');
    await press('Undo');
    await page.getByRole('link', { name: 'Mine' }).waitFor();
  }

  async function changeWatchByKeyboard({ page, press, sees, follow, isSound }: Walk): Promise<void> {
    await page.getByRole('link', { name: 'Mine' }).focus();
    await page.keyboard.press('Enter');
    await page.getByLabel('Listen for').waitFor();
    await page.getByLabel('At once').focus();
    await page.keyboard.press('ArrowRight');
    await page.getByLabel('Name').focus();
    await page.keyboard.press('Enter');
    await page.locator('.card', { hasText: 'Hourly digest' }).waitFor();
    await follow('Edit');
    await press('Did it ring?');
    await sees('No: it was no news.');
    await page.getByText('Weekly digest').click();
    await page.getByLabel('On day').selectOption('Friday');
    await page.getByLabel('At', { exact: true }).fill('07:30');
    await press('Make an address');
    await sees('/v1/feeds/');
    await isSound();
    await press('Save');
    await page.locator('.card', { hasText: 'Weekly digest' }).waitFor();
    await follow('Edit');
    expect(await page.getByLabel('On day').inputValue()).toBe('5');
    await page.getByText('At once').click();
    await press('Save');
    await page.locator('.card', { hasText: 'At once' }).waitFor();
  }

  async function addPhone(person: Walk, { address, phone }: Reader): Promise<void> {
    const { page, press, sees, writes } = person;
    await person.follow('Channels');
    await page.locator('.card', { hasText: address }).getByText('Confirmed').waitFor();
    await press('Add a channel');
    await page.getByText('Text message').first().click();
    await writes('Address', phone);
    await page.locator('form').getByRole('button', { name: 'Add a channel' }).click();
    const card = page.locator('li.card', { hasText: phone });
    await card.getByText('Not confirmed yet').waitFor();
    await sees('Text messages this month');
    await person.isSound();
    await card.getByLabel('Code').fill(await person.received(phone, /\w{4}-\w{4}/));
    await card.getByRole('button', { name: 'Confirm' }).click();
    await card.getByText('Confirmed').waitFor();
    await card.getByText('Quiet hours').click();
    await card.getByRole('button', { name: 'Save' }).click();
    await card.getByText('Quiet from 22:00 to 07:00').waitFor();
    await card.getByRole('button', { name: 'No quiet hours' }).click();
    await card.getByText('Quiet hours', { exact: true }).waitFor();
  }

  /** It appears without reloading; why, when and where are told. */
  async function readAlert(person: Walk, { news, query, marks, address }: Reader): Promise<void> {
    const { page, press, sees } = person;
    await person.follow('Alerts');
    await page.getByRole('link', { name: news.title }).waitFor({ timeout: 180_000 });
    expect(await page.locator('.alert mark').allTextContents()).toEqual(marks);
    await press('Why and when');
    await sees(query);
    await page.locator('.deliveries li', { hasText: address }).getByText('Sent').waitFor();
    expect(await page.locator('.steps li').count()).toBe(4);
    await person.isSound();
    const search = page.getByLabel('Search');
    await search.fill('nowhere to be found');
    await person.heading('No alert says “nowhere to be found”');
    await search.fill(news.title.split(' ')[0]!);
    await page.getByRole('link', { name: news.title }).waitFor();
    await search.fill('');
    await page.waitForURL(`${laptop.url}/`);
  }

  /** “Why did I not get this?” of news, of what was old, and of a page that nobody reads. */
  async function askWhy(person: Walk, { news, old }: Reader): Promise<void> {
    const { page, press, sees, writes } = person;
    await person.follow('Missing a story? Find out why it did not ring.');
    const ask = async (url: string) => {
      await writes('Address of the article', url);
      await press('Find out');
    };
    await ask(pageOf(news));
    await page.locator('.card', { hasText: 'It rang' }).locator('.clauses .yes').first().waitFor();
    await person.isSound();
    await ask(pageOf(old));
    await sees('No: it was no news.');
    await ask('https://elsewhere.example/story');
    await sees('No source here is of that site');
    await person.isSound();
    person.forgive(); // of the 404
  }

  async function muteFromAlert(person: Walk): Promise<void> {
    const { page, press, sees } = person;
    await person.follow('Alerts');
    await press('Why and when');
    await press('Mute: Mine');
    await sees('“Mine” is muted.');
    await press('Undo');
    await page.getByRole('button', { name: 'Mute: Mine' }).click();
    await page.getByRole('button', { name: 'Go on: Mine' }).waitFor();
    await person.follow('Watches');
    await page.locator('.card.paused', { hasText: 'Mine' }).waitFor();
    await press('Remove');
    await person.heading('What should Tocsin listen for?');
  }

  /** What was shown stays when the connection is lost; what is refused can be tried again. */
  async function meetTrouble(person: Walk): Promise<void> {
    const { page, context, press, sees } = person;
    expect(person.complaints).toEqual([]);
    await person.follow('Alerts');
    await context.setOffline(true);
    await sees('No connection');
    await page.locator('.alert').first().waitFor();
    await context.setOffline(false);
    await page.getByText('No connection').first().waitFor({ state: 'detached' });
    await page.route('**/v1/me', (route) => route.fulfill({ status: 503, body: '' }));
    await person.follow('Account');
    await sees('Busy right now.');
    await person.isSound();
    await page.unroute('**/v1/me');
    await press('Try again');
    await sees('Access tokens');
    person.forgive(); // of what was meant to fail
    await page.getByLabel('Write to me each Monday').click();
    await sees('Saved.');
    await page.reload();
    await page.getByLabel('Write to me each Monday').and(page.locator(':checked')).waitFor();
  }

  async function readInKorean({ page }: Walk, { news, options }: Reader): Promise<void> {
    const token = await page.evaluate<string>(readToken);
    const person = await walk(browser, laptop, { ...options, locale: 'ko-KR', token });
    await person.page.goto(laptop.url);
    await person.page.getByRole('link', { name: news.title }).waitFor();
    expect(await layoutShift(person.page)).toBeLessThan(0.05);
    await person.isSound();
    for (const name of ['감시어', '채널', '목록', '계정', '알림']) {
      await person.page.getByRole('navigation').getByRole('link', { name }).click();
      await person.page.getByRole('heading', { name, level: 1 }).waitFor();
      await person.page.waitForLoadState('networkidle');
      await person.isSound();
    }
    expect(person.complaints).toEqual([]);
    await person.context.close();
  }

  async function signInByText(person: Walk, { phone }: Reader): Promise<void> {
    const { press, writes } = person;
    const before = await codesTo(phone);
    await press('Sign out');
    await writes('E-mail address or mobile number', phone);
    await press('Send me a code');
    const code = await until('a new code', async () => (await codesTo(phone)).slice(before.length)[0]);
    await writes('Code from the message', code);
    await press('Sign in');
    await person.follow('Account');
    await person.heading('Account');
  }

  async function codesTo(phone: string): Promise<string[]> {
    const messages = await laptop.inbox();
    const found = messages.filter(({ to }) => to === phone).reverse(); // oldest first
    return found.flatMap(({ body }) => /\b[A-Z0-9]{4}-[A-Z0-9]{4}\b/.exec(body)?.[0] ?? []);
  }

  async function leave(person: Walk): Promise<void> {
    const { page, press } = person;
    const token = await page.evaluate<string>(readToken);
    await person.follow('Account');
    await press('Erase my account');
    await person.isSound();
    await press('Yes, erase everything');
    await person.heading('News you asked for');
    await expect(laptop.api('GET', '/v1/me', undefined, token)).rejects.toThrow('401');
  }
});
