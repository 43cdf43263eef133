/** Text as XML: what XML 1.0 has no place for is left out, what it reads as markup is escaped. */

/** Production [2] `Char` of XML 1.0, turned around; halves of surrogate pairs are made whole before. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is left out
const noCharacter = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Fit for the text of an element and for an attribute in double quotes, in HTML too. */
export function escapeXml(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(noCharacter, '')
    .replaceAll(/[&<>"]/g, (sign) => escapes[sign]!);
}

/** `element('title', 'A & B')` is `<title>A &amp; B</title>`; nothing where there is no text. */
export function element(name: string, text: string | undefined): string {
  return text === undefined ? '' : `<${name}>${escapeXml(text)}</${name}>`;
}
