/** What was thrown, as a problem: our own as they are, those of middy and the SDK by their names. */
import { ApiProblem, type ProblemSlug } from './problems.ts';

/** The statuses that `@middy/http-json-body-parser` throws, and the early timeout of `@middy/core`. */
const slugOfStatus: Readonly<Record<number, ProblemSlug>> = { 415: 'not-json', 422: 'malformed-json' };

const BUSY = new Set([
  'TimeoutError',
  'Throttled',
  'ThrottledException',
  'Throttling',
  'ThrottlingException',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'TransactionInProgressException',
]);

export function toProblem(error: unknown): ApiProblem {
  if (error instanceof ApiProblem) return error;
  const { name = '', statusCode, $metadata } = error as ErrorShape;
  const slug = $metadata === undefined && statusCode !== undefined ? slugOfStatus[statusCode] : undefined;
  return new ApiProblem(slug ?? (BUSY.has(name) ? 'unavailable' : 'internal'), { cause: error });
}

interface ErrorShape {
  readonly name?: string;
  readonly statusCode?: number;
  /** Only errors of the AWS SDK have it. */
  readonly $metadata?: unknown;
}
