/** SNS on the wire: forms in, XML out. */
import { randomUUID } from 'node:crypto';
import { accountId, region, topicArn } from './arn.ts';
import { accessDenied, unknownCaller } from './authorize.ts';
import { type Form, parseForm, queryError, queryResponse, textOf } from './query-protocol.ts';
import { ServiceError } from './service-error.ts';
import { snsOperations } from './sns-api.ts';
import type { Sns } from './sns-types.ts';
import type { Answer, Grant, WireService } from './wire.ts';

export function snsWire(sns: Sns): WireService {
  const operations = snsOperations(sns);
  return {
    read(request) {
      const form = parseForm(request.body.toString('utf8'));
      const action = textOf(form, 'Action') ?? '';
      const operation = operations[action];
      if (!operation) throw new ServiceError('InvalidAction', `The local SNS does not know ${action}`);
      return {
        action,
        grants: [snsGrant(action, form)],
        carryOut: () => xmlAnswer(200, queryResponse(action, operation(form), randomUUID())),
      };
    },
    refuse(error) {
      const code = names[error.code] ?? error.code;
      const named = new ServiceError(code, error.message, error.status);
      return { ...xmlAnswer(error.status, queryError(named, randomUUID())), error: error.code };
    },
  };
}

/**
 * AWS: subscriptions and phone numbers are no resource types, so actions on them are evaluated against the whole
 * account; a text is evaluated against the number it goes to.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsns.html
 */
export function snsGrant(action: string, form: Form): Grant {
  const name = textOf(form, 'Name');
  const topic = textOf(form, 'TopicArn') ?? textOf(form, 'TargetArn') ?? textOf(form, 'ResourceArn');
  const publishedTo = action === 'Publish' ? textOf(form, 'PhoneNumber') : undefined;
  const resource = publishedTo ?? topic ?? (name === undefined ? wholeAccount : topicArn(name));
  return { action: `sns:${action.replace(/Batch$/, '')}`, resource };
}

const wholeAccount = `arn:aws:sns:${region}:${accountId}:*`;

const names: Readonly<Record<string, string>> = {
  [accessDenied]: 'AuthorizationError',
  [unknownCaller]: 'InvalidClientTokenId',
};

function xmlAnswer(status: number, body: string): Answer {
  return { status, headers: { 'content-type': 'text/xml' }, body };
}
