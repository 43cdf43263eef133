/** Attributes of the elements of a feed, between how they are written and how they are meant. */
import { decodeHTMLStrict } from 'entities/decode';
import { escapeUTF8 } from 'entities/escape';
import { canonicalName, type Namespaces } from './names.ts';

export type Attributes = Readonly<Record<string, string>>;

/** What Tocsin reads; a document may have any number of others. */
const known = new Set(
  (
    'href rel type mode src url uri length filesize medium isdefault label term scheme domain ispermalink title text ' +
    'xml:base xml:lang rdf:about rdf:resource'
  ).split(' '),
);
const longestValue = 4_096;
const links = new Set(['href', 'src', 'url', 'uri', 'rdf:about', 'rdf:resource']);

/** Entities resolved, prefixes canonical, and only what Tocsin reads. */
export function decodeAttributes(written: Attributes, namespaces: Namespaces): Attributes {
  const attributes: Record<string, string> = {};
  for (const [name, value] of Object.entries(written)) {
    const canonical = canonicalAttribute(name, namespaces);
    if (known.has(canonical)) attributes[canonical] = decodeHTMLStrict(value.slice(0, longestValue));
  }
  return attributes;
}

/** An attribute without a prefix is in no namespace. */
function canonicalAttribute(name: string, namespaces: Namespaces): string {
  return name.includes(':') ? canonicalName(name, namespaces) : name;
}

/** @param base what links are resolved against, if anything */
export function writeAttributes(attributes: Attributes, base?: string): string {
  let text = '';
  for (const [name, value] of Object.entries(attributes)) {
    const link = base !== undefined && links.has(name) ? URL.parse(value.trim(), base)?.href : undefined;
    text += ` ${name}="${escapeUTF8(link ?? value)}"`;
  }
  return text;
}
