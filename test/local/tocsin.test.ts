import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { startTocsin, type Tocsin, type TocsinOptions } from '../../local/runner/tocsin.ts';

const assembly = join(import.meta.dirname, 'fixtures/assembly');

let data: string;
let running: Tocsin[];
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'tocsin-run-'));
  running = [];
});
afterEach(async () => {
  for (const tocsin of running) await tocsin.stop();
  rmSync(data, { recursive: true });
});

async function start(options: Partial<TocsinOptions> = {}): Promise<Tocsin> {
  const tocsin = await startTocsin({ data, port: 0, assembly, ...options });
  running.push(tocsin);
  return tocsin;
}

async function stop(tocsin: Tocsin): Promise<void> {
  running.splice(running.indexOf(tocsin), 1);
  await tocsin.stop();
}

const log = () => {
  const file = join(data, 'logs/Sample-Worker.log');
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
};
const sent = { body: 'fail' };

test('answers HTTP by the function of the route', async () => {
  const { url } = await start();
  const answer = await fetch(`${url}/v1/health?a=1`);
  expect([answer.status, answer.headers.get('set-cookie')]).toEqual([200, 'a=1']);
  expect(await answer.json()).toMatchObject({ rawPath: '/v1/health', queryStringParameters: { a: '1' } });
});

test('runs schedules at once, and queues through their functions', async () => {
  const { services, url } = await start();
  await vi.waitFor(() => expect(log()).toContain('tick'), 10_000);
  services.sqs.send('Sample-Work', { body: 'good' });
  await vi.waitFor(
    () => expect(services.sqs.counts('Sample-Work')).toMatchObject({ visible: 0, inFlight: 0 }),
    10_000,
  );
  expect(JSON.parse(readFileSync(join(data, 'outputs.json'), 'utf8'))).toEqual({
    Sample: { ApiUrl: url, WorkQueueUrl: services.queueUrl('Sample-Work') },
  });
});

test('a function may call what its role allows and nothing else', async () => {
  const warnings: string[] = [];
  const { url, services } = await start({ warn: (message) => void warnings.push(message) });
  const send = (accessKeyId: string) =>
    new SQSClient({
      endpoint: url,
      region: 'us-east-1',
      credentials: { accessKeyId, secretAccessKey: 'local' },
    }).send(new SendMessageCommand({ QueueUrl: services.queueUrl('Sample-DeadLetters'), MessageBody: 'x' }));
  await expect(send('Sample-Worker')).rejects.toThrow(/Sample-Worker.*sqs:SendMessage.*Sample-DeadLetters/s);
  expect(warnings).toEqual([expect.stringContaining('sqs:SendMessage')]);
  await expect(send('Nobody')).rejects.toThrow();
  await expect(send('operator')).resolves.toHaveProperty('MessageId');
});

test('what was in flight is received again after a restart', async () => {
  const first = await start();
  first.services.sqs.send('Sample-Work', sent);
  const inFlight = (tocsin: Tocsin) => tocsin.services.sqs.counts('Sample-Work').inFlight;
  await vi.waitFor(() => expect(inFlight(first)).toBe(1), 10_000);
  await stop(first);
  const second = await start();
  await vi.waitFor(
    () => expect(second.services.sqs.messages('Sample-Work')).toMatchObject([{ receiveCount: 2 }]),
    10_000,
  );
});

test('--fresh forgets what was there and leaves what is not ours', async () => {
  const first = await start();
  first.services.sqs.send('Sample-DeadLetters', sent);
  writeFileSync(join(data, 'notes.txt'), 'mine');
  await stop(first);
  const second = await start({ fresh: true });
  expect(second.services.sqs.messages('Sample-DeadLetters')).toEqual([]);
  expect(existsSync(join(data, 'notes.txt'))).toBe(true);
});

test('what is to be there is set up before the first tick, and before others are let in', async () => {
  let before: unknown;
  const { url } = await start({
    prepare: async (tocsin) => {
      const request = { method: 'GET', target: '/', rawHeaders: [], body: Buffer.alloc(0), sourceIp: '' };
      const inside = await tocsin.answer(request);
      const outside = await fetch(tocsin.url);
      before = [inside.status, outside.status, log()];
    },
  });
  expect(before).toEqual([200, 503, '']);
  expect((await fetch(url)).status).toBe(200);
  await vi.waitFor(() => expect(log()).toContain('tick'), 10_000);
});

test('a killed runner leaves no process behind', async () => {
  const module = join(import.meta.dirname, '../../local/runner/tocsin.ts');
  const options = JSON.stringify({ data, port: 0, assembly });
  const script = `const { startTocsin } = await import(${JSON.stringify(module)});
    console.log((await startTocsin(${options})).url);`;
  const runner = spawn(process.execPath, ['--input-type=module', '-e', script]);
  const [url] = await once(runner.stdout.setEncoding('utf8'), 'data');
  const answer = await fetch(url.trim());
  const pid = Number(answer.headers.get('x-pid'));
  expect(process.kill(pid, 0)).toBe(true);
  runner.kill('SIGKILL');
  await vi.waitFor(() => expect(() => process.kill(pid, 0)).toThrow('ESRCH'), 10_000);
  await start(); // the lock is free and the database lets go of its file
});

describe('what stops the start says what to do, and leaves nothing running', () => {
  test('a second runner on one folder', async () => {
    await start();
    await expect(start()).rejects.toThrow(/already runs on .*\(process \d+\)\. Stop it, or choose another/);
  });

  test('a taken port', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    await expect(start({ port })).rejects.toThrow(`Port ${port} is taken`);
    server.close();
    await start();
  });

  test.each(['dynamo.db', 'sqs.sqlite', 'sns.sqlite'])('a corrupt %s', async (file) => {
    writeFileSync(join(data, file), 'this is not SQLite, and it is long enough to be looked at'.repeat(100));
    await expect(start()).rejects.toThrow(new RegExp(`${file} cannot be read.*--fresh`));
    await start({ fresh: true });
  });

  test('a failing set-up', async () => {
    const prepare = () => Promise.reject(new Error('no such feed'));
    await expect(start({ prepare })).rejects.toThrow('no such feed');
    await start();
  });
});
