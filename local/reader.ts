/** Confirms channels as their readers would: by the link in the mail that they got. */
import type { Services } from './services/services-types.ts';

interface Channel {
  readonly id: string;
  readonly kind: string;
  readonly address: string;
}

/** A webhook is confirmed at once: it is for its owner to answer SNS, but here the person who set it up has. */
export async function confirmChannel(
  { inbox, sns }: Services,
  { id, kind, address }: Channel,
): Promise<void> {
  if (kind === 'webhook') {
    const subscription = sns.subscriptions().find(({ topicArn }) => topicArn.endsWith(id));
    if (subscription) sns.confirmNow(subscription.arn);
    return;
  }
  const links = inbox
    .list()
    .filter(({ to }) => to === address)
    .flatMap(({ body }) => body.match(/https?:\/\/\S+\/_local\/confirm\?\S+/g) ?? []);
  const link = links.find((candidate) => candidate.includes(id));
  if (!link) throw new Error(`${address} got no mail to confirm by`);
  const response = await fetch(link);
  if (!response.ok) throw new Error(`${link} answered ${response.status}`);
}
