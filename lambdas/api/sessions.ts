/** Signing in: a code to an address, the code for a token. And confirming an address by pasting SNS's link. */
import * as z from 'zod/mini';
import { reachable } from './address.ts';
import { confirmTopic } from './channel-topic.ts';
import { code } from './code-store.ts';
import { endpoint } from './endpoint.ts';
import { name, readText } from './fields.ts';
import { limits, refuseMoreThan } from './limits.ts';
import { readList } from './list-store.ts';
import { ApiProblem } from './problems.ts';
import { settings } from './settings.ts';
import { askForCode, enterCode } from './sign-in.ts';
import { makeSessionToken, newToken } from './tokens.ts';

interface Confirmation {
  readonly topicArn: string;
  readonly token: string;
}

/** `https://sns.eu-west-1.amazonaws.com/confirmation.html?TopicArn=…&Token=…&Endpoint=…`; it is never fetched. */
const confirmationLink = readText<Confirmation>(2048, (text) => {
  const parameters = URL.parse(text)?.searchParams;
  const topicArn = parameters?.get('TopicArn') ?? '';
  const token = parameters?.get('Token') ?? '';
  if (/^[a-z0-9]{16}$/.test(idIn(topicArn)) && token !== '') return { value: { topicArn, token } };
  return { refused: 'Not the link of a confirmation mail of ours' };
});

/** The channel's id in the ARN of its topic. */
function idIn(topicArn: string): string {
  const { topicArnPrefix } = settings;
  return topicArn.startsWith(topicArnPrefix) ? topicArn.slice(topicArnPrefix.length) : '';
}

export const sessionEndpoints = [
  endpoint({
    method: 'POST',
    path: '/v1/sessions',
    role: 'anyone',
    summary: 'Have a one-time code sent; for an address that is not confirmed, the request to confirm again',
    success: [202],
    body: reachable,
    problems: ['too-many-requests'],
    work: ({ body, client, now }) => askForCode(body, client, now),
  }),
  endpoint({
    method: 'POST',
    path: '/v1/sessions/verify',
    role: 'anyone',
    summary: 'A token for a code. It is shown this once',
    success: [201],
    body: z.discriminatedUnion('kind', [
      z.extend(reachable.def.options[0], { code, name: z._default(name, 'Sign-in') }),
      z.extend(reachable.def.options[1], { code, name: z._default(name, 'Sign-in') }),
    ]),
    answer: newToken,
    problems: ['wrong-code', 'too-many-requests', 'conflict'],
    work: async ({ body: { code, name, ...address }, client, now }) => {
      const { subscriberId } = await enterCode(address, code, client, now);
      return { body: await makeSessionToken(subscriberId, name, now) };
    },
  }),
  endpoint({
    method: 'POST',
    path: '/v1/channels/confirm',
    role: 'anyone',
    summary:
      "Confirm an address by the link in SNS's mail, so that no mail scanner can unsubscribe it (from a list it can)",
    success: [204],
    body: z.strictObject({ link: confirmationLink }),
    problems: ['too-many-requests'],
    work: async ({ body: { link }, client, now }) => {
      await refuseMoreThan(limits.guessesOfClient, client, now);
      const isList = (await readList(idIn(link.topicArn))) !== undefined;
      if (await confirmTopic(link.topicArn, link.token, isList)) return {};
      const errors = [{ pointer: '/link', detail: 'It is too old, or none of ours: ask for a new mail' }];
      throw new ApiProblem('invalid-body', { errors });
    },
  }),
];
