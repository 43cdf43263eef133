/** The links of a message: to act on it, to manage everything, and short ones for texts. */
import { createHash } from 'node:crypto';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { listPage } from '../../core/message/list-page.ts';
import type { Links } from '../../core/message/message-links.ts';
import type { Alert } from '../../core/model.ts';
import { dynamo } from '../aws/dynamo.ts';
import { readEnvironment } from '../environment.ts';
import { keys } from '../keys.ts';
import { signAction } from './action-link.ts';
import { expiry, TableName } from './delivery-item.ts';
import type { LinkMaker, Stored } from './delivery-ports.ts';

const { apiUrl, dashboardUrl } = readEnvironment('apiUrl', 'dashboardUrl');

export const messageLinks: LinkMaker = { manage: dashboardUrl, linksOf };

async function linksOf({ id, endsAt }: Stored, kind: string, [first]: readonly Alert[]): Promise<Links> {
  if (kind === 'list') return { act: '', manage: listPage(dashboardUrl, id.subscriberId) };
  const storyId = 'storyId' in id ? id.storyId : undefined;
  if (kind === 'sms') return { act: '', manage: dashboardUrl, story: await shorten(first!, endsAt) };
  const signed = await signAction({ ...id, storyId, endsAt });
  return { act: `${apiUrl}/a/${signed}`, manage: dashboardUrl };
}

const CODE_CHARACTERS = 10;

/** As long as the alert lasts; a link that is short already stays. The same story has the same link. */
async function shorten({ subscriberId, storyId, article }: Alert, endsAt: string): Promise<string> {
  const { url } = article;
  const digest = createHash('sha256').update(`${subscriberId} ${storyId} ${url}`).digest('base64url');
  const code = digest.slice(0, CODE_CHARACTERS);
  const short = `${apiUrl}/s/${code}`;
  if (short.length >= url.length) return url;
  await dynamo.send(
    new PutCommand({
      TableName,
      Item: { ...keys.shortLink(code), subscriberId, url, endsAt, ...expiry(endsAt) },
    }),
  );
  return short;
}
