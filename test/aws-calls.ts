/**
 * Watches the AWS calls of the code under test: queues record instead of sending, and a call may die before or after
 * it took effect, as a function that is killed does.
 *
 *     const aws = watchCalls(dynamo, sqs);
 *     aws.dieAt(3, 'after');
 */

import type { SendMessageBatchCommandInput, SQSClient } from '@aws-sdk/client-sqs';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

export interface SentMessage {
  readonly queueUrl: string;
  readonly body: unknown;
  readonly delaySeconds: number;
}

export interface WatchedCalls {
  /** Every call by name, such as `PutItemCommand`. */
  readonly calls: string[];
  /** The same once they are answered, in the order of the answers. */
  readonly answered: string[];
  /** Has calls of this name wait before they take effect. @returns how to let them go on */
  hold(name: string): () => void;
  /** What was sent and not taken yet, in order. */
  readonly sent: SentMessage[];
  /** Removes and returns what was sent to a queue. */
  take(queueUrl: string): SentMessage[];
  /** From now on the call with this number, counted from 0, throws: before it takes effect, or after. */
  dieAt(call: number, when: 'before' | 'after'): void;
  /** @returns whether it died since `dieAt` */
  live(): boolean;
}

export class Died extends Error {}

type Handler = (args: { input: object }) => Promise<unknown>;

export function watchCalls(dynamo: DynamoDBDocumentClient, sqs: SQSClient): WatchedCalls {
  const calls: string[] = [];
  const answered: string[] = [];
  const held = new Map<string, PromiseWithResolvers<void>>();
  const sent: SentMessage[] = [];
  let death: { at: number; when: 'before' | 'after' } | undefined;
  let died = false;

  const middleware =
    (effect?: (input: object) => unknown) => (next: Handler, context: { commandName?: string }) => {
      return async (args: { input: object }) => {
        const dies = death?.at === 0 ? death.when : undefined;
        if (death) death.at--;
        const name = context.commandName ?? '';
        calls.push(name);
        if (dies === 'before') die();
        await held.get(name)?.promise;
        const result = effect ? effect(args.input) : await next(args);
        if (dies === 'after') die();
        answered.push(name);
        return result;
      };
    };
  function die(): never {
    died = true;
    throw new Died();
  }
  function record(input: object) {
    const { QueueUrl, Entries } = input as SendMessageBatchCommandInput;
    for (const { MessageBody, DelaySeconds = 0 } of Entries!) {
      sent.push({ queueUrl: QueueUrl!, body: JSON.parse(MessageBody!), delaySeconds: DelaySeconds });
    }
    return { response: {}, output: { Successful: [], Failed: [], $metadata: {} } };
  }

  const place = { step: 'initialize', name: 'watchCalls', override: true } as const;
  dynamo.middlewareStack.add(middleware() as never, place);
  sqs.middlewareStack.add(middleware(record) as never, place);
  return {
    calls,
    answered,
    hold(name) {
      const waiting = Promise.withResolvers<void>();
      held.set(name, waiting);
      return () => {
        held.delete(name);
        waiting.resolve();
      };
    },
    sent,
    take(queueUrl) {
      const taken = sent.filter((message) => message.queueUrl === queueUrl);
      sent.splice(0, sent.length, ...sent.filter((message) => message.queueUrl !== queueUrl));
      return taken;
    },
    dieAt(at, when) {
      death = { at, when };
      died = false;
    },
    live() {
      death = undefined;
      return died;
    },
  };
}
