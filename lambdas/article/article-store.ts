/** Articles, and the mark `unmatched` that says: accepted, and not yet handed on to the subscribers. */
import { GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { index, ttlAttribute } from '../../core/indexes.ts';
import type { Article, StoredArticle } from '../../core/model.ts';
import { dynamo, unlessRefused } from '../aws/dynamo.ts';
import { queryAll } from '../aws/query-pages.ts';
import { updateExpression } from '../aws/update-expression.ts';
import { readEnvironment } from '../environment.ts';
import { keys, partition } from '../keys.ts';
import { urlKeyOf } from './article-url.ts';

const { articlesTable: TableName } = readEnvironment('articlesTable');
const { articlesUnmatched: unmatched, articlesRecent: recent, articlesUrl: byUrl } = index;

/** An article as it is kept. */
export interface ArticleItem extends StoredArticle {
  /** The entry of its source that it was made of. */
  readonly entryHash: string;
  /** Ids of the sources that had it without alerting anybody, and must not bring it as news under another id. */
  readonly quietSources?: readonly string[] | undefined;
  /** When the first article of its story was seen: absent until `match` found its story. */
  readonly storyAt?: string | undefined;
  /** Until then its page is to be read before it is matched; absent when that is done, or not wanted. */
  readonly readBy?: string | undefined;
  /** When its page was read. */
  readonly readAt?: string | undefined;
  /** When DynamoDB forgets it: seconds since 1970. */
  readonly [ttlAttribute]?: number;
  /** Since when it carries the mark. */
  readonly unmatchedAt?: string | undefined;
}

/** Read consistently. */
export async function readArticle(id: string): Promise<ArticleItem | undefined> {
  const { Item } = await dynamo.send(
    new GetCommand({ TableName, Key: keys.article(id), ConsistentRead: true }),
  );
  return Item as ArticleItem | undefined;
}

/** @returns false when it was there already */
export async function insertArticle(article: ArticleItem, expiresAt: Date): Promise<boolean> {
  const Item = {
    ...article,
    ...keys.article(article.id),
    ...(article.unmatchedAt !== undefined && { [unmatched.pk]: partition.unmatched }),
    [recent.pk]: article.seenAt.slice(0, 10),
    [byUrl.pk]: urlKeyOf(article.url),
    [ttlAttribute]: seconds(expiresAt),
  };
  const put = new PutCommand({ TableName, Item, ConditionExpression: 'attribute_not_exists(pk)' });
  return (await unlessRefused(dynamo.send(put))) !== undefined;
}

/** What an entry says of its article now. */
export interface ArticleChange {
  readonly article: Article;
  readonly contentHash: string;
  /** Absent: it stays silent. */
  readonly unmatchedAt?: string | undefined;
}

/**
 * Writes only what the entry says: the text of its page, its story and its other sources may be changed at the same time.
 *
 * @returns false when it changed since it was read
 */
export async function changeArticle(
  former: ArticleItem,
  { article, contentHash, unmatchedAt }: ArticleChange,
  expiresAt: Date,
): Promise<boolean> {
  const { title, url, summary, body, author, publishedAt, language, categories, sourceName } = article;
  const page = former.readAt === undefined ? { body } : {};
  const said = { title, url, summary, ...page, author, publishedAt, language, categories, sourceName };
  const mark = unmatchedAt && { [unmatched.pk]: partition.unmatched, [unmatched.sk]: unmatchedAt };
  const { UpdateExpression, ExpressionAttributeNames, ExpressionAttributeValues } = updateExpression({
    ...said,
    contentHash,
    [byUrl.pk]: urlKeyOf(url),
    [ttlAttribute]: seconds(expiresAt),
    ...mark,
  });
  const update = new UpdateCommand({
    TableName,
    Key: keys.article(former.id),
    UpdateExpression,
    ConditionExpression: '#contentHash = :former AND sourceId = :source',
    ExpressionAttributeNames,
    ExpressionAttributeValues: {
      ...ExpressionAttributeValues,
      ':former': former.contentHash,
      ':source': former.sourceId,
    },
  });
  return (await unlessRefused(dynamo.send(update))) !== undefined;
}

const seconds = (time: Date) => Math.ceil(time.getTime() / 1000);

/**
 * Removes the mark.
 *
 * @returns false when the article was marked anew since it was read: it is matched again
 */
export async function markMatched(
  { id, contentHash, unmatchedAt }: ArticleItem,
  matchedAt: string,
): Promise<boolean> {
  const update = new UpdateCommand({
    TableName,
    Key: keys.article(id),
    UpdateExpression: `SET matchedAt = :at REMOVE ${unmatched.pk}, ${unmatched.sk}`,
    ConditionExpression: `contentHash = :hash AND ${unmatched.sk} = :since`,
    ExpressionAttributeValues: { ':at': matchedAt, ':hash': contentHash, ':since': unmatchedAt },
  });
  return (await unlessRefused(dynamo.send(update))) !== undefined;
}

export interface UnmatchedArticle {
  readonly id: string;
  readonly unmatchedAt: string;
}

/** Articles that carry the mark since before a time, the oldest first. */
export function readUnmatched(before: Date, most: number): Promise<UnmatchedArticle[]> {
  const query = {
    TableName,
    IndexName: unmatched.name,
    KeyConditionExpression: `${unmatched.pk} = :articles AND ${unmatched.sk} < :before`,
    ProjectionExpression: `id, ${unmatched.sk}`,
    ExpressionAttributeValues: { ':articles': partition.unmatched, ':before': before.toISOString() },
  };
  return queryAll(query, most);
}
