/**
 * What the web calls `euc-kr` is windows-949 (https://encoding.spec.whatwg.org/#euc-kr): KS X 1001 with its 2,350
 * syllables and, in the gaps of the byte range, the other 8,822 in the order of Unicode. ICU, and so Node's
 * TextDecoder, reads only the former: the latter are worked out here.
 */

const firstSyllable = 0xac00;
const lastSyllable = 0xd7a3;

/** The trail bytes of the gaps: letters, then upwards from 0x81 to where KS X 1001 begins. */
const trails = [...range(0x41, 0x5a), ...range(0x61, 0x7a), ...range(0x81, 0xfe)];
const trailsBelowStandard = trails.filter((trail) => trail < 0xa1);

let extension: ReadonlyMap<number, string> | undefined;

/** Unreadable bytes become U+FFFD. */
export function decodeWindows949(bytes: Uint8Array): string {
  extension ??= buildExtension();
  const decoder = new TextDecoder('euc-kr');
  let text = '';
  let start = 0;
  for (let i = 0; i < bytes.length; i++) {
    const lead = bytes[i] as number;
    if (lead < 0x81) continue;
    const syllable = extension.get((lead << 8) | (bytes[i + 1] ?? 0));
    if (syllable !== undefined) {
      text += decoder.decode(bytes.subarray(start, i)) + syllable;
      start = i + 2;
    }
    i++;
  }
  return text + decoder.decode(bytes.subarray(start));
}

function buildExtension(): Map<number, string> {
  const standard = new Set(standardSyllables());
  const syllables = [...range(firstSyllable, lastSyllable)]
    .map((code) => String.fromCharCode(code))
    .filter((syllable) => !standard.has(syllable));
  const pairs = [...range(0x81, 0xc6)].flatMap((lead) =>
    (lead < 0xa1 ? trails : trailsBelowStandard).map((trail) => (lead << 8) | trail),
  );
  return new Map(syllables.map((syllable, i) => [pairs[i] as number, syllable]));
}

/** Rows 16 to 40 of KS X 1001. */
function standardSyllables(): string {
  const bytes = [...range(0xb0, 0xc8)].flatMap((lead) =>
    [...range(0xa1, 0xfe)].flatMap((trail) => [lead, trail]),
  );
  return new TextDecoder('euc-kr').decode(Uint8Array.from(bytes));
}

function* range(from: number, to: number): Iterable<number> {
  for (let n = from; n <= to; n++) yield n;
}
