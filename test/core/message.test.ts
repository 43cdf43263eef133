/**
 * Messages as their readers see them: each `*.json` of the fixtures has what it becomes beside it. `vitest -u`
 * writes those anew.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { emailSubject } from '../../core/message/email-subject.ts';
import { alertMessage, digestMessage } from '../../core/message/message.ts';
import { failureNotice, lossNotice } from '../../core/message/notice-message.ts';
import type { Alert, Channel, ChannelKind, Subscriber } from '../../core/model.ts';
import { segments } from '../../core/sms.ts';
import { corpus, readJsonl } from '../corpus.ts';

const folder = join(import.meta.dirname, '../fixtures/messages');
const stems = readdirSync(folder).flatMap((name) => (name.endsWith('.json') ? [name.slice(0, -5)] : []));
const kinds: readonly ChannelKind[] = ['email', 'sms', 'webhook', 'list'];

const links = {
  act: 'https://api.example/a/c3Vic2NyaWJlci5jaGFubmVs',
  manage: 'https://news.example.org/',
};

const listLinks = { act: '', manage: 'https://news.example.org/lists/k3j9x0a7m2p5q8r1' };

interface Fixture {
  readonly subscriber: Subscriber;
  readonly alerts: readonly Alert[];
}

function readFixture(stem: string): Fixture {
  return JSON.parse(readFileSync(join(folder, `${stem}.json`), 'utf8'));
}

function compose({ subscriber, alerts }: Fixture, kind: ChannelKind) {
  const [alert] = alerts;
  const given = kind === 'list' ? listLinks : links;
  return alerts.length === 1
    ? alertMessage[kind](alert!, subscriber, given)
    : digestMessage[kind](alerts, subscriber, given);
}

const readable = (json: string) => JSON.stringify(JSON.parse(json), null, 2);

describe.each(stems)('%s', (stem) => {
  test.each(kinds)('as %s', async (kind) => {
    const { subject, body, payload } = compose(readFixture(stem), kind);
    const shown = kind === 'webhook' ? readable(body) : body;
    const text = subject === undefined ? shown : `Subject: ${subject}\n\n${shown}`;
    const posted = payload === undefined ? '' : `\nTo webhooks:\n\n${readable(payload)}`;
    await expect(text + posted).toMatchFileSnapshot(join(folder, `${stem}.${kind}.txt`));
  });
});

const at = '2026-11-23T08:00:00.000Z';

test.each(['email', 'sms', 'webhook'] as const)('what is told of other channels, as %s', async (kind) => {
  const channel = (of: ChannelKind, address: string): Channel => ({
    ...{ id: of, subscriberId: 'ana', kind: of, address, state: 'gone', createdAt: at },
  });
  const mail = channel('email', 'ana@example.com');
  const phone = channel('sms', '+15550100');
  const hook = channel('webhook', 'https://ana.example/hook');
  const notices = [
    lossNotice(mail, 'gone', kind, links.manage),
    lossNotice(mail, 'pending', kind, links.manage),
    lossNotice(phone, 'gone', kind, links.manage),
    lossNotice(hook, 'gone', kind, links.manage),
    failureNotice(mail, kind, links.manage),
    failureNotice(hook, kind, links.manage),
  ];
  const told = notices.map(({ subject, body }) => (subject ? `Subject: ${subject}\n\n${body}` : body));
  await expect(`${told.join('\n')}\n`).toMatchFileSnapshot(join(folder, `notices.${kind}.txt`));
});

const ana: Subscriber = { id: 'ana', timeZone: 'Asia/Seoul', createdAt: at };

function alertOf(
  article: Partial<Alert['article']>,
  watches: Partial<Alert['watches'][number]>[] = [{}],
): Alert {
  return {
    id: 'story',
    subscriberId: 'ana',
    storyId: 'story',
    article: { id: 'story', url: 'https://news.example/1', title: 'Title', sourceId: 'source', ...article },
    seenAt: at,
    matchedAt: at,
    watches: watches.map((given) => ({
      watchId: 'w',
      version: 1,
      name: 'Watch',
      query: 'news',
      matchedAt: at,
      ...given,
    })),
  };
}

const isSubject = (subject: string) => /^[\x21-\x7e]([\x20-\x7e]{0,97}[\x21-\x7e])?$/.test(subject);

test('whatever the title, a subject is printable ASCII below 100 characters, and the title stands in the body', () => {
  const texts = fc.string({ unit: 'binary', maxLength: 200 });
  fc.assert(
    fc.property(texts, texts, texts, texts, (title, sourceName, name, query) => {
      const alert = alertOf({ title, sourceName, summary: title }, [{ name, query }]);
      const { subject, body } = alertMessage.email(alert, ana, links);
      expect(subject).toSatisfy(isSubject);
      expect(subject).not.toContain('=?');
      expect(body).toContain(title.replace(/[\s\p{Cc}]+/gu, ' ').trim());
      expect(segments(alertMessage.sms(alert, ana, links).body).segments).toBe(1);
      expect(JSON.parse(alertMessage.webhook(alert, ana, links).body)).toMatchObject({ version: 1 });
    }),
    { endOnFailure: true },
  );
});

const subjects: readonly [title: string, subject: string, language?: string][] = [
  ['“Café” tax row', '"Cafe" tax row'],
  ['£5m, €4m, ¥3m or ₩2m for Łódź’s museum', "GBP 5m, EUR 4m, JPY 3m or KRW 2m for Lodz's museum"],
  ['😀 emoji 😀 first', 'emoji first'],
  ['=?utf-8?B?Zm9v?=', '= ?utf-8?B?Zm9v?='],
  ['', 'Watch: an article in Korean from news.example'],
  ['한국', 'Watch: an article from news.example', 'x-none'],
  ['HBM4 양산', 'HBM4'],
  ['삼성전자 HBM4 양산', 'Watch: an article in Korean from news.example'],
  ['word '.repeat(30), `${'word '.repeat(18)}word...`],
];

test.each(subjects)('the subject of %j is %j', (title, subject, language = 'ko') => {
  expect(emailSubject(alertOf({ title, language }).article, 'Watch')).toBe(subject);
});

describe.skipIf(corpus === undefined)('the shared subjects', () => {
  test.each(readJsonl<{ id: string; title: string }>('sms/subjects.jsonl'))('$id', ({ title }) => {
    expect(emailSubject(alertOf({ title }).article, 'Watch')).toSatisfy(isSubject);
  });
});

test('a digest of very many very long stories is one message that SNS takes', () => {
  const long = '한'.repeat(2_000);
  const watches = Array.from({ length: 100 }, () => ({ name: long, query: 'news '.repeat(800) }));
  const url = `https://news.example/${'x'.repeat(2_000)}`;
  const alert = alertOf({ title: long, summary: long, author: long, sourceName: long, url }, watches);
  const alerts = Array.from({ length: 300 }, () => alert);
  for (const kind of kinds) {
    for (const message of [alertMessage[kind](alert, ana, links), digestMessage[kind](alerts, ana, links)]) {
      expect(Buffer.byteLength(message.body)).toBeLessThan(256 * 1024);
    }
  }
  expect(digestMessage.email(alerts, ana, links).body).toMatch(
    /^300 stories .*and \d+ more, all of them at https/s,
  );
  const { alerts: shown, more } = JSON.parse(digestMessage.webhook(alerts, ana, links).body);
  expect(shown.length + more).toBe(300);
});

test('of many short stories fifty are told, the rest are titles, and of their watches twenty are named', () => {
  const watches = (count: number) => Array.from({ length: count }, (_, n) => ({ name: `Watch ${n}` }));
  const alerts = Array.from({ length: 52 }, (_, n) => alertOf({ title: `Story ${n}` }, watches(21)));
  const { body } = digestMessage.email(alerts, ana, links);
  expect(body).toContain(`\n\nand 2 more, all of them at ${links.manage}\n  Story 50\n  Story 51\n\n`);
  expect(body).toContain('52 stories for Watch 0, ');
  expect(body).not.toContain('Watch 20');
  expect(alertMessage.email(alerts[0]!, ana, links).body).toContain('\n  Watch 19: news\n  and 1 more\n\n');
  expect(alertMessage.email(alertOf({}, watches(20)), ana, links).body).not.toContain('more');
  const posted = JSON.parse(digestMessage.webhook(alerts, ana, links).body);
  expect(posted).toMatchObject({ more: 2, alerts: { length: 50 } });
  expect(posted.alerts[0].watches).toHaveLength(20);
});

test.each([
  [500, 'x'.repeat(500)],
  [501, `${'x'.repeat(497)}...`],
])('a title of %i characters takes a line of at most 500', (length, line) => {
  const { body } = alertMessage.email(alertOf({ title: ` \n${'x'.repeat(length)}` }), ana, links);
  expect(body.split('\n').slice(0, 3)).toEqual([line, '', expect.stringMatching(/^news\.example - Mon/)]);
});

test('a digest of one story says so', () => {
  const { subject, body } = digestMessage.email([alertOf({})], ana, links);
  expect(subject).toBe('1 story: Title');
  expect(body).toMatch(/^1 story for Watch\n\nTitle\n {2}news\.example - Mon/);
});

test('a list is sent both its texts in one message that SNS takes, however many and strange its stories', () => {
  const strange = '"\\'.repeat(1_000);
  const url = `https://news.example/${'x'.repeat(2_000)}`;
  const article = { title: strange, summary: strange, author: strange, sourceName: strange, url };
  const alert = alertOf(article, [{ name: strange, query: strange }]);
  const alerts = Array.from({ length: 300 }, () => alert);
  for (const { body, payload } of [
    alertMessage.list(alert, ana, listLinks),
    digestMessage.list(alerts, ana, listLinks),
  ]) {
    const structure = JSON.stringify({ default: payload, email: body });
    expect(Buffer.byteLength(structure)).toBeLessThan(256 * 1024);
  }
});

test('what a list is sent leads nowhere but to its articles and its page', () => {
  const { body, payload } = alertMessage.list(alertOf({}), ana, listLinks);
  const urls = `${body} ${payload}`.match(/https?:[^\s"]+/g) ?? [];
  expect(new Set(urls)).toEqual(new Set(['https://news.example/1', listLinks.manage]));
});

test('five other sources of a story are named, each once, and the rest counted', () => {
  const copyOf = (n: number, sourceId = `s${n}`) => ({
    id: `c${n}`,
    url: `https://paper${n}.example/`,
    title: 'Title',
    sourceId,
    seenAt: at,
  });
  const others = Array.from({ length: 7 }, (_, n) => copyOf(n));
  const copies = [copyOf(8, 'source'), ...others, copyOf(9, 's0')];
  const { body } = alertMessage.email({ ...alertOf({}), copies }, ana, links);
  const named = others.slice(0, 5).map(({ url }) => `  ${new URL(url).hostname}: ${url}`);
  expect(body).toContain(['Also in', ...named, '  and 2 more', ''].join('\n'));
  expect(digestMessage.email([{ ...alertOf({}), copies }], ana, links).body).toContain(
    'also in paper0.example, paper1.example, paper2.example, paper3.example, paper4.example and 2 more',
  );
});

test('a text takes the parts that it may, and no more than it needs', () => {
  const title = '한빛전자, 차세대 메모리 양산 시작 '.repeat(6);
  for (const parts of [1, 2, 3]) {
    const { body } = alertMessage.sms(alertOf({ title }), ana, links, parts);
    expect(segments(body).segments).toBe(parts);
  }
  expect(alertMessage.sms(alertOf({}), ana, links, 3).body).toBe('Title https://news.example/1');
});

test('a watch whose query cannot be read any more marks nothing', () => {
  const alert = alertOf({ body: 'Some news.' }, [{ query: '((' }]);
  expect(alertMessage.email(alert, ana, links).body).not.toContain('*');
});
