/** The newest stored articles, day by day, as far back as a preview looks. */
import { index } from '../../core/indexes.ts';
import type { StoredArticle } from '../../core/model.ts';
import { queryPages } from '../aws/query-pages.ts';
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
    const query = {
      TableName: settings.articlesTable,
      IndexName,
      KeyConditionExpression: '#day = :day',
      ExpressionAttributeNames: { '#day': pk },
      ExpressionAttributeValues: { ':day': day },
      ScanIndexForward: false,
    };
    for await (const { Items = [], LastEvaluatedKey } of queryPages(query)) {
      yield Items as StoredArticle[];
      if (LastEvaluatedKey && ++pages >= MOST_PAGES) return;
    }
  }
}

const DAY_MS = 86_400_000;

function lastDays(now: string): string[] {
  const today = Date.parse(now);
  return Array.from({ length: DAYS }, (_, n) => new Date(today - n * DAY_MS).toISOString().slice(0, 10));
}
