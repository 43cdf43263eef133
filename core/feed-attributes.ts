/** Attributes of the elements of a feed, between how they are written and how they are meant. */
import { decodeHTMLStrict, escapeUTF8 } from 'entities';
import { canonicalName, type Namespaces } from './feed-names.ts';

export type Attributes = Readonly<Record<string, string>>;

const links = new Set(['href', 'src', 'url', 'uri', 'rdf:about', 'rdf:resource']);

/** Entities resolved, prefixes canonical, declarations of namespaces left out. */
export function decodeAttributes(written: Attributes, namespaces: Namespaces): Attributes {
  const attributes: Record<string, string> = {};
  for (const [name, value] of Object.entries(written)) {
    if (!name.startsWith('xmlns')) attributes[canonicalAttribute(name, namespaces)] = decodeHTMLStrict(value);
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
    if (!/^[a-z_][\w:.-]*$/.test(name)) continue;
    const link = base !== undefined && links.has(name) ? URL.parse(value.trim(), base)?.href : undefined;
    text += ` ${name}="${escapeUTF8(link ?? value)}"`;
  }
  return text;
}
