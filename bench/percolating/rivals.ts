/**
 * Other ways to the same answer. Those that only find words get the text as normalised words between spaces, look for
 * all words and phrases of all watches, and leave the rest to the plain definition.
 */
import { AhoCorasick } from '@monyone/aho-corasick/fast';
import { matchesText } from '../../core/matches.ts';
import type { Article, Watch } from '../../core/model.ts';
import { type ArticleText, readArticle } from '../../core/query/article-text.ts';
import type { Query } from '../../core/query/tree.ts';
import { parseQuery } from '../../core/query.ts';

/** The ids of the watches that match, in any order. */
export type Rival = (article: Article) => string[];

interface Parsed {
  readonly id: string;
  readonly query: Query;
}

const parseAll = (watches: readonly Watch[]): Parsed[] =>
  watches.map(({ id, query }) => ({ id, query: parseQuery(query) }));

/** Every watch against every article. */
export function naiveLoop(watches: readonly Watch[]): Rival {
  const parsed = parseAll(watches);
  return (article) => verify(parsed, readArticle(article));
}

function verify(parsed: Iterable<Parsed>, text: ArticleText): string[] {
  const found: string[] = [];
  for (const { id, query } of parsed) if (matchesText(query, text)) found.push(id);
  return found;
}

/** A literal that must occur for a watch to match: ` word word ` or ` begin`. */
function literals(query: Query): string[] {
  switch (query.type) {
    case 'words':
      return [
        ` ${query.parts.map((part) => (part.kind === 'word' ? `${part.forms[0]} ` : part.kind === 'prefix' ? part.prefix : '')).join('')}`,
      ];
    case 'and':
      return literals(query.clauses.find(({ type }) => type !== 'not')!);
    case 'or':
      return query.clauses.flatMap(literals);
    case 'near':
      return literals(query.left);
    default:
      return [];
  }
}

function byLiteral(watches: readonly Watch[]): Map<string, Parsed[]> {
  const filed = new Map<string, Parsed[]>();
  for (const parsed of parseAll(watches)) {
    for (const literal of literals(parsed.query)) {
      const there = filed.get(literal);
      if (there) there.push(parsed);
      else filed.set(literal, [parsed]);
    }
  }
  return filed;
}

const normalised = ({ fields }: ArticleText) =>
  fields.map(({ tokens }) => ` ${tokens.map(({ folded }) => folded).join(' ')} `).join('\n');

/** All literals in one regular expression, the longest first: those that another begins with are found with it. */
export function oneRegExp(watches: readonly Watch[]): Rival {
  const filed = byLiteral(watches);
  const longestFirst = [...filed.keys()].sort((a, b) => b.length - a.length);
  const escaped = longestFirst.map((literal) => literal.slice(1).replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'));
  const pattern = new RegExp(`(?<= )(?=(${escaped.join('|')}))`, 'g');
  return (article) => {
    const text = readArticle(article);
    const candidates = new Set<Parsed>();
    for (const [, literal] of normalised(text).matchAll(pattern)) {
      for (let length = literal!.length; length > 0; length--) {
        for (const parsed of filed.get(` ${literal!.slice(0, length)}`) ?? []) candidates.add(parsed);
      }
    }
    return verify(candidates, text);
  };
}

/** A double-array Aho–Corasick automaton, @monyone/aho-corasick: the fastest on npm that we know. */
export function ahoCorasick(watches: readonly Watch[]): Rival {
  const filed = byLiteral(watches);
  const automaton = new AhoCorasick([...filed.keys()]);
  return (article) => {
    const text = readArticle(article);
    const candidates = new Set<Parsed>();
    for (const { keyword } of automaton.matchInText(normalised(text))) {
      for (const parsed of filed.get(keyword)!) candidates.add(parsed);
    }
    return verify(candidates, text);
  };
}
