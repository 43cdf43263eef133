/**
 * What a source remembers of its last document: for each entry a short mark of its id and one of its text. So an
 * unchanged document is told without a look at the database, and a renewed one too: known texts under new ids.
 *
 *     seenMark(hash(entry.id), hash(text))   // '4oTcx7Zt0a', the first 4 and the first 6 characters
 */

/** Characters of base64url, 6 bits each: together enough to tell the entries of one source apart. */
const lengths = { id: 4, text: 6 };

/** @param idHash, textHash in base64url */
export function seenMark(idHash: string, textHash: string): string {
  return idHash.slice(0, lengths.id) + textHash.slice(0, lengths.text);
}

const idOf = (mark: string) => mark.slice(0, lengths.id);
const textOf = (mark: string) => mark.slice(lengths.id);

/** More known texts under new ids than this are no coincidence. */
const mostRepeats = 3;

/** Those marks of a document that the last one did not have, but whose texts it had; only where they are many. */
export function republished(marks: readonly string[], last: readonly string[]): ReadonlySet<string> {
  const known = new Set(last);
  const ids = new Set(last.map(idOf));
  const texts = new Set(last.map(textOf));
  const repeats = marks.filter((mark) => !known.has(mark) && !ids.has(idOf(mark)) && texts.has(textOf(mark)));
  return new Set(repeats.length > mostRepeats ? repeats : []);
}

/** Whether a document has no entry of the last one: some may have come and gone in between. */
export function hasGap(marks: readonly string[], last: readonly string[]): boolean {
  if (marks.length === 0 || last.length === 0) return false;
  const ids = new Set(last.map(idOf));
  return !marks.some((mark) => ids.has(idOf(mark)));
}
