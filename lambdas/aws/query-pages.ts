/** Queries that go over DynamoDB's megabyte: page by page, or all of it. */
import { QueryCommand, type QueryCommandInput, type QueryCommandOutput } from '@aws-sdk/lib-dynamodb';
import { dynamo } from './dynamo.ts';

export type Query = Omit<QueryCommandInput, 'Limit' | 'ExclusiveStartKey'>;

/** @param most how many items at the most, before a filter is applied; absent: all there are */
export async function* queryPages(query: Query, most?: number): AsyncGenerator<QueryCommandOutput> {
  let read = 0;
  let ExclusiveStartKey: Record<string, unknown> | undefined;
  do {
    const limit = most === undefined ? {} : { Limit: most - read };
    const page = await dynamo.send(new QueryCommand({ ...query, ...limit, ExclusiveStartKey }));
    yield page;
    read += page.ScannedCount ?? 0;
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey && (most === undefined || read < most));
}

/** The items of all pages, in order. */
export async function queryAll<T>(query: Query, most?: number): Promise<T[]> {
  const items: T[] = [];
  for await (const { Items = [] } of queryPages(query, most)) items.push(...(Items as T[]));
  return items;
}
