/**
 * Parts of the SDK that no call of ours reaches. `lib/service-function.ts` bundles this in the place of
 * `@smithy/core/event-streams` (answers that are streams of events) and `@aws-sdk/endpoint-cache` (endpoints that
 * DynamoDB would be asked for, which it is only where that is switched on), and a bundle is 24 KB smaller.
 */

/** What a client of S3 puts into its configuration. */
export const eventStreamSerdeProvider = () => undefined;
export const resolveEventStreamSerdeConfig = <T>(config: T): T => config;

export class EventStreamSerde {
  constructor() {
    throw new Error('Streams of events are left out of the bundle: see lambdas/aws/left-out.ts');
  }
}

/** Of those that the middleware asks, it knows none. */
export class EndpointCache {
  getEndpoint(): undefined {}
  get(): undefined {}
  has(): boolean {
    return false;
  }
  set(): void {}
  delete(): void {}
  clear(): void {}
}
