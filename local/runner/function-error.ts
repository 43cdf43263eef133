import type { FunctionFailure } from './messages.ts';

/** A function threw, timed out or crashed: `failure` is what Lambda would answer. */
export class FunctionError extends Error {
  readonly failure: FunctionFailure;

  constructor(failure: FunctionFailure) {
    super(`${failure.errorType}: ${failure.errorMessage}`);
    this.name = 'FunctionError';
    this.failure = failure;
  }
}
