/** What else tells a story: its first article and those that joined it. */
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import type { StoryCopy } from '../../core/model.ts';
import { dynamo } from '../aws/dynamo.ts';
import { queryAll } from '../aws/query-pages.ts';
import { readEnvironment } from '../environment.ts';
import { keys, partition } from '../keys.ts';

const { articlesTable: TableName } = readEnvironment('articlesTable');

/** As many as anybody is shown. */
const MOST_COPIES = 20;

/**
 * The oldest first, twenty at the most; those that have expired are missing.
 *
 * @param articleId the article that is known already, and left out
 */
export async function readCopies(storyId: string, articleId: string): Promise<StoryCopy[]> {
  const { pk, skPrefix } = partition.storyCopies(storyId);
  const [first, later] = await Promise.all([
    // The first article has the story's id.
    storyId === articleId ? undefined : readFirst(storyId),
    queryAll<StoryCopy>(
      {
        TableName,
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
        ExpressionAttributeValues: { ':pk': pk, ':prefix': skPrefix },
      },
      MOST_COPIES,
    ),
  ]);
  const others = [...(first ? [first] : []), ...later].map(toCopy);
  return others.filter(({ id }) => id !== articleId).slice(0, MOST_COPIES);
}

async function readFirst(id: string): Promise<StoryCopy | undefined> {
  const { Item } = await dynamo.send(new GetCommand({ TableName, Key: keys.article(id) }));
  return Item as StoryCopy | undefined;
}

/** Only what is told and shown of it. */
export function toCopy({ id, url, title, sourceId, sourceName, seenAt }: StoryCopy): StoryCopy {
  return { id, url, title, sourceId, sourceName, seenAt };
}
