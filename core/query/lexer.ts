/**
 * A query's text into lexemes. Full-width punctuation, typographic quotes and dashes and every kind of space are
 * read as what they stand for. Positions stay those of the original text: each replacement has the same length.
 */
import { isHebrew } from '../text/characters.ts';
import { QueryError } from './tree.ts';

export interface Lexeme {
  readonly type: '(' | ')' | 'and' | 'or' | 'not' | 'near' | 'field' | 'words';
  readonly start: number;
  readonly end: number;
  /** Of words: what stands between the quotes, or the word. Of a field: its name in lower case. */
  readonly text: string;
  readonly quoted?: boolean;
  readonly exact?: boolean;
  readonly within?: number;
  readonly ordered?: boolean;
}

const fieldNames = ['title', 'summary', 'body', 'author', 'site', 'source', 'category', 'lang'];
const opening = '"\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033\u301d\u301e\u300c\u300e\uff62';
const closing = '"\u201c\u201d\u201f\u2033\u301e\u301f';
/** Where only one mark closes: guillemets, which some languages turn around, and the brackets of East Asia. */
const partner = new Map(
  ['\u00ab\u00bb', '\u00bb\u00ab', '\u300c\u300d', '\u300e\u300f', '\uff62\uff63'].map(([a, b]) => [a!, b!]),
);
const dashes = '-\u2010\u2011\u2012\u2013\u2014\u2212\ufe63';
const fieldStart = /^(\p{L}[\p{L}\p{M}\p{N}_]*):/u;

/** @throws QueryError for unbalanced quotes, unknown fields and misspelled operators. */
export function readLexemes(original: string): Lexeme[] {
  const text = plain(original);
  const lexemes: Lexeme[] = [];
  let at = 0;
  while (at < text.length) {
    if (text[at] === ' ') {
      at++;
      continue;
    }
    const lexeme = readLexeme(text, at);
    lexemes.push(lexeme);
    at = lexeme.end;
  }
  return lexemes;
}

function plain(text: string): string {
  if (/^[ -~]*$/.test(text)) return text;
  return text
    .replace(/[\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff5e]/g, (wide) =>
      String.fromCharCode(wide.charCodeAt(0) - 0xfee0),
    )
    .replace(/[\s\u0085\u180e]/g, ' ');
}

function readLexeme(text: string, at: number): Lexeme {
  const first = text[at]!;
  if (first === '(' || first === ')') return { type: first, start: at, end: at + 1, text: first };
  if (first === '|') return { type: 'or', start: at, end: at + (text[at + 1] === '|' ? 2 : 1), text: '|' };
  if (dashes.includes(first)) return readDash(text, at);
  if (first === '!' && startsTerm(text, at + 1)) {
    throw new QueryError('"!" is no operator', { start: at, end: at + 1 }, 'write - to exclude: -word');
  }
  if (first === '+' && startsTerm(text, at + 1)) return { ...readLexeme(text, at + 1), start: at };
  if (first === '=' && startsTerm(text, at + 1)) return readExact(text, at);
  if (opening.includes(first)) return readQuoted(text, at);
  return readField(text, at) ?? readWord(text, at);
}

/** Whether a word, phrase or group begins here. */
function startsTerm(text: string, at: number): boolean {
  const next = text[at];
  return (
    next !== undefined &&
    (opening.includes(next) || next === '(' || /[\p{L}\p{N}#@$.]/u.test(next) || next > '\ud7ff')
  );
}

function readDash(text: string, at: number): Lexeme {
  let end = at;
  while (end < text.length && dashes.includes(text[end]!)) end++;
  const before = text[at - 1] ?? ' ';
  const next = text[end] ?? ' ';
  const startsWord = ' (|:'.includes(before);
  if (startsWord && next !== ' ' && next !== ')') return { type: 'not', start: at, end, text: '-' };
  if (startsWord && text.slice(at, end) === '-' && next === ' ' && end < text.length) {
    throw new QueryError(
      'A "-" with a space behind it excludes nothing',
      { start: at, end },
      'write it directly before the word, as in -swiss, or leave it out',
    );
  }
  return { type: 'words', start: at, end, text: '' };
}

function readExact(text: string, at: number): Lexeme {
  const lexeme = readLexeme(text, at + 1);
  if (lexeme.type === 'words') return { ...lexeme, start: at, exact: true };
  throw new QueryError(
    '"=" goes before one word or phrase',
    { start: at, end: lexeme.end },
    'as in =US or title:=US or ="North Korea"; operators in quotes: ="OR"',
  );
}

function readQuoted(text: string, at: number): Lexeme {
  const end = endOfQuoted(text, at);
  if (end < 0) {
    throw new QueryError(
      'This quotation mark is never closed',
      { start: at, end: at + 1 },
      'add " at the end of the phrase',
    );
  }
  return { type: 'words', start: at, end: end + 1, text: text.slice(at + 1, end), quoted: true };
}

/** The position of the closing mark: of the same kind where there is one, -1 where there is none. */
function endOfQuoted(text: string, at: number): number {
  const first = text[at]!;
  const other = partner.get(first);
  if (other) return text.indexOf(other, at + 1);
  const same = first === '"' ? '"' : closing;
  const end = findMark(text, at + 1, same);
  return end < 0 ? findMark(text, at + 1, closing) : end;
}

function findMark(text: string, from: number, marks: string): number {
  for (let at = from; at < text.length; at++) {
    if (marks.includes(text[at]!) && !isGershayim(text, at)) return at;
  }
  return -1;
}

/** The mark inside a Hebrew acronym, such as צה"ל. */
function isGershayim(text: string, at: number): boolean {
  return isHebrew(text.charCodeAt(at - 1)) && isHebrew(text.charCodeAt(at + 1));
}

function readField(text: string, at: number): Lexeme | undefined {
  if (!text.includes(':', at)) return undefined;
  const name = fieldStart.exec(text.slice(at, at + 60))?.[1];
  if (name === undefined) return undefined;
  const end = at + name.length + 1;
  const value = text[end] ?? ' ';
  const known = fieldNames.includes(name.toLowerCase());
  if (known && !' )'.includes(value)) return { type: 'field', start: at, end, text: name.toLowerCase() };
  if (known) {
    const hint = `write it without a space, as in ${name.toLowerCase()}:word`;
    throw new QueryError(`${name}: needs a value`, { start: at, end }, hint);
  }
  if (' )'.includes(value)) return undefined;
  throw new QueryError(`There is no field "${name}"`, { start: at, end }, fieldHint(text, at, name));
}

function fieldHint(text: string, at: number, name: string): string {
  const word = text.slice(at).split(/[ ()|"]/)[0]!;
  if (/^https?$/i.test(name)) return 'write site:example.com for articles of a site';
  const near = fieldNames.find((field) => name.toLowerCase().endsWith(field));
  if (near) return `did you mean ${near}: ?`;
  return `fields are ${fieldNames.join(', ')}; if you mean the words, quote them: "${word}"`;
}

function readWord(text: string, at: number): Lexeme {
  let end = at + 1;
  while (end < text.length && !' ()|'.includes(text[end]!) && !endsAtQuote(text, end)) end++;
  const word = text.slice(at, end);
  return readOperator(word, at, end, text) ?? { type: 'words', start: at, end, text: word };
}

const endsAtQuote = (text: string, at: number) => opening.includes(text[at]!) && !isGershayim(text, at);

function readOperator(word: string, start: number, end: number, text: string): Lexeme | undefined {
  if (/^[a-z]/.test(word)) return undefined;
  const name = word.normalize('NFKC').replace(/(?<![,;])[,;]+$/, '');
  const position = { start, end, text: name };
  if (name === 'AND' || name === '&&') return { type: 'and', ...position };
  if (name === 'OR') return { type: 'or', ...position };
  if (name === 'NOT') return { type: 'not', ...position };
  const near = /^(O?)NEAR\/(\d{1,4})$/.exec(name);
  if (near && Number(near[2]) <= 1000) {
    return { type: 'near', ...position, within: Number(near[2]), ordered: near[1] === 'O' };
  }
  if (/^O?NEAR(?!\p{L})/u.test(name)) {
    const which = name.startsWith('O') ? 'ONEAR' : 'NEAR';
    const hint = `write ${which}/5 for at most five words between (up to 1000), or "${which}" for the word`;
    throw new QueryError(`${which} needs a number, e.g. ${which}/5`, { start, end }, hint);
  }
  if (name === 'AROUND' && text[end] === '(') {
    throw new QueryError('AROUND(n) is no operator here', { start, end }, 'write NEAR/4 for AROUND(5)');
  }
  return undefined;
}
