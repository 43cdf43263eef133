/** Queue attributes: names, defaults, and limits as SetQueueAttributes documents them. */
import { nameOf } from './arn.ts';
import { ServiceError } from './service-error.ts';
import type { QueueAttributes } from './sqs-types.ts';

/** name → [default, least, most] */
const numeric: Record<string, readonly [number, number, number]> = {
  DelaySeconds: [0, 0, 900],
  MaximumMessageSize: [1_048_576, 1024, 1_048_576],
  MessageRetentionPeriod: [345_600, 60, 1_209_600],
  ReceiveMessageWaitTimeSeconds: [0, 0, 20],
  VisibilityTimeout: [30, 0, 43_200],
};

export interface RedrivePolicy {
  /** Name of the dead-letter queue. */
  readonly deadLetterQueue: string;
  readonly maxReceiveCount: number;
}

/** Attributes as text with defaults filled in. Throws InvalidAttributeValue. */
export function completeAttributes(given: QueueAttributes): Record<string, string> {
  const complete: Record<string, string> = {};
  for (const [name, [standard, least, most]] of Object.entries(numeric)) {
    const value = Number(given[name] ?? standard);
    if (!Number.isInteger(value) || value < least || value > most) throw invalid(name);
    complete[name] = String(value);
  }
  if (given.RedrivePolicy !== undefined && given.RedrivePolicy !== '')
    complete.RedrivePolicy = redriveText(given.RedrivePolicy);
  return complete;
}

function redriveText(given: unknown): string {
  const text = typeof given === 'string' ? given : JSON.stringify(given);
  const policy = parseJson(text) as { deadLetterTargetArn?: unknown; maxReceiveCount?: unknown } | undefined;
  const count = Number(policy?.maxReceiveCount);
  const sound = typeof policy?.deadLetterTargetArn === 'string' && count >= 1 && count <= 1000;
  if (!sound) throw invalid('RedrivePolicy');
  return text;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** @param attributes of `completeAttributes` */
export function redrivePolicy(attributes: Record<string, string>): RedrivePolicy | undefined {
  if (attributes.RedrivePolicy === undefined) return undefined;
  const policy = JSON.parse(attributes.RedrivePolicy);
  return {
    deadLetterQueue: nameOf(policy.deadLetterTargetArn),
    maxReceiveCount: Number(policy.maxReceiveCount),
  };
}

function invalid(name: string): ServiceError {
  return new ServiceError('InvalidAttributeValue', `Invalid value for the parameter ${name}.`);
}
