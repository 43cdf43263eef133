/** How well articles of one story are told from others, on the pairs of the corpus. */

import { fingerprint, sameStory } from '../../core/story.ts';
import { readJsonl } from '../../test/corpus.ts';

interface Pair {
  readonly id: string;
  readonly a: string;
  readonly b: string;
  readonly same: boolean;
  readonly kind: string;
}

export interface StoryScore {
  /** Share of the pairs of one story that are recognised. */
  readonly recall: number;
  /** Pairs of two stories that would be merged. */
  readonly falseMerges: readonly string[];
  readonly missed: readonly string[];
  /** Share of the pairs of one story that have a bucket in common. */
  readonly bucketRecall: number;
}

export function scoreStories(): StoryScore {
  const docs = new Map(
    readJsonl<{ id: string; title: string; text: string }>('neardup/docs.jsonl').map(
      ({ id, title, text }) => [id, { title, body: text }],
    ),
  );
  const pairs = readJsonl<Pair>('neardup/pairs.jsonl').map((pair) => {
    const [a, b] = [docs.get(pair.a)!, docs.get(pair.b)!];
    const buckets = new Set(fingerprint(a).buckets);
    return {
      ...pair,
      judged: sameStory(a, b),
      shareBucket: !buckets.isDisjointFrom(new Set(fingerprint(b).buckets)),
    };
  });
  const positives = pairs.filter(({ same }) => same);
  const name = ({ id, kind }: Pair) => `${kind} ${id}`;
  return {
    recall: positives.filter(({ judged }) => judged).length / positives.length,
    falseMerges: pairs.filter(({ same, judged }) => judged && !same).map(name),
    missed: positives.filter(({ judged }) => !judged).map(name),
    bucketRecall: positives.filter(({ shareBucket }) => shareBucket).length / positives.length,
  };
}
