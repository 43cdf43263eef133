/** Publish requests as the form has them, alone or in batches of ten. */
import { entriesOf, type Form, type FormValue, membersOf, textOf, type XmlValue } from './query-protocol.ts';
import { ServiceError } from './service-error.ts';
import { mostBytes, publishSize } from './sns-rules.ts';
import type { PublishRequest, Sns } from './sns-types.ts';
import type { MessageAttribute, MessageAttributes } from './sqs-types.ts';

export function publishRequest(form: Form): PublishRequest {
  const subject = textOf(form, 'Subject');
  const messageStructure = textOf(form, 'MessageStructure');
  return {
    message: textOf(form, 'Message') ?? '',
    ...(subject !== undefined && { subject }),
    ...(messageStructure !== undefined && { messageStructure }),
    attributes: attributesOf(form),
  };
}

function attributesOf(form: Form): MessageAttributes {
  const entries = Object.entries(entriesOf(form, 'MessageAttributes', 'Name', 'Value'));
  return Object.fromEntries(entries.map(([name, value]) => [name, attributeOf(value)]));
}

function attributeOf(value: FormValue): MessageAttribute {
  const parts: Form = typeof value === 'object' ? value : {};
  const text = textOf(parts, 'StringValue');
  const binary = textOf(parts, 'BinaryValue');
  return {
    DataType: textOf(parts, 'DataType') ?? '',
    ...(text !== undefined && { StringValue: text }),
    ...(binary !== undefined && { BinaryValue: binary }),
  };
}

/** An entry that SNS refuses fails alone. Throws for a batch that is no batch. */
export function publishBatch(sns: Sns, topicArn: string, form: Form): XmlValue {
  const entries = membersOf(form, 'PublishBatchRequestEntries').filter((entry) => typeof entry === 'object');
  sns.topic(topicArn);
  refuseEntries(entries);
  const results = entries.map((entry) => publishEntry(sns, topicArn, entry));
  return {
    Successful: results.filter((result) => 'MessageId' in result),
    Failed: results.filter((result) => 'Code' in result),
  };
}

function publishEntry(sns: Sns, topicArn: string, entry: Form): Record<string, string | boolean> {
  const Id = textOf(entry, 'Id')!;
  try {
    return { Id, MessageId: sns.publish(topicArn, publishRequest(entry)) };
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    return { Id, Code: error.code, Message: error.message, SenderFault: true };
  }
}

function refuseEntries(entries: readonly Form[]): void {
  const refuse = (code: string, message: string) => {
    throw new ServiceError(code, message);
  };
  const ids = entries.map((entry) => textOf(entry, 'Id') ?? '');
  if (ids.length === 0) refuse('EmptyBatchRequest', "The batch request doesn't contain any entries.");
  if (ids.length > 10)
    refuse('TooManyEntriesInBatchRequest', 'The batch request contains more entries than permissible (10).');
  if (!ids.every((id) => /^[\w-]{1,80}$/.test(id)))
    refuse(
      'InvalidBatchEntryId',
      "The Id of a batch entry in a batch request doesn't abide by the specification.",
    );
  if (new Set(ids).size < ids.length)
    refuse('BatchEntryIdsNotDistinct', 'Two or more batch entries in the request have the same Id.');
  const size = entries.reduce((sum, entry) => sum + publishSize(publishRequest(entry)), 0);
  if (size > mostBytes)
    refuse(
      'BatchRequestTooLong',
      'The length of all the batch messages put together is more than the limit.',
    );
}
