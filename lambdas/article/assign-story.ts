/**
 * Finds the story of an article: that of the oldest first article, of the last 72 hours, that tells the same news;
 * else a story of its own. At most 16 buckets and 6 texts are read; one article, and for a new story its buckets,
 * are written.
 *
 * Only articles that are to be matched get here. What is stored silently begins no story, so it cannot keep anybody
 * from being told of the same news later.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { bucketsOf, likelyStories, oldest } from '../../core/story/bucket.ts';
import { sameStory } from '../../core/story.ts';
import { type ArticleItem, readArticle } from './article-store.ts';
import { foundStory, joinStory, readBuckets, readFounders } from './story-store.ts';

/** Others may write the same buckets again and again: reports from one template do, when many come at once. */
const most = { tries: 20, pauseMs: 400 };

/**
 * @returns the article with its story, as it stands by now; undefined when it is gone
 * @throws Error when others kept changing its buckets
 */
export async function assignStory(article: ArticleItem): Promise<ArticleItem | undefined> {
  for (let tries = 1; tries <= most.tries; tries++) {
    if (article.storyAt !== undefined) return article;
    const story = await findStory(article);
    if (story !== undefined) return { ...article, ...story };
    await delay(Math.random() * Math.min(5 * 2 ** tries, most.pauseMs));
    const again = await readArticle(article.id);
    if (again === undefined) return undefined;
    article = again;
  }
  throw new Error('The buckets of the story kept changing');
}

/** @returns undefined when another came first */
async function findStory(
  article: ArticleItem,
): Promise<Pick<ArticleItem, 'storyId' | 'storyAt'> | undefined> {
  const buckets = await readBuckets(bucketsOf(article));
  const likely = likelyStories(
    buckets.map(({ founders }) => founders),
    article.seenAt,
  );
  const texts = likely.length > 0 ? await readFounders(likely) : [];
  const same = new Set(texts.filter((founder) => sameStory(founder, article)).map(({ id }) => id));
  const story = oldest(likely.filter(({ id }) => same.has(id)));
  const written = story ? await joinStory(article, story) : await foundStory(article, buckets);
  const { id, at } = story ?? { id: article.id, at: article.seenAt };
  return written ? { storyId: id, storyAt: at } : undefined;
}
