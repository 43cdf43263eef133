/**
 * The facts of an article, as far as they show in its letters: figures, and names, which are written with a capital
 * where the script has any. Two texts that are alike except for their facts report two events.
 */
import { tokensOf } from './shingles.ts';

/** The share of its facts that the other does not have, on both sides. A corrected version differs in one of many. */
const ownShare = 0.2;

/** Figures on both sides that the other does not have: nobody corrects a fifth of several at once. */
const ownFigures = 2;

/** The share of their words by which two headlines are of one pattern. */
const alikeShare = 0.5;
/** The same where the headlines are all that differs. */
const alikeHeadlines = 0.4;

export interface TitledText {
  readonly title: string;
  readonly text: string;
}

export function conflictInFacts(a: string, b: string): boolean {
  const ownToA = factsOf(a).difference(new Set(tokensOf(b)));
  const ownToB = factsOf(b).difference(new Set(tokensOf(a)));
  const [unlikeA, unlikeB] = [unlike(ownToA, ownToB), unlike(ownToB, ownToA)];
  if (hasOwnFigures(unlikeA, factsOf(a)) && hasOwnFigures(unlikeB, factsOf(b))) return true;
  return isOwn(unlikeA, factsOf(a)) && isOwn(unlikeB, factsOf(b));
}

function hasOwnFigures(own: readonly string[], all: ReadonlySet<string>): boolean {
  const figures = own.filter(isFigure).length;
  return figures >= ownFigures && figures >= [...all].filter(isFigure).length * ownShare;
}

function isOwn(own: readonly string[], all: ReadonlySet<string>): boolean {
  return own.length > 0 && own.length >= all.size * ownShare;
}

/**
 * `Magnitude 4.8 earthquake strikes Nepal`, `Magnitude 6.5 earthquake strikes Chile`: headlines alike, each with facts
 * of its article that are nowhere in the other.
 */
export function conflictInTitles(a: TitledText, b: TitledText): boolean {
  const [titleA, titleB] = [new Set(tokensOf(a.title)), new Set(tokensOf(b.title))];
  if (!areAlike(titleA, titleB, alikeShare)) return false;
  const ownToA = titleA.intersection(factsOf(a.text)).difference(new Set(tokensOf(`${b.title}\n${b.text}`)));
  const ownToB = titleB.intersection(factsOf(b.text)).difference(new Set(tokensOf(`${a.title}\n${a.text}`)));
  return unlike(ownToA, ownToB).length > 0 && unlike(ownToB, ownToA).length > 0;
}

/**
 * `Novalis recalls 75 thousand heaters`, `Meridian recalls 12 thousand heaters`: a text of a sentence or two may be the
 * same for both, so the headlines alone tell.
 */
export function conflictInHeadlines(a: TitledText, b: TitledText): boolean {
  if (!areAlike(new Set(tokensOf(a.title)), new Set(tokensOf(b.title)), alikeHeadlines)) return false;
  const ownToA = headlineFacts(a.title).difference(new Set(tokensOf(`${b.title}\n${b.text}`)));
  const ownToB = headlineFacts(b.title).difference(new Set(tokensOf(`${a.title}\n${a.text}`)));
  return isTelling(unlike(ownToA, ownToB)) && isTelling(unlike(ownToB, ownToA));
}

function areAlike(titleA: ReadonlySet<string>, titleB: ReadonlySet<string>, share: number): boolean {
  return titleA.intersection(titleB).size >= Math.max(titleA.size, titleB.size) * share;
}

const isCaseless = (each: string) => /^\p{Lo}/u.test(each);

/** Where the script has no capitals, any word may be a name. */
function headlineFacts(title: string): Set<string> {
  return factsOf(title).union(new Set(tokensOf(title).filter(isCaseless)));
}

/** A single character of such a script is an ending rather than a name. */
function isTelling(own: readonly string[]): boolean {
  return own.some((each) => !isCaseless(each)) || own.join('').length > 1;
}

const isFigure = (each: string) => /^\p{N}/u.test(each);

/** It ends where a script without capitals goes on: `NHKによると`. */
const capitalised = /(?<![\p{L}\p{M}\p{N}])\p{Lu}(?:(?!\p{Lo})[\p{L}\p{M}\p{N}'’-])*/gu;

/** A word that begins a sentence has a capital too, but is the same in every text of one template. */
function factsOf(text: string): Set<string> {
  const names = (text.match(capitalised) ?? []).flatMap(tokensOf);
  return new Set([...tokensOf(text).filter(isFigure), ...names]);
}

/** Those that are not another spelling of one on the other side. */
function unlike(facts: ReadonlySet<string>, others: ReadonlySet<string>): string[] {
  const compared = [...others].slice(0, mostCompared);
  return [...facts].filter((fact) => isFigure(fact) || !compared.some((other) => isSpelling(fact, other)));
}

const mostCompared = 100;
const longestName = 40;

/** One word may differ from the other in a letter of four. */
function isSpelling(a: string, b: string): boolean {
  const longest = Math.max(a.length, b.length);
  const allowed = Math.floor(longest / 4);
  return longest <= longestName && Math.abs(a.length - b.length) <= allowed && distance(a, b) <= allowed;
}

/** Levenshtein. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const swap = (row[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(swap, (row[j] as number) + 1, (next[j - 1] as number) + 1));
    }
    row = next;
  }
  return row[b.length] as number;
}
