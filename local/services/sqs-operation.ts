/** What an operation of SQS's JSON protocol takes and gives. */
import type { MessageAttributes } from './sqs-types.ts';

/** The members of all inputs together; each operation reads its own. */
export interface SqsInput {
  readonly QueueUrl?: string;
  readonly QueueName?: string;
  readonly QueueNamePrefix?: string;
  readonly Attributes?: Record<string, string>;
  readonly MessageBody?: string;
  readonly MessageAttributes?: MessageAttributes;
  readonly DelaySeconds?: number;
  readonly ReceiptHandle?: string;
  readonly VisibilityTimeout?: number;
  readonly MaxNumberOfMessages?: number;
  readonly WaitTimeSeconds?: number;
  readonly AttributeNames?: string[];
  readonly MessageSystemAttributeNames?: string[];
  readonly MessageAttributeNames?: string[];
  readonly Entries?: (SqsInput & { readonly Id?: string })[];
  readonly SourceArn?: string;
  readonly DestinationArn?: string;
}

export interface SqsCall {
  readonly caller: string;
  /** Fires when the client went away. */
  readonly signal: AbortSignal;
}

export type SqsOperation = (input: SqsInput, call: SqsCall) => object | Promise<object>;
