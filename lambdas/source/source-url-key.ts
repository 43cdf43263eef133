/** The item by which a URL belongs to one source. URLs are longer than keys may be, so their hash stands in it. */
import { createHash } from 'node:crypto';
import { type Key, keys } from '../keys.ts';

export function sourceUrlKey(url: string): Key {
  return keys.sourceUrl(createHash('sha256').update(url).digest('hex'));
}
