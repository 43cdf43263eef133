import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import { lockData } from '../../local/runner/lock.ts';

const folder = mkdtempSync(join(tmpdir(), 'tocsin-lock-'));
afterAll(() => rmSync(folder, { recursive: true }));

const module = join(import.meta.dirname, '../../local/runner/lock.ts');
const script = `const { lockData } = await import(${JSON.stringify(module)});
  lockData(${JSON.stringify(folder)}); console.log('locked'); setInterval(() => {}, 1000);`;

test('a folder belongs to one process, and to nobody once that was killed', async () => {
  const holder = spawn(process.execPath, ['--input-type=module', '-e', script]);
  await once(holder.stdout, 'data');
  expect(() => lockData(folder)).toThrow(
    `Tocsin already runs on ${folder} (process ${holder.pid}). Stop it, or choose another folder with --data.`,
  );
  holder.kill('SIGKILL');
  const lock = await vi.waitFor(() => lockData(folder));
  lock.release();
  lockData(folder).release();
});
