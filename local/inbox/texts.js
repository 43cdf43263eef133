/**
 * How a text travels: GSM-7 or UCS-2, and in how many parts. 3GPP TS 23.038, 23.040: 160 septets or 70 UTF-16 units
 * in one part, 153 or 67 in each of several.
 */

const basic =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';
const extended = '^{}\\[~]|€\f';

/** `{ encoding: 'GSM-7', parts: 1, characters: 5 }` of `hello`. */
export function partsOf(text) {
  const characters = [...text];
  const gsm = characters.every((character) => basic.includes(character) || extended.includes(character));
  const sizes = gsm
    ? characters.map((character) => (extended.includes(character) ? 2 : 1))
    : characters.map((character) => character.length);
  const [single, each] = gsm ? [160, 153] : [70, 67];
  const total = sizes.reduce((sum, size) => sum + size, 0);
  return {
    encoding: gsm ? 'GSM-7' : 'UCS-2',
    parts: total <= single ? 1 : split(sizes, each),
    characters: characters.length,
  };
}

/** A character of two units is never torn apart by the end of a part. */
function split(sizes, most) {
  let parts = 1;
  let used = 0;
  for (const size of sizes) {
    if (used + size > most) {
      parts++;
      used = 0;
    }
    used += size;
  }
  return parts;
}
