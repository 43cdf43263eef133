/** Where the short link of a text leads, as long as its alert lasts. */
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { dynamo } from '../aws/dynamo.ts';
import { keys } from '../keys.ts';
import { endpoint } from './endpoint.ts';
import { foundOr404 } from './problems.ts';
import { settings } from './settings.ts';

interface ShortLink {
  readonly url: string;
  readonly endsAt: string;
}

async function readShortLink(code: string, now: string): Promise<string | undefined> {
  const { Item } = await dynamo.send(
    new GetCommand({ TableName: settings.alertsTable, Key: keys.shortLink(code) }),
  );
  const link = Item as ShortLink | undefined;
  return link && link.endsAt > now ? link.url : undefined;
}

export const shortLinkEndpoints = [
  endpoint({
    method: 'GET',
    path: '/s/{code}',
    role: 'anyone',
    summary: 'The story of a text: leads to its article',
    success: [302],
    problems: ['not-found'],
    work: async ({ params, now }) => ({
      headers: { location: foundOr404(await readShortLink(params.code, now)) },
    }),
  }),
];
