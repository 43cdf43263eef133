/** One page of a list. Where a limit bounds a list, `queryAll` reads all of it. */
import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { dynamo } from '../aws/dynamo.ts';
import type { Query } from '../aws/query-pages.ts';
import type { PageQuery, Place } from './fields.ts';

export interface Page<T> {
  readonly items: readonly T[];
  /** Where the next page starts; absent on the last one. */
  readonly next?: Place;
}

export interface Listing<T> {
  readonly query: Query;
  /** The full key of the item at a place, of the table and of the index that is read. */
  readonly keyAt: (place: Place) => Record<string, string>;
  readonly placeOf: (item: T) => Place;
}

export async function readPage<T>(listing: Listing<T>, { limit, cursor }: PageQuery): Promise<Page<T>> {
  // One more than asked for: DynamoDB returns a key to go on from even when nothing follows. It returns fewer
  // than asked for when they are more than a megabyte.
  const { Items = [], LastEvaluatedKey } = await dynamo.send(
    new QueryCommand({
      ...listing.query,
      Limit: limit + 1,
      ExclusiveStartKey: cursor && listing.keyAt(cursor),
    }),
  );
  const items = Items.slice(0, limit) as T[];
  const last = items.at(-1);
  const goesOn = Items.length > limit || (LastEvaluatedKey !== undefined && Items.length < limit + 1);
  return goesOn && last ? { items, next: listing.placeOf(last) } : { items };
}
