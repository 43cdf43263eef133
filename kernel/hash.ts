/** The hash of a word, from the code units of its folded letters: 64 bits, which tell words apart. */

export const longestHashed: i32 = 1 << 16;

/** Odd, with their bits well spread: the golden ratio, and one of SplitMix64. */
const factor1: i64 = (0x9e37_79b9 << 32) | 0x7f4a_7c15;
const factor2: i64 = (0x94d0_49bb << 32) | 0x1331_11eb;

/**
 * 64 bits of the length and the first letters, eight a step: most words have no more.
 * @param masks sixteen bytes of ones, then sixteen of zeros: a mask of any length is sixteen bytes of these
 */
@inline
export function hashUnits(at: i32, count: i32, masks: i32): i64 {
  let hash = mix((<i64>count << 32) ^ 0x3c6e_f372, at, min(count, 8), masks);
  const end = min(count, longestHashed);
  for (let done = 8; done < end; done += 8) {
    hash = mix(hash, at + 2 * done, min(end - done, 8), masks);
  }
  return hash ^ (hash >>> 29);
}

@inline
function mix(begun: i64, at: i32, count: i32, masks: i32): i64 {
  const mask = masks + 16 - 2 * count;
  const half = (begun ^ (load<i64>(at) & load<i64>(mask))) * factor1;
  const whole = (half ^ (half >>> 32) ^ (load<i64>(at + 8) & load<i64>(mask + 8))) * factor2;
  return whole ^ (whole >>> 32);
}
