/** One attempt to hand a notice to its endpoint: a POST as SNS makes it, or a message in a queue. */
import { nameOf } from './arn.ts';
import { makeIdentity } from './certificate.ts';
import { ServiceError } from './service-error.ts';
import { envelope, webhookHeaders } from './sns-envelope.ts';
import { isRetried } from './sns-retry.ts';
import { type Notice, type SnsStore, type StoredSubscription, topicOf } from './sns-store.ts';
import type { MessageAttributes, Sqs } from './sqs-types.ts';

/** `refused`: trying again is of no use. */
export type PostOutcome = 'taken' | 'failed' | 'refused';

const timeoutMs = 15_000;

export async function postNotice(
  store: SnsStore,
  sqs: Sqs,
  subscription: StoredSubscription,
  notice: Notice,
  closed: AbortSignal,
): Promise<PostOutcome> {
  const inRaw = isRaw(subscription, notice);
  const body = await bodyOf(store, subscription, notice);
  if (subscription.protocol === 'sqs') return enqueue(sqs, subscription, notice, body, inRaw);
  try {
    const response = await fetch(subscription.endpoint, {
      method: 'POST',
      body,
      headers: webhookHeaders(notice, subscription.arn, inRaw),
      redirect: 'manual',
      signal: AbortSignal.any([closed, AbortSignal.timeout(timeoutMs)]),
    });
    await response.body?.cancel();
    if (response.ok) return 'taken';
    return isRetried(response.status) ? 'failed' : 'refused';
  } catch {
    return 'failed'; // No answer: refused connections, time-outs, names that do not resolve.
  }
}

/** What an endpoint is sent, and what is kept of it when it is given up. */
export async function bodyOf(
  store: SnsStore,
  subscription: StoredSubscription,
  notice: Notice,
): Promise<string> {
  return isRaw(subscription, notice) ? notice.message : await signedEnvelope(store, subscription, notice);
}

function isRaw({ attributes }: StoredSubscription, { type }: Notice): boolean {
  return type === 'Notification' && attributes.RawMessageDelivery?.toLowerCase() === 'true';
}

async function signedEnvelope(
  store: SnsStore,
  subscription: StoredSubscription,
  notice: Notice,
): Promise<string> {
  const topic = store.statement.topic.get(subscription.topicArn);
  return envelope(notice, {
    baseUrl: store.baseUrl(),
    subscriptionArn: subscription.arn,
    privateKey: (await identityOf(store)).privateKey,
    signatureVersion: (topic && topicOf(topic).attributes.SignatureVersion) ?? '1',
  });
}

/** The key and certificate of this data directory, made when they are first needed. */
export async function identityOf(store: SnsStore) {
  const read = () => store.statement.signing.get() as Record<string, string> | undefined;
  if (!read()) {
    const made = await makeIdentity('sns.us-east-1.amazonaws.com');
    if (!read()) store.statement.saveSigning.run(made.privateKey, made.certificate);
  }
  const { private_key, certificate } = read()!;
  return { privateKey: private_key!, certificate: certificate! };
}

function enqueue(
  sqs: Sqs,
  subscription: StoredSubscription,
  notice: Notice,
  body: string,
  raw: boolean,
): PostOutcome {
  const queue = nameOf(subscription.endpoint);
  try {
    sqs.send(queue, { body, sender: 'sns', ...(raw && { attributes: queueAttributes(notice) }) });
    return 'taken';
  } catch (error) {
    if (error instanceof ServiceError) return 'refused';
    throw error;
  }
}

function queueAttributes({ messageAttributes = {} }: Notice): MessageAttributes {
  const entries = Object.entries(messageAttributes).map(([name, { Type, Value }]) => [
    name,
    { DataType: Type, [Type.startsWith('Binary') ? 'BinaryValue' : 'StringValue']: Value },
  ]);
  return Object.fromEntries(entries);
}
