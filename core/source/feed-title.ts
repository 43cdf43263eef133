/** What a feed calls itself, as the name of its source. */

import { cut } from '../text/cut.ts';
import { unfitForLine } from '../text/line-signs.ts';

const unfit = new RegExp(`[${unfitForLine}\\s]+`, 'gu');
const MOST = 100;

/** @returns a title fit for a name; undefined when there is nothing left of it, or it is an address */
export function nameFromTitle(title: string | undefined): string | undefined {
  const plain = (title ?? '').replace(unfit, ' ').trim();
  const name = plain.length <= MOST ? plain : `${cut(plain, MOST - 1)}…`;
  return name === '' || /^https?:\/\//i.test(name) ? undefined : name;
}
