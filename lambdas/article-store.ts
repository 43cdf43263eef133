/** Articles, and the mark `unmatched` that says: accepted, and not yet handed on to the subscribers. */
import {
  GetCommand,
  PutCommand,
  type PutCommandInput,
  QueryCommand,
  UpdateCommand,
  type UpdateCommandInput,
} from '@aws-sdk/lib-dynamodb';
import { index, ttlAttribute } from '../core/indexes.ts';
import type { ArticleSource, StoredArticle } from '../core/model.ts';
import { dynamo, isConditionFailed } from './dynamo.ts';
import { readEnvironment } from './environment.ts';
import { keys, partition } from './keys.ts';

const { articlesTable: TableName } = readEnvironment('articlesTable');
const { articlesUnmatched: unmatched, articlesRecent: recent } = index;

/** An article as it is kept. */
export interface ArticleItem extends StoredArticle {
  /** The entry of its source that it was made of. */
  readonly entryHash: string;
  /** Ids of the sources that had it without alerting anybody, and must not bring it as news under another id. */
  readonly quietSources?: readonly string[] | undefined;
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
export function insertArticle(article: ArticleItem, expiresAt: Date): Promise<boolean> {
  return put(article, expiresAt, { ConditionExpression: 'attribute_not_exists(pk)' });
}

/** @returns false when it changed since it was read */
export function replaceArticle(article: ArticleItem, former: ArticleItem, expiresAt: Date): Promise<boolean> {
  return put(article, expiresAt, {
    ConditionExpression: 'contentHash = :former AND sourceId = :source',
    ExpressionAttributeValues: { ':former': former.contentHash, ':source': former.sourceId },
  });
}

function put(
  article: ArticleItem,
  expiresAt: Date,
  condition: Pick<PutCommandInput, 'ConditionExpression' | 'ExpressionAttributeValues'>,
): Promise<boolean> {
  const Item = {
    ...article,
    ...keys.article(article.id),
    ...(article.unmatchedAt !== undefined && { [unmatched.pk]: partition.unmatched }),
    [recent.pk]: article.seenAt.slice(0, 10),
    [ttlAttribute]: Math.ceil(expiresAt.getTime() / 1000),
  };
  return accepted(dynamo.send(new PutCommand({ TableName, Item, ...condition })));
}

/**
 * Marks an article that another source brought as news too.
 *
 * @returns false when it has that source already
 */
export function addSource(id: string, source: ArticleSource, unmatchedAt: string): Promise<boolean> {
  return mark(id, unmatchedAt, {
    UpdateExpression: 'otherSources = list_append(if_not_exists(otherSources, :none), :sources)',
    ConditionExpression:
      'silent = :no AND sourceId <> :id AND (attribute_not_exists(otherSources) OR NOT contains(otherSources, :source))',
    ExpressionAttributeValues: {
      ':none': [],
      ':sources': [source],
      ':source': source,
      ':id': source.id,
      ':no': false,
    },
  });
}

/** Remembers a source that had it too, and alerts nobody by it. */
export async function addQuietSource(id: string, sourceId: string): Promise<void> {
  const update = new UpdateCommand({
    TableName,
    Key: keys.article(id),
    UpdateExpression: `SET ${appendQuiet}`,
    ConditionExpression: 'attribute_not_exists(quietSources) OR NOT contains(quietSources, :quiet)',
    ExpressionAttributeValues: { ':none': [], ':quieter': [sourceId], ':quiet': sourceId },
  });
  await accepted(dynamo.send(update));
}

const appendQuiet = 'quietSources = list_append(if_not_exists(quietSources, :none), :quieter)';

/**
 * Makes a silent article the news of the source that brought it as such: once.
 *
 * @returns false when it is not silent any more
 */
export function breakSilence(
  { id, sourceId }: ArticleItem,
  { source, entryHash }: { readonly source: ArticleSource; readonly entryHash: string },
  unmatchedAt: string,
): Promise<boolean> {
  return mark(id, unmatchedAt, {
    UpdateExpression: `silent = :no, sourceId = :id, sourceName = :name, entryHash = :entry, seenAt = :at, #day = :day, ${appendQuiet}`,
    ConditionExpression: 'silent = :yes AND sourceId = :former',
    ExpressionAttributeNames: { '#day': recent.pk },
    ExpressionAttributeValues: {
      ':no': false,
      ':yes': true,
      ':none': [],
      ':quieter': [sourceId],
      ':former': sourceId,
      ':id': source.id,
      ':name': source.name,
      ':entry': entryHash,
      ':day': unmatchedAt.slice(0, 10),
    },
  });
}

function mark(
  id: string,
  unmatchedAt: string,
  change: Pick<
    UpdateCommandInput,
    'UpdateExpression' | 'ConditionExpression' | 'ExpressionAttributeNames' | 'ExpressionAttributeValues'
  >,
): Promise<boolean> {
  const update = new UpdateCommand({
    TableName,
    Key: keys.article(id),
    ...change,
    UpdateExpression: `SET ${unmatched.pk} = :mark, ${unmatched.sk} = :at, ${change.UpdateExpression}`,
    ExpressionAttributeValues: {
      ...change.ExpressionAttributeValues,
      ':mark': partition.unmatched,
      ':at': unmatchedAt,
    },
  });
  return accepted(dynamo.send(update));
}

/**
 * Removes the mark.
 *
 * @returns false when the article was marked anew since it was read: it is matched again
 */
export function markMatched(
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
