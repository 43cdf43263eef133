/** What the text of an element means, and that text as HTML, the one form in which all texts travel on. */
import { escapeText } from 'entities/escape';

/**
 * `html`: markup, escaped or not. `literal`: `<` stands for itself. `untyped`: literal by the specification, but
 * publishers forget to say so. `base64`: bytes (Atom 0.3).
 */
export type TextKind = 'html' | 'literal' | 'untyped' | 'base64';

const atomTexts = new Set(['title', 'subtitle', 'summary', 'content', 'rights', 'tagline']);

/** RFC 4287, 3.1.1 and 4.1.3; in Atom 0.3 `mode` says how the content is written and `type` is a media type. */
export function textKind(root: string, name: string, attributes: Readonly<Record<string, string>>): TextKind {
  const own = name.startsWith('atom:') ? name.slice(5) : name;
  if (!atomTexts.has(own) || (root !== 'feed' && own === name)) return 'html';
  const { type = '', mode } = attributes;
  if (mode === 'base64' || isBinary(type)) return 'base64';
  if (mode === 'xml' || /xhtml|^(application|image)\/(\w+\+)?xml/i.test(type)) return 'literal';
  if (/html/i.test(type)) return 'html';
  return type === '' ? 'untyped' : 'literal';
}

/** RFC 4287, 4.1.3.3; other media types are text more often than the base64 they should be. */
const isBinary = (type: string) => /^(?:application\/octet-stream|image|audio|video)/i.test(type);

const commonMarkup =
  /<\/?(?:a|abbr|b|blockquote|br|code|div|em|font|h[1-6]|hr|i|iframe|img|li|ol|p|pre|script|small|span|strong|sub|sup|table|u|ul)(?:\s[^<>]*)?\/?>/i;

/** @param text with its entities resolved once, as XML has it */
export function toHtml(text: string, kind: TextKind): string {
  if (kind === 'html' || kind === 'base64' || (kind === 'untyped' && commonMarkup.test(text))) return text;
  return escapeText(text);
}

/** The text of a base64 element; empty when it is none. */
export function fromBase64(text: string): string {
  try {
    return new TextDecoder().decode(Uint8Array.from(atob(text.trim()), (byte) => byte.charCodeAt(0)));
  } catch {
    return '';
  }
}

/** Without the control characters that XML forbids; where windows-1252 has others in their place, those are meant. */
export function legibleCharacters(document: string): string {
  return document
    .replace(/(?![\t\n\r\x80-\x9f])\p{Cc}/gu, '')
    .replace(/[\x80-\x9f]/g, (control) => windows1252.decode(Uint8Array.of(control.charCodeAt(0))));
}

const windows1252 = new TextDecoder('windows-1252');
