/** Prefixes of words that the index does not know: by hash, at each length that a prefix has. */
import {
  boundsAt,
  lastTermAt,
  lettersAt,
  masksAt,
  prefixesAt,
  prefixesLength,
  prefixFilterAt,
  prefixFilterLength,
  prefixLengthsAt,
  prefixLengthsLength,
  unknownAt,
} from './areas';
import { hashUnits } from './hash';
import { addMember } from './members';
import { mayBegin } from './prefix-filter';

/**
 * Leaves only those of the unknown words that may begin with a prefix; answers how many.
 * @param tokens terms from here on are no words
 */
export function keepLikely(unknown: i32, tokens: i32): i32 {
  const half = prefixFilterLength << 2;
  let kept = 0;
  for (let i = 0; i < unknown; i++) {
    const word = load<i32>(unknownAt + 4 * i);
    const token = load<i32>(lastTermAt + 4 * word);
    if (token >= tokens) continue;
    const at = load<i32>(boundsAt + 8 * token);
    const length = load<i32>(boundsAt + 8 * token + 4) - at;
    store<i32>(unknownAt + 4 * kept, word);
    kept += mayBegin(lettersAt + 2 * at, length, prefixFilterAt, half);
  }
  return kept;
}

/**
 * Adds the prefixes of so many unknown words.
 * @param space what is added to the hashes of tokens of the author, who has those from `from` to `to`
 */
export function addPrefixes(words: i32, space: i32, from: i32, to: i32): void {
  for (let i = 0; i < words; i++) {
    const word = load<i32>(unknownAt + 4 * i);
    const token = load<i32>(lastTermAt + 4 * word);
    const at = load<i32>(boundsAt + 8 * token);
    addPrefixesOf(word, at, load<i32>(boundsAt + 8 * token + 4) - at, token >= from && token < to ? space : 0);
  }
}

function addPrefixesOf(word: i32, at: i32, length: i32, space: i32): void {
  const end = prefixLengthsAt + prefixLengthsLength;
  for (let each = prefixLengthsAt; each < end && load<i32>(each) <= length; each += 4) {
    const hash = hashUnits(lettersAt + 2 * at, load<i32>(each), masksAt) ^ <i64>(<u32>space);
    const slot = slotOfPrefix(hash);
    if (slot >= 0) addMember(slot, word);
  }
}

/** Adds the prefix with these two hashes, if there is one. */
export function addPrefix(h: i32, g: i32, word: i32): void {
  const slot = slotOfPrefix((<i64>g << 32) | <i64>(<u32>h));
  if (slot >= 0) addMember(slot, word);
}

/** The slot of a prefix, or -1. */
function slotOfPrefix(hash: i64): i32 {
  const mask = prefixesLength - 16;
  let at = prefixesAt + ((<i32>hash << 4) & mask);
  while (load<i32>(at + 8) !== 0 && load<i64>(at) !== hash) at = prefixesAt + ((at - prefixesAt + 16) & mask);
  return load<i32>(at + 8) - 1;
}
