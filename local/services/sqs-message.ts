/**
 * What SQS says about a message: digests that the SDK clients verify, sizes and refusals.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html
 */
import { createHash } from 'node:crypto';
import { ServiceError } from './service-error.ts';
import type { MessageAttribute, MessageAttributes, OutgoingMessage } from './sqs-types.ts';

export const md5 = (content: string | Buffer) => createHash('md5').update(content).digest('hex');

/** MD5 over the attributes in name order, each part behind its length; undefined where there are none. */
export function md5OfAttributes(attributes: MessageAttributes): string | undefined {
  const names = Object.keys(attributes).sort();
  if (names.length === 0) return undefined;
  const parts = names.flatMap((name) => {
    const attribute = attributes[name]!;
    const kind = Buffer.from([attribute.BinaryValue === undefined ? 1 : 2]);
    return [...measured(name), ...measured(attribute.DataType), kind, ...measured(bytesOf(attribute))];
  });
  return md5(Buffer.concat(parts));
}

/** Bytes as SQS counts them: the body, and name, type and value of each attribute. */
export function sizeOf({ body, attributes = {} }: OutgoingMessage): number {
  const sizes = Object.entries(attributes).map(
    ([name, attribute]) =>
      Buffer.byteLength(name) + Buffer.byteLength(attribute.DataType) + bytesOf(attribute).length,
  );
  return sizes.reduce((sum, size) => sum + size, Buffer.byteLength(body));
}

/** Throws what SQS throws for a message it does not take. */
export function refuseMessage(message: OutgoingMessage, maximumSize: number): void {
  if (!message.body)
    throw parameter('The request must contain the parameter MessageBody.', 'MissingParameter');
  if (sizeOf(message) > maximumSize)
    throw parameter(
      `One or more parameters are invalid. Reason: Message must be shorter than ${maximumSize} bytes.`,
    );
  // Only what XML 1.0 can carry: #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF
  if (!message.body.isWellFormed() || unrepresentable.test(message.body))
    throw new ServiceError('InvalidMessageContents', 'Invalid characters were found in the message body.');
  if (Object.keys(message.attributes ?? {}).length > 10)
    throw parameter('Number of message attributes [11] exceeds the allowed maximum [10].');
  for (const [name, attribute] of Object.entries(message.attributes ?? {})) refuseAttribute(name, attribute);
  const delay = message.delaySeconds ?? 0;
  if (!Number.isInteger(delay) || delay < 0 || delay > 900)
    throw parameter(
      `Value ${delay} for parameter DelaySeconds is invalid. Reason: DelaySeconds must be >= 0 and <= 900.`,
    );
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that SQS refuses
const unrepresentable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/;

function refuseAttribute(name: string, attribute: MessageAttribute): void {
  if (!/^(String|Number|Binary)(\.|$)/.test(attribute.DataType ?? ''))
    throw parameter(`The message attribute '${name}' has an invalid message attribute type.`);
  if (bytesOf(attribute).length === 0)
    throw parameter(`The message attribute '${name}' must contain a non-empty message attribute value.`);
}

function parameter(message: string, code = 'InvalidParameterValue'): ServiceError {
  return new ServiceError(code, message);
}

function bytesOf(attribute: MessageAttribute): Buffer {
  if (attribute.BinaryValue !== undefined) return Buffer.from(attribute.BinaryValue, 'base64');
  return Buffer.from(attribute.StringValue ?? '');
}

function measured(part: string | Buffer): Buffer[] {
  const bytes = Buffer.from(part as string);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return [length, bytes];
}

/** Throws where a batch is larger than one message may be. */
export function refuseBatch(messages: readonly OutgoingMessage[]): void {
  const size = messages.reduce((sum, message) => sum + sizeOf(message), 0);
  if (size <= 1_048_576) return;
  throw new ServiceError(
    'AWS.SimpleQueueService.BatchRequestTooLong',
    `Batch requests cannot be longer than 1048576 bytes. You have sent ${size} bytes.`,
  );
}
