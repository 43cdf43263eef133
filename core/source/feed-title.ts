/** What a feed calls itself, as the name of its source. */

import { unfitForLine } from '../text/line-signs.ts';

const unfit = new RegExp(`[${unfitForLine}\\s]+`, 'gu');
const MOST = 100;

/** @returns a title fit for a name; undefined when there is nothing left of it, or it is an address */
export function nameFromTitle(title: string | undefined): string | undefined {
  const plain = (title ?? '').replace(unfit, ' ').trim();
  const cut = plain.length <= MOST ? plain : `${plain.slice(0, MOST - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
  return cut === '' || /^https?:\/\//i.test(cut) ? undefined : cut;
}
