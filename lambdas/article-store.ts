/** Articles, and the mark `unmatched` that says: accepted, and not yet handed on to the subscribers. */
import {
  BatchGetCommand,
  GetCommand,
  PutCommand,
  type PutCommandInput,
  QueryCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { index, ttlAttribute } from '../core/indexes.ts';
import type { StoredArticle } from '../core/model.ts';
import { dynamo, isConditionFailed } from './dynamo.ts';
import { readEnvironment } from './environment.ts';
import { keys, partition } from './keys.ts';

const { articlesTable: TableName } = readEnvironment('articlesTable');
const { articlesUnmatched: unmatched, articlesRecent: recent } = index;

/** An article as poll finds it again. */
export type KnownArticle = Pick<StoredArticle, 'id' | 'storyId' | 'seenAt' | 'contentHash' | 'silent'>;

/** With `unmatchedAt` while it carries the mark. */
export type MarkedArticle = StoredArticle & { readonly unmatchedAt?: string };

/** The most keys that DynamoDB reads at once. */
const batchSize = 100;

/** Those of the articles that exist, by id. Read consistently. */
export async function readKnownArticles(ids: readonly string[]): Promise<Map<string, KnownArticle>> {
  const known = new Map<string, KnownArticle>();
  let waiting = ids.map(keys.article);
  while (waiting.length > 0) {
    const { Responses, UnprocessedKeys } = await dynamo.send(
      new BatchGetCommand({
        RequestItems: {
          [TableName]: {
            Keys: waiting.slice(0, batchSize),
            ProjectionExpression: 'id, storyId, seenAt, contentHash, silent',
            ConsistentRead: true,
          },
        },
      }),
    );
    for (const item of (Responses?.[TableName] ?? []) as KnownArticle[]) known.set(item.id, item);
    const unread = (UnprocessedKeys?.[TableName]?.Keys ?? []) as typeof waiting;
    waiting = [...unread, ...waiting.slice(batchSize)];
  }
  return known;
}

export interface ArticleWrite {
  /** Marks it as unmatched since then; undefined for one that alerts nobody. */
  readonly unmatchedAt: string | undefined;
  /** When DynamoDB may forget it. */
  readonly expiresAt: Date;
}

/** @returns false when it was there already */
export function insertArticle(article: StoredArticle, write: ArticleWrite): Promise<boolean> {
  return put(article, write, { ConditionExpression: 'attribute_not_exists(pk)' });
}

/** @returns false when it changed since it was read */
export function replaceArticle(
  article: StoredArticle,
  formerContentHash: string,
  write: ArticleWrite,
): Promise<boolean> {
  return put(article, write, {
    ConditionExpression: 'contentHash = :former',
    ExpressionAttributeValues: { ':former': formerContentHash },
  });
}

async function put(
  article: StoredArticle,
  { unmatchedAt, expiresAt }: ArticleWrite,
  condition: Pick<PutCommandInput, 'ConditionExpression' | 'ExpressionAttributeValues'>,
): Promise<boolean> {
  const mark = unmatchedAt !== undefined && {
    [unmatched.pk]: partition.unmatched,
    [unmatched.sk]: unmatchedAt,
  };
  const Item = {
    ...article,
    ...keys.article(article.id),
    ...mark,
    [recent.pk]: article.seenAt.slice(0, 10),
    [ttlAttribute]: Math.ceil(expiresAt.getTime() / 1000),
  };
  return accepted(dynamo.send(new PutCommand({ TableName, Item, ...condition })));
}

/** Read consistently. */
export async function readArticle(id: string): Promise<MarkedArticle | undefined> {
  const { Item } = await dynamo.send(
    new GetCommand({ TableName, Key: keys.article(id), ConsistentRead: true }),
  );
  return Item as MarkedArticle | undefined;
}

/**
 * Removes the mark.
 *
 * @returns false when the article changed since it was read: it stays marked, and is matched again
 */
export function markMatched({ id, contentHash }: StoredArticle, matchedAt: string): Promise<boolean> {
  const update = new UpdateCommand({
    TableName,
    Key: keys.article(id),
    UpdateExpression: `SET matchedAt = :at REMOVE ${unmatched.pk}, ${unmatched.sk}`,
    ConditionExpression: `contentHash = :hash AND attribute_exists(${unmatched.pk})`,
    ExpressionAttributeValues: { ':at': matchedAt, ':hash': contentHash },
  });
  return accepted(dynamo.send(update));
}

export interface UnmatchedArticle {
  readonly id: string;
  readonly unmatchedAt: string;
}

/** Articles that carry the mark since before a time, the oldest first. */
export async function readUnmatched(before: Date, most: number): Promise<UnmatchedArticle[]> {
  const found: UnmatchedArticle[] = [];
  let ExclusiveStartKey: Record<string, unknown> | undefined;
  do {
    const page = await dynamo.send(
      new QueryCommand({
        TableName,
        IndexName: unmatched.name,
        KeyConditionExpression: `${unmatched.pk} = :articles AND ${unmatched.sk} < :before`,
        ProjectionExpression: `id, ${unmatched.sk}`,
        ExpressionAttributeValues: { ':articles': partition.unmatched, ':before': before.toISOString() },
        Limit: most - found.length,
        ExclusiveStartKey,
      }),
    );
    found.push(...((page.Items ?? []) as UnmatchedArticle[]));
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey && found.length < most);
  return found;
}

async function accepted(write: Promise<unknown>): Promise<boolean> {
  try {
    await write;
    return true;
  } catch (error) {
    if (isConditionFailed(error)) return false;
    throw error;
  }
}
