/** What a feed calls itself, as the name of its source. */

/** Control characters, line breaks, and what turns the direction of the text around it. */
const unfit = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069\s]+/gu;
const MOST = 100;

/** @returns a title fit for a name; undefined when there is nothing left of it, or it is an address */
export function nameFromTitle(title: string | undefined): string | undefined {
  const plain = (title ?? '').replace(unfit, ' ').trim();
  const cut = plain.length <= MOST ? plain : `${plain.slice(0, MOST - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
  return cut === '' || /^https?:\/\//i.test(cut) ? undefined : cut;
}
