/** The journey of docs/api.md, as a reader copies and pastes it, runs on a laptop from its first line to its last. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type Laptop, startLaptop } from './laptop.ts';

/** Sources are dispatched with the minute. */
vi.setConfig({ testTimeout: 400_000, hookTimeout: 400_000 });

const guide = readFileSync('docs/api.md', 'utf8');
const tools = ['bash', 'curl', 'jq'];
const missing = tools.filter((tool) => spawnSync(tool, ['--version']).error);

let data: string;
let laptop: Laptop;
beforeAll(async () => {
  if (missing.length > 0) return;
  data = mkdtempSync(join(tmpdir(), 'tocsin-e2e-'));
  laptop = await startLaptop({ data, args: [] });
});
afterAll(async () => {
  await laptop?.stop();
  if (data) rmSync(data, { recursive: true, force: true });
});

function journey(): string {
  const blocks = [...guide.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, block]) => block);
  return blocks
    .join('\n')
    .replace('http://127.0.0.1:4747', laptop.url)
    .replace('.tocsin/operator-token', join(data, 'operator-token'));
}

test.skipIf(missing.length > 0)(`copied and pasted (needs ${tools.join(', ')})`, async () => {
  const shell = spawn('bash', ['-u'], { stdio: ['pipe', 'pipe', 'pipe'] });
  const output = Promise.all([text(shell.stdout), text(shell.stderr)]);
  shell.stdin.end(journey());
  const [code] = await once(shell, 'exit');
  const [said, complaints] = await output;
  expect({ code, complaints }).toEqual({ code: 0, complaints: '' });
  // One of each station, in order: signed up, confirmed, in, watching, alerted, explained, changed, gone.
  const stations = [
    '"message": "If this address can be used',
    '204',
    '"state": "confirmed"',
    '"reading": "earthquake OR 지진"',
    '/v1/docs#invalid-query',
    '"deliveries": [',
    '"outcome": "alerted"',
    '/v1/docs#article-not-seen',
    '<title>Harbours and robots</title>',
    '"exportedAt"',
    '"remains"',
    '"token": "tocsin_sub_',
  ];
  let at = 0;
  for (const station of stations) {
    const found = said.indexOf(station, at);
    expect(found, `${station} in ${said.slice(at)}`).toBeGreaterThanOrEqual(0);
    at = found;
  }
});
