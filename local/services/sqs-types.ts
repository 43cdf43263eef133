/** Shapes of the local SQS. Queues are named by their name, times are epoch milliseconds, durations seconds. */

/** As CloudFormation and CreateQueue write them: numbers or text; RedrivePolicy an object or its JSON. */
export type QueueAttributes = Readonly<Record<string, unknown>>;

export interface MessageAttribute {
  readonly DataType: string;
  readonly StringValue?: string;
  /** Base64. */
  readonly BinaryValue?: string;
}
export type MessageAttributes = Readonly<Record<string, MessageAttribute>>;

export interface OutgoingMessage {
  readonly body: string;
  readonly attributes?: MessageAttributes;
  /** Absent: the queue's own delay. */
  readonly delaySeconds?: number;
  /** Access key of the sender. */
  readonly sender?: string;
}

export interface QueuedMessage {
  readonly id: string;
  readonly body: string;
  readonly attributes: MessageAttributes;
  readonly sentAt: number;
  readonly sender: string;
  /** How often it was received, over all queues it was in. */
  readonly receiveCount: number;
  readonly firstReceivedAt?: number;
  /** Set in a dead-letter queue: the ARN of the queue it came from. */
  readonly deadLetterSourceArn?: string;
}

export interface ReceivedMessage extends QueuedMessage {
  readonly receiptHandle: string;
}

export interface ReceiveOptions {
  /** 1 to 10. */
  readonly max?: number;
  /** Absent: the queue's own visibility timeout. */
  readonly visibilitySeconds?: number;
  /** Long polling: how long to wait for a first message. Absent: the queue's own ReceiveMessageWaitTimeSeconds. */
  readonly waitSeconds?: number;
  /** Ends the wait; the answer is then empty. */
  readonly signal?: AbortSignal;
}

export interface QueueCounts {
  readonly visible: number;
  readonly inFlight: number;
  readonly delayed: number;
}

/** Every method throws ServiceError with SQS's own code; a write is on the disk when the method returns. */
export interface Sqs {
  /** Makes the queue, or gives an existing one these attributes and keeps its messages. */
  createQueue(queue: string, attributes?: QueueAttributes): void;
  queueNames(): string[];
  /** All settings under AWS's names, defaults filled in; RedrivePolicy is JSON. */
  attributes(queue: string): Record<string, string>;
  counts(queue: string): QueueCounts;
  send(queue: string, message: OutgoingMessage): string;
  /** All or none, in one sync to the disk; answers their ids in order. */
  sendAll(queue: string, messages: readonly OutgoingMessage[]): string[];
  /**
   * Answers at once where a message is visible, otherwise when one becomes so or the wait ends. A message that was
   * received maxReceiveCount times moves to the dead-letter queue instead.
   */
  receive(queue: string, options?: ReceiveOptions): Promise<ReceivedMessage[]>;
  /** A handle of an earlier receive deletes nothing, as on AWS. */
  delete(queue: string, receiptHandles: readonly string[]): void;
  changeVisibility(queue: string, receiptHandle: string, seconds: number): void;
  /** What waits in a queue, oldest first, without receiving it. */
  messages(queue: string, limit?: number): QueuedMessage[];
  purge(queue: string): void;
  /** Drives a dead-letter queue again: back to where each message came from, or to `destination`. */
  redrive(queue: string, destination?: string): number;
  /** Makes received messages visible at once: their consumers died with the process that ran before. */
  releaseInFlight(): void;
  close(): void;
}
