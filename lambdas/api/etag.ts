/** Versions as entity tags: `"3"` (RFC 9110, sections 8.8.3 and 13.1.1). */
import { ApiProblem } from './problems.ts';
import { type Versioned, versionOf } from './versioned-update.ts';

export function toEtag(version: number): string {
  return `"${version}"`;
}

/** @param ifMatch the header, a list of tags or `*`; absent means any version */
function matchesVersion(ifMatch: string | undefined, version: number): boolean {
  if (ifMatch === undefined || ifMatch.trim() === '*') return true;
  return ifMatch.split(',').some((tag) => tag.trim() === toEtag(version));
}

const TRIES = 5;

/**
 * Reads, compares with If-Match, writes at the version that was read; from the start when somebody was faster.
 *
 * @param write returns nothing when the item is not at the version of `before` any more
 * @returns nothing when there is nothing to change
 * @throws ApiProblem `version-mismatch`, `conflict`
 */
export async function changeAtVersion<T extends Versioned, R>(
  ifMatch: string | undefined,
  read: () => Promise<T | undefined>,
  write: (before: T) => Promise<R | undefined>,
): Promise<R | undefined> {
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const before = await read();
    if (!before) return undefined;
    if (!matchesVersion(ifMatch, versionOf(before))) throw new ApiProblem('version-mismatch');
    const written = await write(before);
    if (written !== undefined) return written;
  }
  throw new ApiProblem('conflict');
}
