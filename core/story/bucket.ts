/**
 * Where an article finds the stories it may belong to: buckets, one for each key of its fingerprint, that name the
 * first articles of the stories with that key. Reports made from one template share buckets legitimately, so
 * a bucket is bounded, and those that share rare buckets are compared first.
 *
 *     likelyStories([bucket1, bucket2], '2026-11-23T08:00:00.000Z')   // [{ id: 'a', at: '2026-11-23T07:55:00.000Z' }]
 */
import { fingerprint, type Told } from '../story.ts';
import { shinglesOf } from './shingles.ts';

/** The first article of a story, whose id the story has. */
export interface Founder {
  readonly id: string;
  /** When Tocsin saw it, ISO 8601. */
  readonly at: string;
}

/** How long a story takes articles, counted from its first. */
export const storyMs = 72 * 3_600_000;

const limits = {
  /** Founders in a bucket: they fit into the kilobyte that DynamoDB bills for a write. */
  founders: 16,
  /** Buckets that name a story at least. */
  named: 4,
  /** Stories whose text an article is compared with. */
  compared: 6,
  /** Shingles of a text that can be told from others: six words. A shorter one tells too little. */
  shingles: 2,
};

/** The keys of the buckets of an article; a text of a few words has none, and is a story of its own. */
export function bucketsOf(article: Told): readonly string[] {
  const { title, summary = '', body = '' } = article;
  const isTelling = shinglesOf(`${title}\n${summary}\n${body}`).size >= limits.shingles;
  return isTelling ? fingerprint(article).buckets : [];
}

/**
 * The stories in these buckets that an article of this time may belong to, the likeliest first: a bucket tells the
 * more, the fewer stories it has. (Those of a template are full, and have forgotten all but the newest.)
 */
export function likelyStories(buckets: readonly (readonly Founder[])[], at: string): Founder[] {
  const open = buckets.map((bucket) => bucket.filter((founder) => isOpen(founder, at)));
  const entries = open.flatMap((bucket) => bucket.map((founder) => ({ founder, weight: 1 / bucket.length })));
  const found = [...Map.groupBy(entries, ({ founder }) => founder.id).values()].map((group) => ({
    founder: group[0]!.founder,
    weight: group.reduce((sum, { weight }) => sum + weight, 0),
  }));
  found.sort((a, b) => b.weight - a.weight || older(a.founder, b.founder));
  return found.slice(0, limits.compared).map(({ founder }) => founder);
}

/** The oldest wins; of two that are as old always the same. */
export function oldest(founders: readonly Founder[]): Founder | undefined {
  return founders.toSorted(older)[0];
}

/**
 * Those buckets that are to name a new story. Full ones are left alone: they tell little, and a hundred reports from
 * one template that come at once would wait for each other. A story that has few others stands in full ones too.
 */
export function bucketsToName<T extends { readonly founders: readonly Founder[] }>(
  buckets: readonly T[],
  at: string,
): T[] {
  const hasRoom = ({ founders }: T) =>
    founders.filter((founder) => isOpen(founder, at)).length < limits.founders;
  const { room = [], full = [] } = Object.groupBy(buckets, (each) => (hasRoom(each) ? 'room' : 'full'));
  return [...room, ...full.slice(0, Math.max(0, limits.named - room.length))];
}

/** A bucket with one more story: without those that are over, and of too many the newest. */
export function withFounder(bucket: readonly Founder[], founder: Founder): Founder[] {
  const others = bucket.filter((other) => other.id !== founder.id && isOpen(other, founder.at));
  return [...others, founder].sort(older).slice(-limits.founders);
}

/** Articles are not matched in the order in which they were seen. */
function isOpen(founder: Founder, at: string): boolean {
  return Math.abs(Date.parse(at) - Date.parse(founder.at)) < storyMs;
}

function older(a: Founder, b: Founder): number {
  if (a.at !== b.at) return a.at < b.at ? -1 : 1;
  return a.id < b.id ? -1 : 1;
}
