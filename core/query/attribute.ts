/** Fields that are compared as a whole: what a query may ask of them, and what an article has to offer. */
import type { Article } from '../model.ts';
import { tokenise } from '../text.ts';
import type { Lexeme } from './lexer.ts';
import { type Attribute, type AttributeQuery, QueryError } from './tree.ts';

const attributes = ['site', 'source', 'category', 'lang'];

export const isAttribute = (name: string | undefined): name is Attribute =>
  name !== undefined && attributes.includes(name);

/** @throws QueryError where the value is no host or no language. */
export function attributeQuery(attribute: Attribute, { text, start, end, quoted }: Lexeme): AttributeQuery {
  const trimmed = text.trim().replace(/ +/g, ' ').replaceAll('"', '');
  const typed = quoted || !/^[\p{L}\p{N}]/u.test(trimmed) ? `"${trimmed}"` : trimmed;
  return {
    type: 'attribute',
    attribute,
    value: readValue(attribute, trimmed, { start, end }),
    text: typed,
    start,
    end,
  };
}

function readValue(attribute: Attribute, text: string, position: { start: number; end: number }): string {
  if (attribute === 'site') return readHost(text, position);
  if (attribute !== 'lang') return wholeValue(text);
  const language = text.toLowerCase().replaceAll('_', '-');
  if (/^[a-z]{2,3}(-[a-z0-9]{2,8})*$/.test(language)) return language;
  throw new QueryError(`"${text}" is no language`, position, 'write its code, as in lang:en or lang:pt-BR');
}

function readHost(text: string, position: { start: number; end: number }): string {
  const host = /^[^/:?#@\s*]+\.[^/:?#@\s*]+$/.test(text) ? hostOf(`https://${text}/`) : undefined;
  if (host) return host.replace(/^www\./, '');
  throw new QueryError(`"${text}" is no site`, position, 'write the host alone, as in site:koreaherald.com');
}

function hostOf(url: string): string | undefined {
  return URL.parse(url)?.hostname.replace(/\.$/, '') || undefined;
}

/** Words only, folded, so that case, accents and punctuation do not count. */
function wholeValue(text: string): string {
  return tokenise(text)
    .map(({ folded }) => folded)
    .join(' ');
}

/** Everything an article answers to, as `attribute:value`. */
export function attributesOf(article: Article): Set<string> {
  const found = new Set<string>([`source:${wholeValue(article.sourceId)}`]);
  if (article.sourceName) found.add(`source:${wholeValue(article.sourceName)}`);
  for (const category of article.categories ?? []) found.add(`category:${wholeValue(category)}`);
  for (const host of withParents(hostOf(article.url) ?? '', '.', 'last')) found.add(`site:${host}`);
  const language = (article.language ?? '').toLowerCase().replaceAll('_', '-');
  for (const tag of withParents(language, '-', 'first')) found.add(`lang:${tag}`);
  return found;
}

/** `a.b.c` and its shorter forms, keeping its last (`b.c`, `c`) or first (`a.b`, `a`) piece. */
function withParents(text: string, separator: string, keep: 'first' | 'last'): string[] {
  const pieces = text.split(separator);
  return pieces.map((_, i) => (keep === 'last' ? pieces.slice(i) : pieces.slice(0, i + 1)).join(separator));
}
