/** How right the reading of feeds, pages and stories is, on the shared corpus. Exits with 1 below a floor. */
import { corpus } from '../test/corpus.ts';
import { scoreArticles } from './measures/articles.ts';
import { type Score, scoreDates, scoreFeeds } from './measures/feeds.ts';
import { floors } from './measures/floors.ts';
import { scoreStories } from './measures/stories.ts';

if (corpus === undefined) {
  console.error('The corpus is not here: set TOCSIN_CORPUS to its folder.');
  process.exit(1);
}

const stories = scoreStories();
const figures: readonly [name: string, value: number, floor: number, detail?: string][] = [
  share('feeds, core', scoreFeeds('core'), floors.feedsCore),
  share('feeds, extended', scoreFeeds('extended'), floors.feedsExtended),
  share('dates, core', scoreDates('core'), floors.datesCore),
  share('dates, extended', scoreDates('extended'), floors.datesExtended),
  ['articles, F1', scoreArticles().f1, floors.articlesF1],
  ['stories, recall', stories.recall, floors.storiesRecall],
  [
    'stories, without false merge',
    Number(stories.falseMerges.length === 0),
    1,
    stories.falseMerges.join(', '),
  ],
  ['stories, sharing a bucket', stories.bucketRecall, floors.storiesBuckets],
];

for (const [name, value, floor, detail = ''] of figures) {
  const verdict = value < floor ? 'BELOW' : 'floor';
  console.log(`${name.padEnd(30)} ${value.toFixed(3)}  ${verdict} ${floor.toFixed(3)}  ${detail}`);
}
process.exit(figures.some(([, value, floor]) => value < floor) ? 1 : 0);

function share(name: string, { right, of }: Score, floor: number): [string, number, number, string] {
  return [name, right / of, floor, `${right} of ${of}`];
}
