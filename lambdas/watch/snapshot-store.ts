/**
 * The snapshot of all watches: one object in S3, written whole or not at all, and only in the place of the one that
 * its writer has seen (docs/adr/0006-a-snapshot-of-the-watches.md).
 */
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { s3 } from '../aws/s3.ts';
import { readEnvironment } from '../environment.ts';

const { snapshotBucket: Bucket } = readEnvironment('snapshotBucket');
const Key = 'watches.snapshot';

export interface StoredSnapshot {
  readonly bytes: Uint8Array;
  /** Names this very content: for `writeSnapshot`. */
  readonly etag: string;
}

/** @returns undefined when there is none yet */
export async function readSnapshot(): Promise<StoredSnapshot | undefined> {
  try {
    const { Body, ETag } = await s3.send(new GetObjectCommand({ Bucket, Key }));
    return { bytes: await Body!.transformToByteArray(), etag: ETag! };
  } catch (error) {
    if ((error as Error).name === 'NoSuchKey') return undefined;
    throw error;
  }
}

/**
 * @param replaces the ETag of the one that is there, or undefined when there was none
 * @returns false when another was written meanwhile
 */
export async function writeSnapshot(bytes: Uint8Array, replaces: string | undefined): Promise<boolean> {
  const condition = replaces === undefined ? { IfNoneMatch: '*' } : { IfMatch: replaces };
  try {
    await s3.send(new PutObjectCommand({ Bucket, Key, Body: bytes, ...condition }));
    return true;
  } catch (error) {
    if (refusals.has((error as Error).name)) return false;
    throw error;
  }
}

/**
 * The condition does not hold, or does not any more; or the one to replace is gone. What is written at the same moment
 * conflicts: https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
 */
const refusals = new Set(['PreconditionFailed', 'ConditionalRequestConflict', 'NoSuchKey']);
