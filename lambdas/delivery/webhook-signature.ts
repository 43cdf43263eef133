/**
 * SNS lets nobody set headers, so a webhook's signature stands in the message: the scheme of Standard Webhooks
 * (https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md) over its fields.
 * Described for receivers in docs/webhooks.md.
 */
import { createHmac } from 'node:crypto';
import { deriveKey } from './signing-key.ts';

/** What the owner of a webhook verifies with: `whsec_` and base64. */
export async function webhookSecret(channelId: string): Promise<string> {
  return `whsec_${(await webhookKey(channelId)).toString('base64')}`;
}

/**
 * @param payload JSON
 * @param deliveryId the same when the same is sent again
 * @param now ISO 8601
 */
export async function signWebhook(
  channelId: string,
  deliveryId: string,
  payload: string,
  now: string,
): Promise<string> {
  const timestamp = Math.floor(Date.parse(now) / 1000);
  const signature = createHmac('sha256', await webhookKey(channelId))
    .update(`${deliveryId}.${timestamp}.${payload}`)
    .digest('base64');
  return JSON.stringify({ version: 1, id: deliveryId, timestamp, payload, signature: `v1,${signature}` });
}

function webhookKey(channelId: string): Promise<Buffer> {
  return deriveKey(`webhook ${channelId}`);
}
