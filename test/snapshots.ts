/**
 * The bucket of the snapshot on an S3 of its own, for tests of what starts with it. It ends with the test file.
 *
 *     const snapshots = await startSnapshots();   // sets the SDK's endpoint and the bucket's variable
 *     afterAll(snapshots.stop);
 */
import { variable } from '../core/environment.ts';
import type { S3 } from '../local/services/s3.ts';
import { everything, startLocal } from './local/services.ts';

export const bucket = 'snapshots';
export const key = 'watches.snapshot';

export interface Snapshots {
  readonly s3: S3;
  stop(): Promise<void>;
}

/** The variables are set before a module under test is imported: import it dynamically, after this. */
export async function startSnapshots(): Promise<Snapshots> {
  const local = await startLocal({ policiesOf: () => [everything] });
  local.services.s3.createBucket(bucket);
  Object.assign(process.env, {
    AWS_ENDPOINT_URL_S3: local.services.url,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    [variable.snapshotBucket]: bucket,
  });
  return { s3: local.services.s3, stop: local.stop };
}
