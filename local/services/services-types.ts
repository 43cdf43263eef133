/** What the runner hands to the local services and gets from them. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { PolicyDocument } from './iam.ts';
import type { Inbox } from './inbox-store.ts';
import type { S3 } from './s3.ts';
import type { Sns } from './sns-types.ts';
import type { Sqs } from './sqs-types.ts';

/** A signed request that its caller's policies allow. */
export interface Call {
  /** The access key it is signed with: a function's name, or `operator`. */
  readonly caller: string;
  readonly service: 'sqs' | 'sns' | 'dynamodb' | 's3';
  /** Operation on the wire: `SendMessageBatch`, `Publish`, `TransactWriteItems`, `PutObject`. */
  readonly action: string;
  /** ARNs (or phone numbers) that it touches. */
  readonly resources: readonly string[];
  /** `before` it is carried out; `after`: carried out and on the disk, but not answered yet. */
  readonly phase: 'before' | 'after';
  /** After a refusal by the service: its error code. */
  readonly error?: string;
}

export interface ServicesOptions {
  /** 0 takes a free one. */
  readonly port: number;
  /** Address to listen on: `127.0.0.1`. */
  readonly host: string;
  /** Holds sqs.sqlite, sns.sqlite and s3.sqlite. */
  readonly dataDir: string;
  /** The policies of an access key; undefined where nobody has that key. */
  policiesOf(caller: string): readonly PolicyDocument[] | undefined;
  /** Base URL of the embedded DynamoDB. */
  readonly dynamoEndpoint: string;
  /** Awaited around each call. A ServiceError that it throws is answered as if the service had refused (`Throttled`). */
  onCall?(call: Call): void | Promise<void>;
  /** Told of every call that its caller's policies do not allow: caller, action and resource. */
  onRefused?(message: string): void;
  /** Answers every request that is neither signed nor under `/_local/`. */
  fallback(request: IncomingMessage, response: ServerResponse): void | Promise<void>;
  readonly now?: () => number;
}

export interface Services {
  /** `http://127.0.0.1:4747`, without a slash at the end. */
  readonly url: string;
  readonly port: number;
  readonly sqs: Sqs;
  readonly sns: Sns;
  readonly s3: S3;
  readonly inbox: Inbox;
  /** The URL by which the SDK knows a queue. */
  queueUrl(name: string): string;
  /** Ends connections and closes the files. */
  close(): Promise<void>;
}
