/** What people on this machine open: the inbox, and the links in its mails. */
import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { followInbox } from './inbox-events.ts';
import { linkPage } from './link-page.ts';
import { ServiceError } from './service-error.ts';
import { certificatePath } from './sns-envelope.ts';
import { confirmedText } from './sns-mail.ts';
import type { Sns } from './sns-types.ts';

type Route = (query: URLSearchParams, request: IncomingMessage, response: ServerResponse) => unknown;

/** Answers requests under `/_local/`. @param host the address listened on */
export function localRoutes(sns: Sns, host: string) {
  const routes = routesOf(sns);
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://local');
    const route = routes[`${request.method} ${pathname}`];
    if (!isOwnHost(request.headers.host, host)) reply(response, 403, 'text/plain', 'Unknown host');
    else if (!route) reply(response, 404, 'text/plain', 'Not found');
    else await route(searchParams, request, response);
  };
}

function routesOf(sns: Sns): Readonly<Record<string, Route>> {
  return {
    'GET /_local': (_query, _request, response) => response.writeHead(308, { location: '/_local/' }).end(),
    'GET /_local/': page('inbox.html', 'text/html; charset=utf-8'),
    ...pages(['theme.css', 'list.css', 'reader.css'], 'text/css; charset=utf-8'),
    ...pages(
      ['inbox.js', 'elements.js', 'readers.js', 'texts.js', 'webhooks.js'],
      'text/javascript; charset=utf-8',
    ),
    'GET /_local/inbox': (query, _request, response) => {
      const messages = sns.inbox.list({ ...count(query.get('limit')), ...after(query.get('after')) });
      reply(response, 200, 'application/json', JSON.stringify({ messages }));
    },
    'GET /_local/inbox/events': (query, request, response) =>
      followInbox(sns.inbox, request.headers['last-event-id'] ?? query.get('after'), response),
    'GET /_local/opted-out': (_query, _request, response) =>
      reply(response, 200, 'application/json', JSON.stringify({ phoneNumbers: sns.optedOut() })),
    'POST /_local/answers': (query, request, response) => answerText(sns, query, request, response),
    'GET /_local/confirm': (query, _request, response) =>
      followLink(response, 'Subscription confirmed', () =>
        confirmedText(sns.confirm(query.get('TopicArn') ?? '', query.get('Token') ?? '')),
      ),
    'GET /_local/unsubscribe': (query, _request, response) =>
      followLink(response, 'Subscription removed', () => {
        const { endpoint, topicArn } = sns.leave(query.get('SubscriptionArn') ?? '');
        return `${endpoint} receives nothing more of what is published to ${topicArn}.`;
      }),
    [`GET ${certificatePath}`]: async (_query, _request, response) =>
      reply(response, 200, 'application/x-pem-file', await sns.certificate()),
  };
}

/** A reader answers a text, from the inbox page only: not from a page elsewhere that posts here. */
function answerText(
  sns: Sns,
  query: URLSearchParams,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const site = request.headers['sec-fetch-site'] ?? 'same-origin';
  const from = query.get('from') ?? '';
  const answers = { STOP: sns.optOut, START: sns.optIn };
  const word = query.get('word');
  const sound = site === 'same-origin' && (word === 'STOP' || word === 'START') && /^\+\d{7,15}$/.test(from);
  if (sound) answers[word](from);
  reply(response, sound ? 204 : 400, 'text/plain', '');
}

/** A file of the inbox page. Nothing but this server is loaded, and no script that stands in the document. */
function page(file: string, type: string): Route {
  const url = new URL(`../inbox/${file}`, import.meta.url);
  return async (_query, _request, response) => reply(response, 200, type, await readFile(url));
}

function pages(files: readonly string[], type: string): Record<string, Route> {
  return Object.fromEntries(files.map((file) => [`GET /_local/${file}`, page(file, type)]));
}

const securityHeaders = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
};

function reply(response: ServerResponse, status: number, type: string, body: string | Buffer): void {
  response.writeHead(status, { 'content-type': type, ...securityHeaders }).end(body);
}

function followLink(response: ServerResponse, title: string, work: () => string): void {
  try {
    reply(response, 200, 'text/html; charset=utf-8', linkPage(title, work()));
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    const text =
      error.status === 403
        ? 'This subscription was confirmed so that only the sender can end it: ask there.'
        : 'This link is not valid any more: the subscription was removed, or another one was asked for.';
    reply(response, error.status, 'text/html; charset=utf-8', linkPage('Link not valid', text));
  }
}

function count(limit: string | null) {
  return limit !== null && /^\d+$/.test(limit) ? { limit: Number(limit) } : {};
}

function after(id: string | null) {
  return id !== null && /^\d+$/.test(id) ? { after: id } : {};
}

/** A page elsewhere must not read the inbox by pointing its own name at this machine (DNS rebinding). */
function isOwnHost(header: string | undefined, host: string): boolean {
  const name = (header ?? '').replace(/:\d+$/, '');
  const loopback = ['127.0.0.1', 'localhost', '[::1]'];
  return ![...loopback, '::1'].includes(host) || [...loopback, host].includes(name);
}
