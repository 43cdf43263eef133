/**
 * An SNS that remembers what it was asked, and fails when told to: the one thing a real one does not do. That our
 * calls are understood by SNS as it is, `test/local` and the end-to-end run show.
 */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export type SnsState = 'pending' | 'confirmed';

export interface SnsDouble {
  readonly endpoint: string;
  /** Actions in the order they came, with what they were about. */
  readonly calls: string[];
  /** Topic ARNs, each with its subscribed endpoint. */
  readonly topics: Map<string, string>;
  /** Who is subscribed to each topic, in the order in which they were. */
  readonly members: Map<string, { readonly endpoint: string; state: SnsState }[]>;
  /** Topics whose members can leave by the link in a mail: they were confirmed so. */
  readonly canLeave: Set<string>;
  /** By subscription ARN. */
  readonly subscriptions: Map<string, SnsState>;
  /** What was published, to a topic's ARN or to a phone number. */
  readonly published: { readonly to: string; readonly text: string }[];
  /** Numbers that answered STOP. */
  readonly optedOut: Set<string>;
  /** The next call of this action answers with this error. */
  failNext(action: string, code: string): void;
  stop(): void;
}

type Parameters = URLSearchParams;

export async function startSnsDouble(): Promise<SnsDouble> {
  const calls: string[] = [];
  const topics = new Map<string, string>();
  const subscriptions = new Map<string, SnsState>();
  const members: SnsDouble['members'] = new Map();
  const canLeave = new Set<string>();
  const published: { to: string; text: string }[] = [];
  const optedOut = new Set<string>();
  const failures = new Map<string, string>();

  function answer(action: string, parameters: Parameters): string | { code: string } {
    const code = failures.get(action);
    failures.delete(action);
    if (code) return { code };
    const topicArn =
      parameters.get('TopicArn') ?? `arn:aws:sns:us-east-1:000000000000:${parameters.get('Name')}`;
    const subscriptionArn = parameters.get('SubscriptionArn') ?? `${topicArn}:subscription`;
    switch (action) {
      case 'CreateTopic':
        if (!topics.has(topicArn)) topics.set(topicArn, '');
        return `<TopicArn>${topicArn}</TopicArn>`;
      case 'Subscribe':
        topics.set(topicArn, `${parameters.get('Protocol')} ${parameters.get('Endpoint')}`);
        addMember(members, topicArn, topics.get(topicArn)!);
        if (!subscriptions.has(subscriptionArn)) subscriptions.set(subscriptionArn, 'pending');
        return `<SubscriptionArn>${subscriptionArn}</SubscriptionArn>`;
      case 'GetSubscriptionAttributes': {
        const state = subscriptions.get(subscriptionArn);
        if (!state) return { code: 'NotFound' };
        return `<Attributes><entry><key>PendingConfirmation</key><value>${state === 'pending'}</value></entry></Attributes>`;
      }
      case 'Publish': {
        const to = parameters.get('TopicArn') ?? parameters.get('PhoneNumber')!;
        published.push({ to, text: parameters.get('Message')! });
        return '<MessageId>m</MessageId>';
      }
      case 'GetTopicAttributes':
        return topicAttributes(members.get(topicArn) ?? []);
      case 'ListSubscriptionsByTopic':
        return listMembers(members.get(topicArn) ?? [], topicArn, Number(parameters.get('NextToken') ?? 0));
      case 'CheckIfPhoneNumberIsOptedOut':
        return `<isOptedOut>${optedOut.has(parameters.get('phoneNumber')!)}</isOptedOut>`;
      case 'ConfirmSubscription':
        if (parameters.get('Token') !== 'sound') return { code: 'InvalidParameter' };
        if (parameters.get('AuthenticateOnUnsubscribe') === 'false') canLeave.add(topicArn);
        subscriptions.set(subscriptionArn, 'confirmed');
        return `<SubscriptionArn>${subscriptionArn}</SubscriptionArn>`;
      case 'Unsubscribe':
        if (subscriptions.get(subscriptionArn) === 'pending') return { code: 'InvalidParameter' };
        subscriptions.delete(subscriptionArn);
        return '';
      default:
        topics.delete(topicArn);
        members.delete(topicArn);
        subscriptions.delete(`${topicArn}:subscription`);
        return '';
    }
  }

  const server = createServer(async (request, response) => {
    const parameters = new URLSearchParams(await text(request));
    const action = parameters.get('Action')!;
    calls.push(action);
    const result = answer(action, parameters);
    if (typeof result === 'string') response.end(success(action, result));
    else response.writeHead(400).end(failure(result.code));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    topics,
    members,
    canLeave,
    subscriptions,
    published,
    optedOut,
    failNext: (action, code) => void failures.set(action, code),
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** @param endpoint with its protocol */
function addMember(members: SnsDouble['members'], topicArn: string, endpoint: string): void {
  const all = members.get(topicArn) ?? [];
  if (all.every((one) => one.endpoint !== endpoint)) all.push({ endpoint, state: 'pending' });
  members.set(topicArn, all);
}

type Members = readonly { readonly endpoint: string; readonly state: SnsState }[];

function topicAttributes(all: Members): string {
  const confirmed = all.filter(({ state }) => state === 'confirmed').length;
  const entry = (key: string, value: number) => `<entry><key>${key}</key><value>${value}</value></entry>`;
  const pending = entry('SubscriptionsPending', all.length - confirmed);
  return `<Attributes>${entry('SubscriptionsConfirmed', confirmed)}${pending}</Attributes>`;
}

/** SNS has a hundred on a page; two are enough to have several. */
const A_PAGE = 2;

function listMembers(all: Members, topicArn: string, start: number): string {
  const shown = all.slice(start, start + A_PAGE).map(({ endpoint, state }, n) => {
    const [protocol, address] = endpoint.split(' ');
    const arn = state === 'pending' ? 'PendingConfirmation' : `${topicArn}:${start + n}`;
    return `<member><SubscriptionArn>${arn}</SubscriptionArn><Protocol>${protocol}</Protocol><Endpoint>${address}</Endpoint></member>`;
  });
  const next = start + A_PAGE < all.length ? `<NextToken>${start + A_PAGE}</NextToken>` : '';
  return `<Subscriptions>${shown.join('')}</Subscriptions>${next}`;
}

const namespace = 'xmlns="http://sns.amazonaws.com/doc/2010-03-31/"';

function success(action: string, result: string): string {
  const metadata = '<ResponseMetadata><RequestId>r</RequestId></ResponseMetadata>';
  return `<${action}Response ${namespace}><${action}Result>${result}</${action}Result>${metadata}</${action}Response>`;
}

function failure(code: string): string {
  const error = `<Error><Type>Sender</Type><Code>${code}</Code><Message>${code}</Message></Error>`;
  return `<ErrorResponse ${namespace}>${error}<RequestId>r</RequestId></ErrorResponse>`;
}
