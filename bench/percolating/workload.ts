/**
 * Articles and watches to percolate: those of a folder made by the shared generator, or a small seeded set of our own
 * with the same mix, so that the bench runs from a plain clone.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Article, Watch } from '../../core/model.ts';

/** A rule in the simplest terms; its own words are neither inflected nor folded. */
export type Rule =
  | { t: 'term' | 'prefix'; v: string }
  | { t: 'phrase'; v: string[] }
  | { t: 'near'; n: number; a: string; b: string }
  | { t: 'and' | 'or'; c: Rule[] }
  | { t: 'not'; c: Rule };

export interface Workload {
  readonly articles: Article[];
  readonly rules: Rule[];
  readonly name: string;
}

/** @param folder with articles.jsonl and rules.jsonl, or undefined */
export function readWorkload(folder: string | undefined, watches: number): Workload {
  if (folder === undefined || !existsSync(join(folder, 'rules.jsonl')))
    return generate(Math.min(watches, 100_000));
  const articles = lines<{ id: number; title: string; text: string }>(
    join(folder, 'articles.jsonl'),
    Infinity,
  );
  const rules = lines<{ ast: Rule }>(join(folder, 'rules.jsonl'), watches);
  return {
    articles: articles.map(({ id, title, text }) => toArticle(String(id), title, text)),
    rules: rules.map(({ ast }) => ast),
    name: folder,
  };
}

function lines<T>(path: string, limit: number): T[] {
  const bytes = readFileSync(path);
  const found: T[] = [];
  for (let at = 0; at < bytes.length && found.length < limit; ) {
    const end = bytes.indexOf(10, at);
    found.push(JSON.parse(bytes.toString('utf8', at, end < 0 ? bytes.length : end)));
    if (end < 0) break;
    at = end + 1;
  }
  return found;
}

function toArticle(id: string, title: string, body: string): Article {
  return { id, url: 'https://news.example.org/a', sourceId: 'bench', title, body };
}

/** As long as real ids: a subscriber and a watch. */
export function toWatches(rules: readonly Rule[]): Watch[] {
  return rules.map((rule, i) => ({
    id: `s${String(i % 9973).padStart(5, '0')}#w${i.toString(36).padStart(6, '0')}`,
    query: toQuery(rule),
  }));
}

export function toQuery(rule: Rule): string {
  switch (rule.t) {
    case 'term':
      return `"${rule.v}"`;
    case 'prefix':
      return `${rule.v}*`;
    case 'phrase':
      return `"${rule.v.join(' ')}"`;
    case 'near':
      return `"${rule.a}" NEAR/${rule.n - 1} "${rule.b}"`;
    case 'and':
      return rule.c.map(toQuery).join(' ');
    case 'or':
      return `(${rule.c.map(toQuery).join(' OR ')})`;
    case 'not':
      return `-${toQuery(rule.c)}`;
  }
}

/** 500 articles of Zipfian words; 40 % words, 25 % phrases, 20 % AND, 8 % OR, 5 % NOT, 2 % prefixes. */
function generate(watches: number): Workload {
  const random = seeded(1);
  const words = Array.from({ length: 40_000 }, (_, i) => invent(random, i));
  const common = () => words[Math.floor(words.length ** random()) - 1]!;
  const subject = () => words[2000 + Math.floor(random() * 38_000)]!;
  const text = (length: number) =>
    Array.from({ length }, () => (random() < 0.9 ? common() : subject())).join(' ');
  const articles = Array.from({ length: 500 }, (_, i) =>
    toArticle(String(i), text(10), sentences(text(300 + random() * 600))),
  );
  const rules = Array.from({ length: watches }, () => makeRule(random, common, subject));
  return { articles, rules, name: 'built in (500 articles; pass a folder of the shared generator for more)' };
}

const sentences = (text: string) =>
  text.replace(/((?:\S+ ){12}\S+) /g, '$1, $1. ').replace(/(\S) (\S+) said/g, "$1's $2 said");

function makeRule(random: () => number, common: () => string, subject: () => string): Rule {
  const term = (v: string): Rule => ({ t: 'term', v });
  const kind = random();
  if (kind < 0.4) return term(subject());
  if (kind < 0.65) return { t: 'phrase', v: [subject(), common()] };
  if (kind < 0.67) return { t: 'near', n: 5, a: subject(), b: common() };
  if (kind < 0.85) return { t: 'and', c: [term(subject()), term(common())] };
  if (kind < 0.93)
    return { t: 'and', c: [{ t: 'or', c: [term(subject()), term(subject())] }, term(common())] };
  if (kind < 0.98) return { t: 'and', c: [term(subject()), { t: 'not', c: term(common()) }] };
  return { t: 'prefix', v: `${subject()}xxxxx`.slice(0, 5) };
}

function invent(random: () => number, rank: number): string {
  let word = '';
  for (let left = 1 + Math.log10(rank + 1); left > 0; left--) {
    word += 'bcdfghjklmnprstvw'[Math.floor(random() * 17)]! + 'aeiou'[Math.floor(random() * 5)]!;
  }
  return word + (rank % 97).toString(36);
}

/** mulberry32 */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
