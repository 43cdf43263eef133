/** Ids and hashes of what publishers send. Natural ids: the same entry is the same article however often it comes. */
import { createHash } from 'node:crypto';
import { contentOf } from '../core/article.ts';
import type { Article } from '../core/model.ts';

/** @param entryId unique within its source */
export function articleId(sourceId: string, entryId: string): string {
  return hash(`${sourceId}\n${entryId}`, 22);
}

/** Changes with what a reader sees of the article. */
export function contentHash(article: Article): string {
  return hash(contentOf(article), 22);
}

/**
 * What a source remembers of an entry: 48 bits, which are enough to tell a few hundred entries of one source apart
 * and keep its item small.
 */
export function seenHash(id: string, content: string): string {
  return hash(`${id}\n${content}`, 8);
}

/** The first characters of SHA-256 in base64url, 6 bits each. */
function hash(text: string, length: number): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, length);
}
