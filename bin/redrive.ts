/**
 * Lists what failed, and drives it again: dead letters go back to their queue, failed deliveries are made due.
 * Doing so is always safe, since everything may run twice.
 *
 *     npm run redrive                              lists
 *     npm run redrive -- MatchQueue deliveries     drives these again
 *     npm run redrive -- all
 */
import { parseArgs } from 'node:util';
import { SQSClient } from '@aws-sdk/client-sqs';
import {
  countDeadLetters,
  type DeadLetterQueue,
  peekDeadLetters,
  redriveDeadLetters,
} from './dead-letters.ts';
import { listFailed, redriveFailed } from './failed-deliveries.ts';
import { findOutputs, runProgram, type StackOutputs, stackOptions } from './stack-outputs.ts';

/** What is shown of each kind. */
const mostShown = 10;

export function queuesOf(outputs: StackOutputs): Record<string, DeadLetterQueue> {
  return {
    PollQueue: { deadLettersUrl: outputs.PollDeadLettersUrl, queueUrl: outputs.PollQueueUrl },
    ReadQueue: { deadLettersUrl: outputs.ReadDeadLettersUrl, queueUrl: outputs.ReadQueueUrl },
    MatchQueue: { deadLettersUrl: outputs.MatchDeadLettersUrl, queueUrl: outputs.MatchQueueUrl },
    DeliverQueue: { deadLettersUrl: outputs.DeliverDeadLettersUrl, queueUrl: outputs.DeliverQueueUrl },
  };
}

/** @returns lines for a person */
export async function list(outputs: StackOutputs, now: Date): Promise<string[]> {
  const sqs = new SQSClient({ region: outputs.region });
  const lines: string[] = [];
  for (const [name, queue] of Object.entries(queuesOf(outputs))) {
    lines.push(`${name}: ${await countDeadLetters(sqs, queue)} dead letters`);
    lines.push(...(await peekDeadLetters(sqs, queue)).map((body) => `  ${body}`));
  }
  const failed = await listFailed(outputs, now, mostShown);
  lines.push(`deliveries: ${failed.length === mostShown ? `${mostShown} or more` : failed.length} failed`);
  lines.push(...failed.map(({ id, failedAt, error }) => `  ${failedAt} ${JSON.stringify(id)} ${error}`));
  return lines;
}

/**
 * @param names of queues, `deliveries`, or `all`
 * @returns lines for a person
 * @throws Error for a name that is none of these, before anything is done
 */
export async function redrive(outputs: StackOutputs, names: readonly string[], now: Date): Promise<string[]> {
  const queues = queuesOf(outputs);
  const known = [...Object.keys(queues), 'deliveries'];
  const unknown = names.filter((name) => name !== 'all' && !known.includes(name));
  if (unknown.length > 0)
    throw new Error(`No such thing: ${unknown.join(', ')}. There are ${known.join(', ')}, all.`);

  const sqs = new SQSClient({ region: outputs.region });
  const lines: string[] = [];
  for (const name of names.includes('all') ? known : names) {
    const queue = queues[name];
    const count = queue ? await redriveDeadLetters(sqs, queue) : await redriveFailed(outputs, now);
    lines.push(`${name}: ${count} driven again`);
  }
  return lines;
}

if (import.meta.main)
  await runProgram(async () => {
    const { values, positionals } = parseArgs({ options: stackOptions, allowPositionals: true });
    const outputs = await findOutputs(values);
    const now = new Date();
    const lines =
      positionals.length === 0 ? await list(outputs, now) : await redrive(outputs, positionals, now);
    console.log(lines.join('\n'));
  });
