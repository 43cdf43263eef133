/** The newest stored articles, day by day, as far back as a preview looks. */
import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { index } from '../../core/indexes.ts';
import type { StoredArticle } from '../../core/model.ts';
import { dynamo } from '../dynamo.ts';
import { settings } from './settings.ts';

const { name: IndexName, pk } = index.articlesRecent;

/** Today and the six days before. */
const DAYS = 7;
/** A page is a megabyte at most: so many are read within a second or two. */
const MOST_PAGES = 12;

/** Newest first, a page at a time. Ends when a week is read, or after some megabytes. */
export async function* recentArticles(now: string): AsyncGenerator<readonly StoredArticle[]> {
  let pages = 0;
  for (const day of lastDays(now)) {
    let ExclusiveStartKey: Record<string, unknown> | undefined;
    do {
      const { Items = [], LastEvaluatedKey } = await dynamo.send(
        new QueryCommand({
          TableName: settings.articlesTable,
          IndexName,
          KeyConditionExpression: '#day = :day',
          ExpressionAttributeNames: { '#day': pk },
          ExpressionAttributeValues: { ':day': day },
          ScanIndexForward: false,
          ExclusiveStartKey,
        }),
      );
      yield Items as StoredArticle[];
      ExclusiveStartKey = LastEvaluatedKey;
    } while (ExclusiveStartKey && ++pages < MOST_PAGES);
    if (pages >= MOST_PAGES) return;
  }
}

const DAY_MS = 86_400_000;

function lastDays(now: string): string[] {
  const today = Date.parse(now);
  return Array.from({ length: DAYS }, (_, n) => new Date(today - n * DAY_MS).toISOString().slice(0, 10));
}
