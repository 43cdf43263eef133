/**
 * Whether two articles tell the same news. Copies, new headlines, abridged, corrected and reordered versions do:
 * they share most of their text. Reports made from one template (earthquakes, earnings, scores) share much text too,
 * but differ in the facts, and stay apart.
 *
 *     sameStory(wireArticle, copyInAnotherPaper)   // true
 *
 * `fingerprint` finds candidates without comparing with everything: articles that share a bucket.
 */
import type { Article } from './model.ts';
import { conflictInFacts, conflictInHeadlines, conflictInTitles } from './story/facts.ts';
import { leadShingles, shinglesOf } from './story/shingles.ts';

/** As much of an article as a story is told by. */
export type Told = Pick<Article, 'title' | 'summary' | 'body'>;

export interface Fingerprint {
  /** At most 16 short keys. Two articles of one story have one in common, but for a few in a thousand. */
  readonly buckets: readonly string[];
}

/** Of everything the two articles say, the share that both say: word 5-grams, Jaccard. */
const mostlyShared = 0.4;
/** An abridged version is contained in the full one. */
const contained = 0.85;
const leastOfFull = 0.15;
/** Up to here a text that begins differently is a follow-up. */
const ownLead = 0.6;
const leadShare = 0.2;
/** From here on a headline with other facts was corrected. */
const nearlyIdentical = 0.95;
/** Shingles, which are about as many as words, of a text that tells its own facts. */
const leastReport = 60;

export function sameStory(a: Told, b: Told): boolean {
  const [textA, textB] = [textOf(a), textOf(b)];
  const { jaccard, containment } = compare(shinglesOf(textA), shinglesOf(textB));
  const isAbridged = containment >= contained && jaccard >= leastOfFull;
  if (jaccard < mostlyShared && !isAbridged) return false;
  if (jaccard < ownLead && !sharesLead(textA, textB)) return false;
  if (
    jaccard < nearlyIdentical &&
    conflictInTitles({ title: a.title, text: textA }, { title: b.title, text: textB })
  )
    return false;
  if (
    isShort(textA, textB) &&
    conflictInHeadlines({ title: a.title, text: textA }, { title: b.title, text: textB })
  )
    return false;
  return !conflictInFacts(textA, textB);
}

/** The summary of a feed rather than a report. */
function isShort(a: string, b: string): boolean {
  return Math.min(shinglesOf(a).size, shinglesOf(b).size) < leastReport;
}

/** A follow-up begins with its own news and shares the background further down. */
function sharesLead(a: string, b: string): boolean {
  const begins = (lead: ReadonlySet<number>, all: ReadonlySet<number>) =>
    lead.intersection(all).size >= lead.size * leadShare;
  return begins(leadShingles(a), shinglesOf(b)) || begins(leadShingles(b), shinglesOf(a));
}

function compare(a: ReadonlySet<number>, b: ReadonlySet<number>): { jaccard: number; containment: number } {
  const smaller = Math.min(a.size, b.size);
  if (smaller === 0) return { jaccard: 0, containment: 0 };
  const shared = a.intersection(b).size;
  return { jaccard: shared / (a.size + b.size - shared), containment: shared / smaller };
}

/** How many of the smallest hashes are buckets: of the whole text, and of its beginning, which survives cutting. */
const ofText = 12;
const ofLead = 4;

/**
 * The smallest hashes of what an article says are a fair sample of it, and the same sample in every copy (bottom-k
 * sketch; Cohen and Kaplan, 2007): of texts that share two fifths, all but two in a thousand share a bucket.
 */
export function fingerprint(article: Told): Fingerprint {
  const text = textOf(article);
  const chosen = [...smallest(shinglesOf(text), ofText), ...smallest(leadShingles(text), ofLead)];
  return { buckets: [...new Set(chosen)].map((hash) => hash.toString(36).padStart(7, '0')) };
}

function smallest(hashes: Iterable<number>, count: number): number[] {
  return [...hashes].sort((a, b) => a - b).slice(0, count);
}

/** Headlines change from paper to paper; they count only where there is little else. */
function textOf({ title, summary = '', body = '' }: Told): string {
  const text = body.length >= summary.length ? body : summary;
  return text.length >= leastText ? text : `${title}\n${text}`;
}

const leastText = 80;
