/** The sources of an article: one made it, others brought it as news too, and some had it silently. */
import { UpdateCommand, type UpdateCommandInput } from '@aws-sdk/lib-dynamodb';
import { index } from '../../core/indexes.ts';
import type { ArticleSource } from '../../core/model.ts';
import { dynamo, unlessRefused } from '../aws/dynamo.ts';
import { readEnvironment } from '../environment.ts';
import { keys, partition } from '../keys.ts';
import type { ArticleItem } from './article-store.ts';

const { articlesTable: TableName } = readEnvironment('articlesTable');
const { articlesUnmatched: unmatched, articlesRecent: recent } = index;

/** Since when an article is to be matched, and until when its page is to be read before, if at all. */
export interface Mark {
  readonly unmatchedAt: string;
  readonly readBy?: string | undefined;
}

/**
 * Marks an article that another source brought as news too.
 *
 * @returns false when it has that source already
 */
export function addSource(id: string, source: ArticleSource, given: Mark): Promise<boolean> {
  return mark(id, given, {
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
  await unlessRefused(dynamo.send(update));
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
  given: Mark,
): Promise<boolean> {
  const { unmatchedAt } = given;
  return mark(id, given, {
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

async function mark(
  id: string,
  { unmatchedAt, readBy }: Mark,
  change: Pick<
    UpdateCommandInput,
    'UpdateExpression' | 'ConditionExpression' | 'ExpressionAttributeNames' | 'ExpressionAttributeValues'
  >,
): Promise<boolean> {
  const update = new UpdateCommand({
    TableName,
    Key: keys.article(id),
    ...change,
    UpdateExpression: `SET ${unmatched.pk} = :mark, ${unmatched.sk} = :at, ${readBy ? 'readBy = :readBy, ' : ''}${change.UpdateExpression}`,
    ExpressionAttributeValues: {
      ...change.ExpressionAttributeValues,
      ...(readBy && { ':readBy': readBy }),
      ':mark': partition.unmatched,
      ':at': unmatchedAt,
    },
  });
  return (await unlessRefused(dynamo.send(update))) !== undefined;
}
