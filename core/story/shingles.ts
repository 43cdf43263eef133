/** What a text says, piece by piece: hashes of overlapping runs of five words. */

/** Scripts that write no spaces, or write them where it pleases: each character is a token. `ー` is of no script. */
const character = String.raw`[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]`;
const word = String.raw`[[\p{L}\p{M}\p{N}]--${character}]+`;
const token = new RegExp(String.raw`${character}|\p{N}+(?:[.,:]\p{N}+)*|${word}`, 'gv');
const spaceless = new RegExp(`^${character}$`, 'v');

/** A shingle is five words long; two characters of a script without spaces count as a word. */
const wordsInShingle = 5;
const wordsInCharacter = 0.5;
const longestText = 65_536;
const leadLength = 40;

/** Words and numbers in lower case and in order: `don’t` is `dont`, `U.S.` is `us`, `1,000` is `1000`, `é` is `e`. */
export function tokensOf(text: string): string[] {
  const folded = text
    .slice(0, longestText)
    .normalize('NFKD')
    .replace(/(?<=[\p{Script=Latin}])\p{Mn}+|['’ʼ]|(?<=\b\p{L})\.(?=\p{L}\b)|(?<=\p{N}),(?=\p{N}{3})/gu, '')
    .normalize('NFC');
  return (folded.toLowerCase().match(token) ?? []) as string[];
}

export function shinglesOf(text: string): Set<number> {
  return shingles(tokensOf(text));
}

/** The shingles of the beginning: an abridged version, or a summary, is mostly that. */
export function leadShingles(text: string): Set<number> {
  return shingles(tokensOf(text.slice(0, longestText / 16)).slice(0, leadLength));
}

function shingles(tokens: readonly string[]): Set<number> {
  const weights = tokens.map((each) => (spaceless.test(each) ? wordsInCharacter : 1));
  const found = new Set<number>();
  let end = 0;
  let weight = 0;
  for (let start = 0; start < tokens.length; start++) {
    while (end < tokens.length && weight < wordsInShingle) weight += weights[end++] as number;
    if (weight >= wordsInShingle || start === 0) found.add(hash(tokens.slice(start, end)));
    weight -= weights[start] as number;
  }
  return found;
}

/** FNV-1a with a final mix (MurmurHash3): the smallest hashes must be a fair sample. */
function hash(tokens: readonly string[]): number {
  let value = 0x811c9dc5;
  for (const each of tokens) {
    for (let i = 0; i < each.length; i++) value = Math.imul(value ^ each.charCodeAt(i), 0x01000193);
    value = Math.imul(value ^ 0x20, 0x01000193);
  }
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return (value ^ (value >>> 16)) >>> 0;
}
