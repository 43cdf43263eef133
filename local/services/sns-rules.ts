/**
 * What SNS refuses, in its own words. https://docs.aws.amazon.com/sns/latest/api/API_Publish.html and _Subscribe.html
 */
import { ServiceError } from './service-error.ts';
import { type Protocol, type PublishRequest, protocols, type SubscribeRequest } from './sns-types.ts';
import type { MessageAttribute } from './sqs-types.ts';

export const mostBytes = 262_144;

/** Throws InvalidParameter for a message that SNS does not take. */
export function refusePublish(request: PublishRequest): void {
  if (!request.message) throw invalid('Empty message');
  if (publishSize(request) > mostBytes) throw invalid('Message too long');
  if (request.subject !== undefined && !soundSubject(request.subject)) throw invalid('Subject');
  for (const [name, attribute] of Object.entries(request.attributes ?? {})) refuseAttribute(name, attribute);
  if (request.messageStructure !== undefined && request.messageStructure !== 'json')
    throw invalid('MessageStructure');
  if (request.messageStructure === 'json') parseStructure(request.message);
}

/** Bytes as SNS counts them: message and attributes. */
export function publishSize({ message, attributes = {} }: PublishRequest): number {
  const parts = Object.entries(attributes).flatMap(([name, { DataType, StringValue, BinaryValue }]) => [
    name,
    DataType,
    StringValue ?? Buffer.from(BinaryValue ?? '', 'base64'),
  ]);
  return parts.reduce((sum, part) => sum + Buffer.byteLength(part), Buffer.byteLength(message));
}

/** ASCII that starts with a letter, number or punctuation mark; no line break or control character; under 100. */
const soundSubject = (subject: string) => /^[\x21-\x7e][\x20-\x7e]{0,98}$/.test(subject);

function refuseAttribute(name: string, { DataType, StringValue, BinaryValue }: MessageAttribute): void {
  const reason = (text: string) =>
    new ServiceError('ParameterValueInvalid', `The message attribute '${name}' ${text}`);
  if (!/^(String|Number|Binary|String\.Array)(\.|$)/.test(DataType ?? ''))
    throw reason(
      'has an invalid message attribute type, the set of supported types is: Binary, Number, String',
    );
  if (!StringValue && !BinaryValue) throw reason('must contain non-empty message attribute value.');
  if (DataType.startsWith('Number') && !Number.isFinite(Number(StringValue)))
    throw reason('must contain a number as its value.');
}

/** What a protocol is told: the text for it, else the `default`. Throws InvalidParameter. */
export function textFor(protocol: Protocol, { message, messageStructure }: PublishRequest): string {
  if (messageStructure !== 'json') return message;
  const texts = parseStructure(message);
  const own = texts[protocol];
  return typeof own === 'string' ? own : texts.default;
}

function parseStructure(message: string): Record<string, unknown> & { default: string } {
  const texts = parseObject(message);
  if (!texts) throw invalid('Message Structure - JSON message body failed to parse');
  if (typeof texts.default === 'string') return { ...texts, default: texts.default };
  throw invalid('Message Structure - No default entry in JSON message body');
}

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'object' && parsed !== null ? (parsed as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

export function refusePhoneNumber(phoneNumber: string): void {
  if (/^\+[1-9]\d{6,14}$/.test(phoneNumber)) return;
  throw invalid(`PhoneNumber Reason: ${phoneNumber} is not valid to publish to`);
}

export function refuseTopicName(name: string): void {
  if (!/^[\w-]{1,256}$/.test(name)) throw invalid('Topic Name');
}

const endpointForms: Readonly<Record<Protocol, RegExp>> = {
  email: /^[^\s@]+@[^\s@]+$/,
  http: /^http:\/\/[^/]/,
  https: /^https:\/\/[^/]/,
  sqs: /^arn:aws:sqs:[^:]+:\d{12}:[\w-]+$/,
  sms: /^\+[1-9]\d{6,14}$/,
};

/** Answers the protocol as one we know. Throws InvalidParameter. */
export function refuseSubscribe({ protocol, endpoint }: SubscribeRequest): Protocol {
  const known = protocols.find((candidate) => candidate === protocol);
  if (!known) throw invalid(`Amazon SNS does not support this protocol string: ${protocol}`);
  if (endpointForms[known].test(endpoint ?? '')) return known;
  if (known === 'http' || known === 'https') throw invalid('Endpoint must match the specified protocol');
  throw invalid(known === 'email' ? 'Email address' : `Endpoint Reason: ${known} endpoint is not valid`);
}

/** Throws for an attribute that a subscription has not, here or on AWS. */
export function refuseSubscriptionAttribute(name: string, value: string): void {
  if (!['DeliveryPolicy', 'RawMessageDelivery', 'RedrivePolicy'].includes(name))
    throw invalid('AttributeName');
  if (name === 'RawMessageDelivery' ? /^(true|false)$/i.test(value) : value === '' || parseObject(value))
    return;
  throw invalid(`Attributes Reason: ${name}`);
}

export function invalid(what: string): ServiceError {
  return new ServiceError('InvalidParameter', `Invalid parameter: ${what}`);
}

export function notFound(what: 'Topic' | 'Subscription'): ServiceError {
  return new ServiceError('NotFound', `${what} does not exist`, 404);
}
