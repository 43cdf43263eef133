import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';
import { projectFolder } from '../../local/runner/project.ts';

async function npmStart(...args: string[]) {
  const child = spawn(process.execPath, ['local/start.ts', ...args], { cwd: projectFolder });
  const [output, errors, code] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    new Promise((resolve) => child.once('exit', resolve)),
  ]);
  return { output, errors, code };
}

test('--help shows the flags and ends', async () => {
  const { output, errors, code } = await npmStart('--help');
  expect([errors, code]).toEqual(['', 0]);
  expect(output).toContain('--source URL');
});

describe('what is wrong is one message and exit code 1', () => {
  test.each<[string[], string]>([
    [['--sauce', 'x'], "Unknown option '--sauce'. See npm start -- --help.\n"],
    [['--port', 'http'], 'http is no port: it must be a number from 0 to 65535 (0 takes a free one).\n'],
  ])('%j', async (args, message) => {
    expect(await npmStart(...args)).toEqual({ output: '', errors: message, code: 1 });
  });
});
