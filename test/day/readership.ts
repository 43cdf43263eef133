/** The readers as the API knows them: signed up, with channels that they confirm, leave or let fail as written. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { confirmChannel } from '../../local/reader.ts';
import type { DayClock } from './clock.ts';
import { choIsDown, type Reader, type ReaderChannel, readers } from './people.ts';
import type { Pipeline } from './pipeline.ts';

/** A reader's channel with where its messages are found. */
export interface Subscribed {
  readonly reader: Reader;
  readonly channel: ReaderChannel;
  readonly id: string;
  readonly address: string;
  /** The reader's own. */
  readonly token: string;
}

interface Change {
  readonly at: Date;
  readonly make: () => Promise<void> | void;
}

export interface Readership {
  readonly channels: readonly Subscribed[];
  /** Confirms and leaves what is to be by now. */
  keepUp(): Promise<void>;
  stop(): void;
}

export async function signUpReaders(pipeline: Pipeline, clock: DayClock): Promise<Readership> {
  const webhooks = await startWebhooks(clock);
  const channels: Subscribed[] = [];
  for (const reader of readers) channels.push(...(await signUp(pipeline, clock, reader, webhooks.urlOf)));
  const changes = channels.flatMap((subscribed) => changesOf(pipeline, clock, subscribed));
  return {
    channels,
    async keepUp() {
      const due = changes.filter(({ at }) => at <= new Date());
      for (const change of due) {
        changes.splice(changes.indexOf(change), 1);
        await change.make();
      }
    },
    stop: webhooks.stop,
  };
}

async function signUp(
  { call, operator, services }: Pipeline,
  clock: DayClock,
  reader: Reader,
  urlOf: (name: string) => string,
): Promise<Subscribed[]> {
  const { name, timeZone, channels, watches, heartbeat } = reader;
  const { id } = await call<{ id: string }>('POST', '/v1/subscribers', operator, { name, timeZone });
  const made = await call<{ token: string }>('POST', `/v1/subscribers/${id}/tokens`, operator, { name });
  const { token } = made;
  const subscribed: Subscribed[] = [];
  for (const channel of channels) {
    const { kind, quietHours, confirmedAt, address = urlOf(name) } = channel;
    const wanted = { kind, address };
    const added = await call<{ id: string }>('POST', `/v1/subscribers/${id}/channels`, operator, wanted);
    const path = `/v1/me/channels/${added.id}`;
    if (kind !== 'sms' && !confirmedAt) await confirmChannel(services, { id: added.id, ...wanted });
    await call('GET', path, token);
    if (quietHours) await call('PATCH', path, token, { quietHours });
    subscribed.push({ reader, channel, id: added.id, address, token });
  }
  for (const { to, ...watch } of watches) {
    const channelIds = subscribed.filter(({ channel }) => to?.includes(channel.kind)).map((each) => each.id);
    const digestDay = watch.frequency === 'weekly' ? { digestDay: clock.end.getUTCDay() || 7 } : {};
    await call('POST', '/v1/watches', token, { ...watch, ...digestDay, channelIds });
  }
  if (heartbeat) await call('PATCH', '/v1/me', token, { heartbeat: 'weekly' });
  return subscribed;
}

function changesOf({ services }: Pipeline, clock: DayClock, subscribed: Subscribed): Change[] {
  const { id, address, channel } = subscribed;
  const { kind, confirmedAt, unsubscribedAt } = channel;
  const confirm = () => confirmChannel(services, { id, kind, address });
  const leave = () => {
    const own = services.sns.subscriptions().find(({ topicArn }) => topicArn.endsWith(id));
    services.sns.unsubscribe(own!.arn);
  };
  return [
    ...(confirmedAt ? [{ at: clock.at(confirmedAt), make: confirm }] : []),
    ...(unsubscribedAt ? [{ at: clock.at(unsubscribedAt), make: leave }] : []),
  ];
}

/** What they are told stands in the inbox once they took it. */
async function startWebhooks(clock: DayClock) {
  const isDown = (path: string) => {
    const now = new Date();
    return path === '/cho' && clock.at(choIsDown.from) <= now && now < clock.at(choIsDown.to);
  };
  const server = createServer(async (request, response) => {
    await json(request);
    response.writeHead(isDown(request.url!) ? 500 : 200).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    urlOf: (name: string) => `http://127.0.0.1:${port}/${name}`,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
