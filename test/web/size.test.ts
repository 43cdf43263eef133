/** What a first visit loads: built as `cdk synth` builds it. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import { buildSite } from '../../lib/site-files.ts';

const folder = mkdtempSync(join(tmpdir(), 'tocsin-site-'));
buildSite(folder);
afterAll(() => rmSync(folder, { recursive: true }));

const page = readFileSync(join(folder, 'index.html'), 'utf8');
const assets = readdirSync(join(folder, 'assets'));

test('all script together is under 100 KB compressed', () => {
  const scripts = assets.filter((name) => name.endsWith('.js'));
  const sizes = scripts.map((name) => gzipSync(readFileSync(join(folder, 'assets', name))).length);
  expect(sizes.length).toBeGreaterThan(1); // a language is a file of its own
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(100 * 1024);
});

test('the page names the files that were built, and none of their sources', () => {
  const named = [...page.matchAll(/"\/assets\/([\w.-]+)"/g)].map(([, name]) => name);
  expect(named).toHaveLength(2);
  expect(assets).toEqual(expect.arrayContaining(named));
  expect(page).not.toMatch(/\.tsx|\/styles\//);
});

test('the page needs no script or style of its own, which the policy would block', () => {
  expect(page).not.toMatch(/<style|<script(?![^>]* src=)|\son\w+=|\sstyle=/);
});
