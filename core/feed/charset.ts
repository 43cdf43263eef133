/**
 * Bytes to text by what the publisher says, unless the bytes say otherwise: publishers get their charset wrong
 * more often than UTF-8 comes about by chance.
 *
 *     decodeText(bytes, 'text/xml; charset=euc-kr')
 */
import { guessCharset } from './charset-guess.ts';
import { decodeWindows949 } from './windows-949.ts';

/** Names in use that the Encoding Standard does not list. */
const aliases: Readonly<Record<string, string>> = {
  cp949: 'euc-kr',
  ms949: 'euc-kr',
  uhc: 'euc-kr',
  cp932: 'shift_jis',
  cp936: 'gbk',
  'euc-cn': 'gbk',
  'latin-1': 'latin1',
  utf_8: 'utf-8',
};

const boms: readonly (readonly [encoding: string, ...bytes: number[]])[] = [
  ['utf-8', 0xef, 0xbb, 0xbf],
  ['utf-16le', 0xff, 0xfe],
  ['utf-16be', 0xfe, 0xff],
  ['utf-16le', 0x3c, 0, 0x3f, 0],
  ['utf-16be', 0, 0x3c, 0, 0x3f],
];

/** A document in the wrong charset shows this share of unreadable among its non-ASCII characters, or more. */
const unreadableShare = 0.1;

/** @param contentType the HTTP header, if any */
export function decodeText(bytes: Uint8Array, contentType?: string): string {
  const marked = boms.find(([, ...bom]) => bom.every((byte, i) => bytes[i] === byte))?.[0];
  if (marked) return decode(bytes, marked);
  const declared = declaredCharsets(bytes, contentType);
  if (declared.includes('iso-2022-jp')) return decode(bytes, 'iso-2022-jp');
  const utf8 = decodeFatally(bytes, 'utf-8');
  if (utf8 !== undefined) return utf8;
  for (const label of declared) {
    const text = label === 'utf-8' ? undefined : strictly(bytes, label);
    if (text !== undefined) return text;
  }
  return decodeBroken(bytes, declared);
}

/** What no declared charset can read is mended with as little loss as possible. */
function decodeBroken(bytes: Uint8Array, declared: readonly string[]): string {
  const label = declared[0] ?? 'utf-8';
  const text = decode(bytes, label);
  if (isMostlyReadable(text)) return text;
  return decode(bytes, guessCharset(bytes));
}

function isMostlyReadable(text: string): boolean {
  const unreadable = text.match(/\ufffd/g)?.length ?? 0;
  const other = text.match(/[^\0-\x7f]/g)?.length ?? 0;
  return unreadable <= other * unreadableShare;
}

/** HTTP first (RFC 7303), then the XML declaration or the HTML meta element. UTF-16 without its zeros is no UTF-16. */
function declaredCharsets(bytes: Uint8Array, contentType = ''): string[] {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 1024));
  const labels = [
    /charset\s*=\s*["']?([\w.:-]+)/i.exec(contentType)?.[1],
    /<\?xml[^>]*?encoding\s*=\s*["']\s*([\w.:-]+)/i.exec(head)?.[1],
    /<meta[^>]*?charset\s*=\s*["']?\s*([\w.:-]+)/i.exec(head)?.[1],
  ];
  return labels.flatMap((label) => knownEncoding(label) ?? []).filter((label) => !label.startsWith('utf-16'));
}

function knownEncoding(label = ''): string | undefined {
  const name = label.toLowerCase();
  try {
    return new TextDecoder(aliases[name] ?? name).encoding;
  } catch {
    return undefined;
  }
}

function decode(bytes: Uint8Array, label: string): string {
  return label === 'euc-kr' ? decodeWindows949(bytes) : new TextDecoder(label).decode(bytes);
}

/** @returns undefined when a byte cannot be read */
function strictly(bytes: Uint8Array, label: string): string | undefined {
  const text = label === 'euc-kr' ? decodeWindows949(bytes) : decodeFatally(bytes, label);
  return text?.includes('\ufffd') ? undefined : text;
}

function decodeFatally(bytes: Uint8Array, label: string): string | undefined {
  try {
    return new TextDecoder(label, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
