/** By what an article is found when all that is known of it is its address, however that is written. */
import { canonicalUrl } from '../../core/article/canonical-url.ts';
import { partition } from '../keys.ts';
import { shortHash } from '../source/entry-hash.ts';

/** The key of the index `url`. Several articles may share an address: live pages, notices that recur. */
export function urlKeyOf(url: string): string {
  return partition.articleUrl(shortHash(canonicalUrl(url)));
}
