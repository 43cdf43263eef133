/** The polls of one host as a message that arrives when the first of them is due. */
import type { PlannedPoll } from '../../core/source/polling.ts';
import { sendMessages } from '../aws/queue.ts';
import { readEnvironment } from '../environment.ts';
import type { PollMessage } from '../messages.ts';
import type { Lease } from './host-lease.ts';

const { pollQueueUrl } = readEnvironment('pollQueueUrl');

/** What SQS can delay at most. */
const longestDelaySeconds = 900;

/** @param polls in order, at least one */
export async function queuePolls(lease: Lease, polls: readonly PlannedPoll[], now: Date): Promise<void> {
  const body: PollMessage = { ...lease, polls: [...polls] };
  const wait = Math.ceil((Date.parse(polls[0]!.at) - now.getTime()) / 1000);
  const delaySeconds = Math.min(Math.max(wait, 0), longestDelaySeconds);
  await sendMessages(pollQueueUrl, [{ body, delaySeconds }]);
}
