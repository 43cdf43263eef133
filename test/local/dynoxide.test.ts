import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { findDynoxide } from '../../local/runner/dynoxide.ts';

const folder = mkdtempSync(join(tmpdir(), 'tocsin-dynoxide-'));
const binary = join(folder, 'dynoxide');
writeFileSync(binary, '#!/bin/sh\n');
chmodSync(binary, 0o755);
afterAll(() => rmSync(folder, { recursive: true }));

test('DYNOXIDE_BIN comes first', () => {
  expect(findDynoxide({ DYNOXIDE_BIN: binary })).toBe(binary);
});

test('DYNOXIDE_BIN must be a program', () => {
  expect(() => findDynoxide({ DYNOXIDE_BIN: '/nowhere' })).toThrow(
    'DYNOXIDE_BIN is /nowhere, which is no program.',
  );
});

test('otherwise npm has installed one, or the PATH has it', () => {
  expect(findDynoxide({ PATH: folder })).toMatch(/dynoxide$/);
});
