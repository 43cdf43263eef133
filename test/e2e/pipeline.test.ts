/** Feed to e-mail, SMS and webhook, through the assembly that `cdk deploy` installs, with every role enforced. */
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { confirmMail, type Laptop, type Reader, until } from './laptop.ts';
import { entry, type Publisher, rss } from './publisher.ts';
import { type Scene, startScene } from './scene.ts';
import type { Webhook } from './webhook.ts';

/** Sources are dispatched, and holds looked at again, with the minute. */
vi.setConfig({ testTimeout: 400_000, hookTimeout: 400_000 });

let scene: Scene;
let publisher: Publisher;
let laptop: Laptop;
let hook: Webhook;

beforeAll(async () => {
  scene = await startScene();
  ({ publisher, laptop, hook } = scene);
});
afterAll(() => scene?.close());

const old = entry('old', 'A strike closed the harbour last week', 'Nobody is told of this one.');

describe('one article, three channels', () => {
  let reader: Reader;
  const news = entry('new', 'Dockers’ strike closes São Aldo harbour', 'The first strike since spring.');

  beforeAll(async () => {
    publisher.publish('/one.xml', rss([old]));
    reader = await laptop.subscriber([
      { kind: 'email', address: 'reader@example.org' },
      { kind: 'sms', address: '+15555550100' },
      { kind: 'webhook', address: hook.url },
    ]);
    await reader.watch({ name: 'Strikes', query: 'strike NEAR/5 (port OR harbour)' });
    await reader.watch({ name: 'São Aldo', query: '"sao aldo" -football' });
    await reader.watch({ name: 'Elsewhere', query: 'strike football' });
    await laptop.establishSource(`${publisher.url}/one.xml`);
    publisher.publish('/one.xml', rss([news, old]));
  });

  test('each channel is told of it once, naming both watches that matched', async () => {
    const mail = await until('the mail', async () => (await laptop.alertsTo('reader@example.org'))[0]);
    const text = await until('the text', async () => (await laptop.alertsTo('+15555550100'))[0]);
    const post = await until('the webhook', async () => hook.notifications()[0]);
    expect(mail.subject).toContain("Dockers' strike closes");
    expect(mail.body).toContain('Strikes');
    expect(mail.body).toContain('São Aldo');
    expect(mail.body).not.toContain('Elsewhere');
    expect(mail.body).toContain('http://news.example/new');
    expect(text.body).toContain('strike');
    expect(JSON.parse(post.Message as string)).toMatchObject({ version: 1 });
  });

  test('the alert keeps when each step saw it, and every delivery is sent', async () => {
    const alert = await until('every delivery sent', async () => {
      const [first] = await laptop.alerts(reader.token);
      return first?.deliveries.every(({ state }) => state === 'sent') && first;
    });
    expect(alert.deliveries).toHaveLength(3);
    const { publishedAt, seenAt, matchedAt, sentAt } = alert;
    const times = [publishedAt, seenAt, matchedAt, sentAt];
    expect([...times].sort()).toEqual(times);
  });

  test('what was there before the source was added alerted nobody', async () => {
    const after = entry(
      'after',
      'Another strike in another port',
      'A later article, to know that all is done.',
    );
    publisher.publish('/one.xml', rss([after, news, old]));
    await until('the later mail', async () =>
      (await laptop.alertsTo('reader@example.org')).find(({ subject }) => subject?.includes('another port')),
    );
    await until('the later post', async () => hook.notifications().length > 1);
    expect(await laptop.alertsTo('reader@example.org')).toHaveLength(2);
    expect(hook.notifications()).toHaveLength(2);
  });
});

test('an alert is held until its channel is confirmed, then sent', async () => {
  const address = 'later@example.org';
  const reader = await laptop.subscriber([{ kind: 'email', address }], { confirm: false });
  await reader.watch({ name: 'Lighthouse', query: 'lighthouse' });
  publisher.publish('/two.xml', rss([old]));
  await laptop.establishSource(`${publisher.url}/two.xml`);
  publisher.publish('/two.xml', rss([entry('light', 'An old lighthouse is lit again'), old]));
  await until('a held delivery', async () => {
    const [alert] = await laptop.alerts(reader.token);
    return alert?.deliveries.some(({ state, why }) => state === 'waiting' && why === 'channel-pending');
  });
  expect(await laptop.alertsTo(address)).toEqual([]);
  await confirmMail(laptop.inbox, address);
  const mail = await until('the mail', async () => (await laptop.alertsTo(address))[0]);
  expect(mail.subject).toContain('lighthouse');
});
