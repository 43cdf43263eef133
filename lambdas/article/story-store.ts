/**
 * Stories in the Articles table: the buckets by which they are found, and the story of each article. A story begins
 * in one transaction that names its first article in its buckets, on the condition that none of those changed
 * since they were read: of two copies that arrive at once, which share a bucket, one comes second and looks again.
 */
import { TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { ttlAttribute } from '../../core/indexes.ts';
import { bucketsToName, type Founder, storyMs, withFounder } from '../../core/story/bucket.ts';
import { batchGet } from '../aws/batch-get.ts';
import { dynamo, isContended } from '../aws/dynamo.ts';
import { readEnvironment } from '../environment.ts';
import { keys } from '../keys.ts';
import type { ArticleItem } from './article-store.ts';
import { toCopy } from './story-copies.ts';

const { articlesTable: TableName } = readEnvironment('articlesTable');

export interface Bucket {
  readonly key: string;
  /** Grows by one with each change; 0 where the bucket does not exist. */
  readonly version: number;
  readonly founders: readonly Founder[];
}

/** Read consistently, in the order of their keys. */
export async function readBuckets(bucketKeys: readonly string[]): Promise<Bucket[]> {
  const found = await batchGet<Bucket>(TableName, bucketKeys.map(keys.storyBucket));
  const known = new Map(found.map((bucket) => [bucket.key, bucket]));
  return bucketKeys.map((key) => known.get(key) ?? { key, version: 0, founders: [] });
}

/** Those first articles of stories that still exist. */
export function readFounders(founders: readonly Founder[]): Promise<ArticleItem[]> {
  return batchGet(
    TableName,
    founders.map(({ id }) => keys.article(id)),
  );
}

/**
 * Makes an article the first of a story, which has its id.
 *
 * @returns false when the article or one of the buckets changed since it was read, or is being changed
 */
export function foundStory(article: ArticleItem, buckets: readonly Bucket[]): Promise<boolean> {
  const founder = { id: article.id, at: article.seenAt };
  const writes = bucketsToName(buckets, founder.at).map((bucket) => putFounder(bucket, founder));
  return written(
    new TransactWriteCommand({ TransactItems: [{ Update: setStory(article, founder) }, ...writes] }),
  );
}

/**
 * One transaction with an item that names the article in the story's list, so that it stands there if and only if it
 * belongs to it.
 *
 * @returns false when the article changed since it was read, or is being changed
 */
export function joinStory(article: ArticleItem, story: Founder): Promise<boolean> {
  return written(
    new TransactWriteCommand({
      TransactItems: [{ Update: setStory(article, story) }, { Put: nameCopy(article, story) }],
    }),
  );
}

function nameCopy(article: ArticleItem, story: Founder) {
  const Item = {
    ...keys.storyCopy(story.id, article.seenAt, article.id),
    ...toCopy(article),
    [ttlAttribute]: article[ttlAttribute],
  };
  return { TableName, Item };
}

/** The story is that of the text that was compared, and an article never changes its story. */
function setStory({ id, contentHash }: ArticleItem, story: Founder) {
  return {
    TableName,
    Key: keys.article(id),
    UpdateExpression: 'SET storyId = :story, storyAt = :at',
    ConditionExpression: 'contentHash = :hash AND attribute_not_exists(storyAt)',
    ExpressionAttributeValues: { ':story': story.id, ':at': story.at, ':hash': contentHash },
  };
}

function putFounder({ key, version, founders }: Bucket, founder: Founder) {
  const named = withFounder(founders, founder);
  const unchanged =
    version === 0
      ? { ConditionExpression: 'attribute_not_exists(pk)' }
      : { ConditionExpression: 'version = :version', ExpressionAttributeValues: { ':version': version } };
  const Item = {
    ...keys.storyBucket(key),
    key,
    version: version + 1,
    founders: named,
    [ttlAttribute]: Math.ceil((Date.parse(named.at(-1)!.at) + storyMs) / 1000),
  };
  return {
    Put: { TableName, Item, ...unchanged },
  };
}

async function written(command: TransactWriteCommand): Promise<boolean> {
  try {
    await dynamo.send(command);
    return true;
  } catch (error) {
    if (isContended(error)) return false;
    throw error;
  }
}
