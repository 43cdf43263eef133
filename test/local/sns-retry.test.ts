import { describe, expect, test } from 'vitest';
import {
  defaultRetryPolicy,
  effectiveRetryPolicy,
  isRetried,
  type RetryPolicy,
  retryDelay,
} from '../../local/services/sns-retry.ts';

/** All delays in order, until the policy gives up. */
function delays(policy: Partial<RetryPolicy>): number[] {
  const all: number[] = [];
  for (let failures = 1; ; failures++) {
    const delay = retryDelay({ ...defaultRetryPolicy, ...policy }, failures);
    if (delay === undefined) return all;
    all.push(Math.round(delay * 10) / 10);
  }
}

describe('retryDelay', () => {
  test.each<[string, Partial<RetryPolicy>, number[]]>([
    ['SNS’s own policy', {}, [20, 20, 20]],
    ['none', { numRetries: 0 }, []],
    ['at once, then patiently', { numRetries: 3, numNoDelayRetries: 2 }, [0, 0, 20]],
    [
      'all four phases',
      {
        numRetries: 7,
        numNoDelayRetries: 1,
        numMinDelayRetries: 1,
        numMaxDelayRetries: 2,
        minDelayTarget: 10,
        maxDelayTarget: 50,
      },
      [0, 10, 10, 30, 50, 50, 50],
    ],
    ['linear', { numRetries: 5, minDelayTarget: 0, maxDelayTarget: 40 }, [0, 10, 20, 30, 40]],
    [
      'arithmetic',
      { numRetries: 3, minDelayTarget: 0, maxDelayTarget: 40, backoffFunction: 'arithmetic' },
      [0, 15, 40],
    ],
    [
      'exponential',
      { numRetries: 3, minDelayTarget: 1, maxDelayTarget: 100, backoffFunction: 'exponential' },
      [1, 10, 100],
    ],
    ['one backoff step', { numRetries: 1, minDelayTarget: 5, maxDelayTarget: 50 }, [5]],
  ])('%s', (_title, policy, expected) => {
    expect(delays(policy)).toEqual(expected);
  });
});

describe('effectiveRetryPolicy', () => {
  const topic = (more = {}) =>
    JSON.stringify({ http: { defaultHealthyRetryPolicy: { numRetries: 7 }, ...more } });
  const subscription = JSON.stringify({ healthyRetryPolicy: { numRetries: 9 } });
  test.each([
    ['nothing set', undefined, undefined, 3],
    ['the topic’s', topic(), undefined, 7],
    ['the subscription’s over the topic’s', topic(), subscription, 9],
    ['the topic’s where it forbids others', topic({ disableSubscriptionOverrides: true }), subscription, 7],
  ])('%s', (_title, ofTopic, ofSubscription, numRetries) => {
    expect(effectiveRetryPolicy(ofTopic, ofSubscription)).toEqual({ ...defaultRetryPolicy, numRetries });
  });
});

test.each([
  [500, true],
  [503, true],
  [429, true],
  [400, false],
  [404, false],
  [301, false],
])('status %i is retried: %s', (status, expected) => {
  expect(isRetried(status)).toBe(expected);
});
