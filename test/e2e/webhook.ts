/** A webhook on loopback that confirms its subscription as SNS asks it to and keeps what it is told. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Webhook {
  /** Every path below it is the webhook's too. */
  readonly url: string;
  notifications(): readonly Record<string, unknown>[];
  close(): void;
}

export async function startWebhook(): Promise<Webhook> {
  const received: Record<string, unknown>[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const message = JSON.parse(Buffer.concat(chunks).toString());
    if (message.Type === 'SubscriptionConfirmation') await fetch(message.SubscribeURL);
    else received.push(message);
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
  return { url, notifications: () => received, close: () => void server.close() };
}
