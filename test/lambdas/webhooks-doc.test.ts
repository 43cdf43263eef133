/** What docs/webhooks.md tells receivers: its code and its schema, run against what we send. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { heartbeatMessage } from '../../core/message/heartbeat-message.ts';
import { alertMessage, digestMessage } from '../../core/message/message.ts';
import { lossNotice } from '../../core/message/notice-message.ts';
import type { Alert, Subscriber } from '../../core/model.ts';
import { startTables, type Tables } from '../tables.ts';

const root = join(import.meta.dirname, '../..');
const doc = readFileSync(join(root, 'docs/webhooks.md'), 'utf8');
const block = (name: string) => new RegExp(`\`\`\`${name}\\n(.*?)\n\`\`\``, 's').exec(doc)![1]!;

const now = '2026-11-23T12:00:00.500Z';
const minutes = (count: number) => Date.parse(now) + count * 60_000;

type ReadMessage = (message: string, secret: string, isNew: (id: string) => boolean, now: number) => unknown;

let folder: string;
let tables: Tables;
let readMessage: ReadMessage;
let signature: typeof import('../../lambdas/delivery/webhook-signature.ts');

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tocsin-webhooks-'));
  const file = join(folder, 'verify.mjs');
  writeFileSync(file, block('js verify'));
  readMessage = (await import(pathToFileURL(file).href)).readMessage;
  tables = await startTables();
  signature = await import('../../lambdas/delivery/webhook-signature.ts');
});
afterAll(() => {
  rmSync(folder, { recursive: true });
  tables.stop();
});

const isNew = () => true;
const payload = JSON.stringify({ version: 1, kind: 'alert' });
const signed = () => signature.signWebhook('hook', 'hook/story', payload, now);

describe('the verification', () => {
  test('reads what was signed with the secret, within an hour, once', async () => {
    const secret = await signature.webhookSecret('hook');
    expect(secret).toMatch(/^whsec_[\w+/]{43}=$/);
    expect(readMessage(await signed(), secret, isNew, minutes(59))).toEqual(JSON.parse(payload));
    const seen = new Set<string>();
    const once = (id: string) => !seen.has(id) && !!seen.add(id);
    expect(readMessage(await signed(), secret, once, minutes(0))).toBeDefined();
    expect(readMessage(await signed(), secret, once, minutes(1))).toBeUndefined();
  });

  test('refuses what is older, or for another, or changed', async () => {
    const secret = await signature.webhookSecret('hook');
    const message = await signed();
    expect(() => readMessage(message, secret, isNew, minutes(61))).toThrow('Too old');
    const changes = [
      { id: 'other' },
      { timestamp: minutes(1) / 1000 },
      { payload: '{}' },
      { signature: 'v1,' },
    ];
    for (const change of changes) {
      const changed = JSON.stringify({ ...JSON.parse(message), ...change });
      expect(() => readMessage(changed, secret, isNew, minutes(0))).toThrow('Not signed');
    }
    const other = await signature.webhookSecret('other');
    expect(() => readMessage(message, other, isNew, minutes(0))).toThrow('Not signed');
    expect(() => readMessage('{"version":2}', secret, isNew, minutes(0))).toThrow('Unknown version');
  });
});

describe('the schema', () => {
  const schema = z.fromJSONSchema(JSON.parse(block('json schema')));
  const messages = join(root, 'test/fixtures/messages');
  const names = readdirSync(messages).filter((name) => name.endsWith('.json'));

  test.each(names)('describes %s', (name) => {
    const text = readFileSync(join(messages, name), 'utf8');
    const { subscriber, alerts } = JSON.parse(text) as { subscriber: Subscriber; alerts: Alert[] };
    for (const { body } of [
      alertMessage.webhook(alerts[0]!, subscriber, { act: '', manage: '' }),
      digestMessage.webhook(alerts, subscriber, { act: '', manage: '' }),
    ]) {
      expect(schema.safeParse(JSON.parse(body)).error).toBeUndefined();
    }
    const page = { act: '', manage: 'https://web.example/lists/k3j9x0a7m2p5q8r1' };
    for (const { payload } of [
      alertMessage.list(alerts[0]!, subscriber, page),
      digestMessage.list(alerts, subscriber, page),
    ]) {
      expect(schema.parse(JSON.parse(payload!))).toMatchObject({ list: page.manage });
    }
  });

  test('describes a notice', () => {
    const lost = {
      id: 'c',
      subscriberId: 's',
      kind: 'sms',
      address: '+821012345678',
      state: 'gone',
    } as const;
    const { body } = lossNotice({ ...lost, createdAt: now }, 'gone', 'webhook', 'https://web.example/');
    expect(schema.safeParse(JSON.parse(body)).error).toBeUndefined();
  });

  test('describes a heartbeat', () => {
    const reading = { articles: 1_212, healthySources: 14, sources: 14 };
    const week = { until: now, matches: 3, watches: [{ name: 'Strikes', matches: 3 }] };
    const { body } = heartbeatMessage.webhook({ ...reading, ...week });
    expect(schema.safeParse(JSON.parse(body)).error).toBeUndefined();
  });

  test.each([{}, { version: 1, kind: 'alert' }, { version: 1, kind: 'digest', alerts: [{}], more: 0 }])(
    'does not describe %j',
    (given) => expect(schema.safeParse(given).success).toBe(false),
  );
});
