/**
 * When a failed webhook delivery is tried again: SNS's retry phases.
 * https://docs.aws.amazon.com/sns/latest/dg/sns-message-delivery-retries.html
 */

export interface RetryPolicy {
  /** Seconds. */
  readonly minDelayTarget: number;
  readonly maxDelayTarget: number;
  readonly numRetries: number;
  readonly numNoDelayRetries: number;
  readonly numMinDelayRetries: number;
  readonly numMaxDelayRetries: number;
  readonly backoffFunction: 'linear' | 'arithmetic' | 'geometric' | 'exponential';
}

export const defaultRetryPolicy: RetryPolicy = {
  minDelayTarget: 20,
  maxDelayTarget: 20,
  numRetries: 3,
  numNoDelayRetries: 0,
  numMinDelayRetries: 0,
  numMaxDelayRetries: 0,
  backoffFunction: 'linear',
};

/** The subscription's own policy over the topic's over SNS's own. Both are JSON, or absent. */
export function effectiveRetryPolicy(topicPolicy?: string, subscriptionPolicy?: string): RetryPolicy {
  const http = topicPolicy ? JSON.parse(topicPolicy).http : undefined;
  const own = subscriptionPolicy ? JSON.parse(subscriptionPolicy).healthyRetryPolicy : undefined;
  return {
    ...defaultRetryPolicy,
    ...http?.defaultHealthyRetryPolicy,
    ...(http?.disableSubscriptionOverrides === true ? {} : own),
  };
}

/** Seconds until the next try after `failures` failed ones, undefined when that was the last. */
export function retryDelay(policy: RetryPolicy, failures: number): number | undefined {
  const retry = failures - 1;
  const { numRetries, numNoDelayRetries, numMinDelayRetries, numMaxDelayRetries } = policy;
  if (retry >= numRetries) return undefined;
  if (retry < numNoDelayRetries) return 0;
  const early = numNoDelayRetries + numMinDelayRetries;
  if (retry < early) return policy.minDelayTarget;
  if (retry >= numRetries - numMaxDelayRetries) return policy.maxDelayTarget;
  const steps = numRetries - numMaxDelayRetries - early;
  return backoff(policy, steps === 1 ? 0 : (retry - early) / (steps - 1));
}

/** Between the least and the largest delay; `progress` runs from 0 to 1. */
function backoff(policy: RetryPolicy, progress: number): number {
  const { minDelayTarget: least, maxDelayTarget: most } = policy;
  switch (policy.backoffFunction) {
    case 'linear':
      return least + (most - least) * progress;
    case 'arithmetic':
      return least + ((most - least) * progress * (progress + 1)) / 2;
    case 'geometric':
    case 'exponential':
      return Math.max(1, least) * (most / Math.max(1, least)) ** progress;
  }
}

/** 5xx and 429 are retried; SNS gives up on other refusals at once. */
export function isRetried(status: number): boolean {
  return status >= 500 || status === 429;
}
