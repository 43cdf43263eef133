/**
 * The link in a mail by which its reader acts without signing in: it names subscriber, channel and story, ends at a
 * time, and is signed. Whoever has it may do no more than its page offers.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { deriveKey } from './signing-key.ts';

export interface ActionLink {
  readonly subscriberId: string;
  readonly channelId: string;
  /** Absent in a digest. */
  readonly storyId?: string;
  /** ISO 8601. */
  readonly endsAt: string;
}

const MAC_BYTES = 16;
const MAC_CHARACTERS = 22;

/** @returns letters, digits, `-` and `_` */
export async function signAction({
  subscriberId,
  channelId,
  storyId = '',
  endsAt,
}: ActionLink): Promise<string> {
  const ends = Math.ceil(Date.parse(endsAt) / 1000).toString(36);
  const body = Buffer.from([subscriberId, channelId, storyId, ends].join('.')).toString('base64url');
  return body + (await macOf(body)).toString('base64url');
}

/** @returns undefined for what we did not sign, and for what has ended */
export async function readAction(token: string, now: string): Promise<ActionLink | undefined> {
  const body = token.slice(0, -MAC_CHARACTERS);
  const mac = Buffer.from(token.slice(-MAC_CHARACTERS), 'base64url');
  if (mac.length !== MAC_BYTES || !timingSafeEqual(mac, await macOf(body))) return undefined;
  const [subscriberId, channelId, storyId, ends] = Buffer.from(body, 'base64url').toString().split('.');
  const endsAt = new Date(Number.parseInt(ends!, 36) * 1000).toISOString();
  if (endsAt <= now) return undefined;
  return { subscriberId: subscriberId!, channelId: channelId!, storyId: storyId || undefined, endsAt };
}

async function macOf(body: string): Promise<Buffer> {
  const key = await deriveKey('action links');
  return createHmac('sha256', key).update(body).digest().subarray(0, MAC_BYTES);
}
