/** The shared test data, where it is at hand: tests that need it are skipped by name where it is not. */

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = process.env.TOCSIN_CORPUS ?? join(import.meta.dirname, '../../shared/corpus');

/** The folder, or undefined where the data was not fetched. */
export const corpus: string | undefined = existsSync(folder) ? folder : undefined;

/** One object per line; `path` is relative to the corpus. An absent corpus has no lines. */
export function readJsonl<T>(path: string): T[] {
  if (corpus === undefined) return [];
  return readFileSync(join(corpus, path), 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as T);
}
