/**
 * Why a document is no feed: `not-a-feed` is something else (a web page, an empty answer), `malformed` is beyond
 * recovery, `too-large` and `too-deep` are refused unread.
 */
export type FeedErrorCode = 'not-a-feed' | 'malformed' | 'too-large' | 'too-deep';

export class FeedError extends Error {
  override readonly name = 'FeedError';
  readonly code: FeedErrorCode;

  constructor(code: FeedErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
