/** Which watches match, and forgetting an article when that is asked. */
import {
  bitsAt,
  hitBlocksAt,
  hitsAt,
  hitsLength,
  membersAt,
  numbersAt,
  removedAt,
  slotOfWordAt,
  slots,
} from './areas';
import { groups, words } from './members';

/** Notes that a watch matches. @param bit 1, or 0 to do nothing */
@inline
export function mark(watch: i32, bit: i32): void {
  const hit = hitsAt + ((watch >>> 6) << 3);
  store<i64>(hit, load<i64>(hit) | (<i64>bit << (<i64>watch & 63)));
  const block = hitBlocksAt + ((watch >>> 12) << 3);
  store<i64>(block, load<i64>(block) | (<i64>bit << (<i64>(watch >>> 6) & 63)));
}

/**
 * Lists the watches marked that are not removed, in ascending order, and makes everything ready for the next article;
 * answers how many there are.
 */
export function take(): i32 {
  const blocks = (hitsLength + 511) >>> 9;
  let to = numbersAt;
  for (let block = 0; block < blocks; block++) {
    let rest = load<i64>(hitBlocksAt + (block << 3));
    store<i64>(hitBlocksAt + (block << 3), 0);
    for (; rest !== 0; rest &= rest - 1) to = takeWord((block << 6) + <i32>ctz(rest), to);
  }
  forgetArticle();
  return (to - numbersAt) >> 2;
}

@inline
function takeWord(word: i32, to: i32): i32 {
  const at = word << 3;
  let found = load<i64>(hitsAt + at) & ~load<i64>(removedAt + at);
  store<i64>(hitsAt + at, 0);
  for (; found !== 0; found &= found - 1) {
    store<i32>(to, (word << 6) + <i32>ctz(found));
    to += 4;
  }
  return to;
}

function forgetArticle(): void {
  const bits = bitsAt;
  for (let word = 0; word < words; word++) {
    store<i32>(bits + ((load<i32>(slotOfWordAt + 4 * word) >>> 5) << 2), 0);
  }
  for (let group = 0; group < groups; group++) {
    store<i32>(bits + ((load<i32>(membersAt + (group << 4) + 12) >>> 5) << 2), 0);
  }
  // The term that every article has stands behind the unknown.
  const always = slots + 1;
  store<i32>(bits + ((always >>> 5) << 2), 1 << always);
}
