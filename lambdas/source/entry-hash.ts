/** Hashes of what publishers send. Natural ids: the same entry is the same article however often it comes. */
import { createHash } from 'node:crypto';

/** The first 22 characters of SHA-256 in base64url: 132 bits. */
export function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 22);
}
