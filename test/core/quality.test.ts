/** The figures of `npm run bench quality`, held to their floors. */
import { describe, expect, test } from 'vitest';
import { scoreArticles } from '../../bench/measures/articles.ts';
import { scoreDates, scoreFeeds } from '../../bench/measures/feeds.ts';
import { floors } from '../../bench/measures/floors.ts';
import { scoreStories } from '../../bench/measures/stories.ts';
import { corpus } from '../corpus.ts';

describe.skipIf(corpus === undefined)('on the shared corpus', () => {
  test.each([
    ['feeds, core', () => scoreFeeds('core'), floors.feedsCore],
    ['feeds, extended', () => scoreFeeds('extended'), floors.feedsExtended],
    ['dates, core', () => scoreDates('core'), floors.datesCore],
    ['dates, extended', () => scoreDates('extended'), floors.datesExtended],
  ])('%s', (_, measure, floor) => {
    const { right, of, wrong } = measure();
    expect(right / of, wrong.join(', ')).toBeGreaterThanOrEqual(floor);
  });

  test('articles', () => {
    expect(scoreArticles().f1).toBeGreaterThanOrEqual(floors.articlesF1);
  });

  test('stories', () => {
    const { recall, falseMerges, missed, bucketRecall } = scoreStories();
    expect(falseMerges).toEqual([]);
    expect(recall, missed.join(', ')).toBeGreaterThanOrEqual(floors.storiesRecall);
    expect(bucketRecall).toBeGreaterThanOrEqual(floors.storiesBuckets);
  });
});
