/**
 * What a word or phrase of a query asks for: its text into parts, with the signs and exact letters demanded.
 *
 *     parseWords({ text: 'C++', … }).parts → [{ kind: 'word', forms: ['c'], after: '++' }]
 */
import { exactLetters } from '../text/fold.ts';
import { wordForms } from '../text/plural.ts';
import { type Token, tokenise } from '../text.ts';
import type { Lexeme } from './lexer.ts';
import { type Part, QueryError, type WordsQuery } from './tree.ts';

const signBefore = /[#@\p{Sc}]/u;
const operator = /^(AND|OR|NOT|O?NEAR.*|AROUND)$/;
/** Characters between the words of a term that would mean something else when it is read again. */
const needsQuotes = /[:|()!="\u201c-\u201f\u00ab\u00bb\u2033\u300c-\u300f\u301d-\u301f\uff62\uff63]/;

/** Undefined where the text has no letter, digit or emoji. @throws QueryError for a misplaced or too short prefix. */
export function parseWords(lexeme: Lexeme): WordsQuery | undefined {
  const { text, start, end } = lexeme;
  const tokens = tokenise(text);
  if (tokens.length === 0) return undefined;
  refuseStars(lexeme, tokens);
  const groups = groupUnits(tokens);
  const parts = groups.map((group, i) => readPart(group, lexeme, groups[i - 1]?.at(-1), groups[i + 1]?.[0]));
  const canonical = canonicalText(text, tokens, parts);
  const quoted = lexeme.quoted || operator.test(canonical.normalize('NFKC'));
  const mayInflect = !quoted && !lexeme.exact && parts.length === 1;
  const [only] = parts;
  const inflected =
    mayInflect && only?.kind === 'word' && !only.before && !only.after
      ? [{ ...only, forms: wordForms(only.forms[0]!) }]
      : parts;
  return { type: 'words', text: spell(canonical, quoted, lexeme.exact), parts: inflected, start, end };
}

/** A star stands behind a word: of stars where nothing or another word is before, `*ship` and `sh*p`. */
function refuseStars({ text, end, quoted, exact }: Lexeme, tokens: readonly Token[]): void {
  if (!text.includes('*')) return;
  const origin = end - text.length - (quoted ? 1 : 0);
  const ends = new Set(tokens.map((token) => token.end));
  for (const { index, 0: stars } of text.matchAll(/\*+/g)) {
    const refuse = (message: string, hint: string) => {
      throw new QueryError(message, { start: origin + index, end: origin + index + stars.length }, hint);
    };
    const begins = /[\p{L}\p{N}]/u.test(text[index + stars.length] ?? '');
    if (!ends.has(index) && begins)
      refuse('A word cannot begin with *', 'put the * at its end, as in deploy*');
    if (begins) refuse('A * stands only at the end of a word', 'as in deploy*');
    if (!ends.has(index)) refuse('A * stands only behind a word', strayHint(text));
    if (exact) refuse('= asks for exact letters, * for a beginning', 'leave out one of them');
  }
}

const strayHint = (text: string) =>
  /^\*\.\S+\.\S+$/.test(text)
    ? `a site is meant with its subdomains: site:${text.slice(2)}`
    : 'as in deploy*; for a word between: a ONEAR/1 b';

/** Units that are glued make one run. */
function groupUnits(tokens: readonly Token[]): Token[][] {
  const groups: Token[][] = [];
  for (const token of tokens) {
    if (token.glued) groups.at(-1)!.push(token);
    else groups.push([token]);
  }
  return groups;
}

function readPart(group: readonly Token[], lexeme: Lexeme, previous?: Token, next?: Token): Part {
  const { text } = lexeme;
  const first = group[0]!;
  const { end } = group.at(-1)!;
  const isPrefix = text[end] === '*';
  const demands = {
    ...(lexeme.exact && { exact: exactLetters(text.slice(first.start, end)) }),
    ...optional('before', demandedBefore(text, first.start, previous?.end)),
    ...optional('after', demandedAfter(text, end, next?.start)),
  };
  if (isPrefix && [...first.folded].length < 3 && !first.unit) throw tooShort(lexeme, 3);
  if (first.unit) {
    if (isPrefix && group.length < 2) throw tooShort(lexeme, 2);
    return { kind: 'run', units: group.map(({ folded }) => folded), ...demands };
  }
  if (isPrefix) return { kind: 'prefix', prefix: first.folded, ...demands };
  return { kind: 'word', forms: [first.folded], ...demands };
}

const optional = (name: string, value: string | undefined) => (value === undefined ? {} : { [name]: value });

function tooShort({ start, end }: Lexeme, letters: number): QueryError {
  return new QueryError(
    `At least ${letters} letters before a *`,
    { start, end },
    'shorter beginnings match too much',
  );
}

function demandedBefore(text: string, start: number, previousEnd?: number): string | undefined {
  const sign = text[start - 1];
  if (sign === undefined) return undefined;
  if (signBefore.test(sign)) return sign;
  if (previousEnd === start - 1) return sign === '&' || sign === '+' ? sign : undefined;
  const leadsWord = /\p{L}/u.test(text[start]!) && /^[^\p{L}\p{N}.]?$/u.test(text[start - 2] ?? '');
  return sign === '.' && leadsWord ? sign : undefined;
}

function demandedAfter(text: string, end: number, nextStart?: number): string | undefined {
  const sign = end === text.length ? undefined : /^(\++|#+|&|@)/.exec(text.slice(end, end + 8))?.[0];
  if (sign === undefined) return undefined;
  const joins = nextStart === end + sign.length;
  return joins || (sign !== '&' && sign !== '@') ? sign : undefined;
}

/** Without what stands around the words and means nothing. */
function canonicalText(text: string, tokens: readonly Token[], parts: readonly Part[]): string {
  const start = tokens[0]!.start - (parts[0]!.before?.length ?? 0);
  const end = tokens.at(-1)!.end + (parts.at(-1)!.after?.length ?? 0);
  const star = text[end] === '*' ? '*' : '';
  const words = text.slice(start, end);
  if (!/"| {2}/.test(words)) return words + star;
  return words.replace(/(?<![\u05d0-\u05ea])"|"(?![\u05d0-\u05ea])/g, ' ').replace(/ +/g, ' ') + star;
}

function spell(canonical: string, quoted: boolean | undefined, exact: boolean | undefined): string {
  const quotes =
    quoted || canonical.includes(' ') || needsQuotes.test(canonical.replace(/[\u05d0-\u05ea]"/g, ''));
  return (exact ? '=' : '') + (quotes ? `"${canonical}"` : canonical);
}
