/** Driving a dead-letter queue again, as the console's "Start DLQ redrive" does. Here a task is done when it is answered. */
import { randomUUID } from 'node:crypto';
import { nameOf } from './arn.ts';
import { ServiceError } from './service-error.ts';
import type { SqsOperation } from './sqs-operation.ts';
import type { Sqs } from './sqs-types.ts';

interface Task {
  readonly TaskHandle: string;
  readonly Status: 'COMPLETED';
  readonly SourceArn: string;
  readonly DestinationArn?: string;
  readonly ApproximateNumberOfMessagesMoved: number;
  readonly StartedTimestamp: number;
}

export function moveTasks(sqs: Sqs, now: () => number): Record<string, SqsOperation> {
  const tasks: Task[] = [];
  return {
    StartMessageMoveTask: ({ SourceArn, DestinationArn }) => {
      const source = sourceOf(SourceArn);
      const destination = DestinationArn === undefined ? undefined : nameOf(DestinationArn);
      if (destination !== undefined) sqs.attributes(destination);
      const task: Task = {
        TaskHandle: randomUUID(),
        Status: 'COMPLETED',
        SourceArn: source,
        ...(DestinationArn !== undefined && { DestinationArn }),
        ApproximateNumberOfMessagesMoved: sqs.redrive(nameOf(source), destination),
        StartedTimestamp: now(),
      };
      tasks.unshift(task);
      return { TaskHandle: task.TaskHandle };
    },
    ListMessageMoveTasks: ({ SourceArn }) => {
      const source = sourceOf(SourceArn);
      return { Results: tasks.filter((task) => task.SourceArn === source).slice(0, 10) };
    },
  };
}

function sourceOf(arn: string | undefined): string {
  if (arn) return arn;
  throw new ServiceError('MissingParameter', 'The request must contain the parameter SourceArn.');
}
