/** A list from its making to a member's leaving: whoever follows it, by mail or webhook, is told by one publish. */
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { confirmationLink, confirmMail, type Laptop, until } from './laptop.ts';
import { entry, type Publisher, rss } from './publisher.ts';
import { type Scene, startScene } from './scene.ts';
import type { Webhook } from './webhook.ts';

/** Sources are dispatched with the minute. */
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

const NOBODY = '';

interface List {
  readonly id: string;
  readonly url: string;
  readonly members: { readonly confirmed: number; readonly pending: number };
}

const members = async (id: string) => (await laptop.api<List>('GET', `/v1/lists/${id}`)).members;
const old = entry('old', 'A comet passed last week', 'Nobody is told of this one.');
const first = entry('first', 'Comet Aldo seen from the harbour', 'A comet with two tails.');
const second = entry('second', 'The comet is gone for a century', 'Another comet is due in spring.');

test('all members are told by one publish, and who has left is told no more', async () => {
  publisher.publish('/sky.xml', rss([old]));
  const { id, url } = await laptop.api<List>('POST', '/v1/lists', { name: 'Comets', query: 'comet' });
  expect(url).toMatch(new RegExp(`/lists/${id}$`));

  const mails = ['ann@example.org', 'ben@example.org'] as const;
  const join = (kind: string, address: string) =>
    laptop.api('POST', `/v1/lists/${id}/members`, { kind, address }, NOBODY);
  for (const address of mails) await join('email', address);
  await join('webhook', hook.url);
  await confirmMail(laptop.inbox, 'ann@example.org');
  const link = await confirmationLink(laptop.inbox, 'ben@example.org');
  await laptop.api('POST', '/v1/channels/confirm', { link }, NOBODY);
  await until('three members', async () => (await members(id)).confirmed === 3);

  await laptop.establishSource(`${publisher.url}/sky.xml`);
  publisher.publish('/sky.xml', rss([first, old]));
  const [ann, ben] = await Promise.all(
    mails.map((address) => until(`a mail to ${address}`, async () => (await laptop.alertsTo(address))[0])),
  );
  const post = await until('the post', async () => hook.notifications()[0]);
  expect(new Set([ann!.at, ben!.at, post.Timestamp])).toEqual(new Set([ann!.at]));
  expect(ann!.subject).toBe('Comet Aldo seen from the harbour');
  expect(ann!.body).toContain('*comet* with two tails');
  expect(ann!.body).toContain(url);
  expect(JSON.parse(post.Message as string)).toMatchObject({ version: 1, kind: 'alert', list: url });

  await fetch(/http\S+unsubscribe\S+/.exec(ben!.body)![0]);
  expect(await members(id)).toMatchObject({ confirmed: 2, pending: 0 });
  publisher.publish('/sky.xml', rss([second, first, old]));
  await until('the second mail', async () => (await laptop.alertsTo('ann@example.org'))[1]);
  await until('the second post', async () => hook.notifications()[1]);
  expect(await laptop.alertsTo('ben@example.org')).toHaveLength(1);

  const told = await laptop.api<{ items: { title: string }[] }>(
    'GET',
    `/v1/lists/${id}/alerts`,
    undefined,
    NOBODY,
  );
  expect(told.items.map(({ title }) => title)).toEqual([second.title, first.title]);

  await laptop.api('DELETE', `/v1/lists/${id}`);
  await expect(members(id)).rejects.toThrow('404');
});
