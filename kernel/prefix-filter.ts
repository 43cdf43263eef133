/**
 * Which beginnings of prefixes an index has: a bit for the hash of three letters, in the other half one for that of
 * five. A half has a power of two of bits, at most 2^16.
 */

/** No prefix is shorter. One of this length or one more is short, others are long. */
const shortPrefix: i32 = 3;
const longPrefix: i32 = 5;

@inline
function bitOf(hash: i32, half: i32): i32 {
  return (hash ^ (hash >>> 16)) & (half - 1);
}

@inline
function mix(hash: i32, letter: i32): i32 {
  return ((hash ^ (letter << 7)) * 0x2c1b3c6d) ^ letter;
}

@inline
function hashShort(at: i32): i32 {
  return mix(mix(load<u16>(at), load<u16>(at + 2)), load<u16>(at + 4));
}

@inline
function hashLong(at: i32): i32 {
  return mix(mix(hashShort(at), load<u16>(at + 6)), load<u16>(at + 8));
}

/** The bit that a prefix sets. @param at where its letters stand @param half how many bits a half has */
export function prefixBit(at: i32, length: i32, half: i32): i32 {
  return length < longPrefix ? bitOf(hashShort(at), half) : bitOf(hashLong(at), half) + half;
}

/** Whether a word may begin with a prefix: 1 or 0. @param filter its address */
@inline
export function mayBegin(at: i32, length: i32, filter: i32, half: i32): i32 {
  const short = i32(length >= shortPrefix) & bitAt(filter, bitOf(hashShort(at), half));
  return short | (i32(length >= longPrefix) & bitAt(filter, bitOf(hashLong(at), half) + half));
}

@inline
function bitAt(filter: i32, bit: i32): i32 {
  return (<i32>load<u32>(filter + ((bit >>> 5) << 2)) >>> bit) & 1;
}
