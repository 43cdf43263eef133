/**
 * A durable S3 in one SQLite file: whole objects by bucket and key, with conditional writes.
 *
 *     const s3 = openS3('.tocsin/s3.sqlite');
 *     s3.createBucket('snapshots');
 *     const { etag } = s3.put('snapshots', 'watches.bin', { body, headers: {} });
 */
import { createHash } from 'node:crypto';
import { openDatabase, transaction } from './database.ts';
import { ServiceError } from './service-error.ts';

export interface NewObject {
  readonly body: Buffer;
  /** Given back with the object: content-type, x-amz-meta-*, checksums. */
  readonly headers: Readonly<Record<string, string>>;
}

export interface StoredObject extends NewObject {
  /** In quotes, as on the wire. */
  readonly etag: string;
  /** Epoch milliseconds. */
  readonly modifiedAt: number;
}

export interface WriteConditions {
  /** The object must have this ETag. */
  readonly ifMatch?: string;
  /** `*`: there must be no object yet. */
  readonly ifNoneMatch?: string;
}

/** Every method throws ServiceError with S3's own code; a write is on the disk when the method returns. */
export interface S3 {
  createBucket(bucket: string): void;
  /** An empty one. */
  deleteBucket(bucket: string): void;
  /** The keys in it, sorted; refused where there is no such bucket. */
  list(bucket: string): string[];
  has(bucket: string, key: string): boolean;
  put(bucket: string, key: string, object: NewObject, conditions?: WriteConditions): StoredObject;
  get(bucket: string, key: string): StoredObject;
  /** Deleting what is not there succeeds, as on AWS. */
  delete(bucket: string, key: string): void;
  close(): void;
}

const schema = `
  CREATE TABLE IF NOT EXISTS buckets (name TEXT PRIMARY KEY) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS objects (
    bucket TEXT NOT NULL, key TEXT NOT NULL, etag TEXT NOT NULL, headers TEXT NOT NULL, modified_at INTEGER NOT NULL,
    body BLOB NOT NULL, PRIMARY KEY (bucket, key));`;

/** Opens the file, or makes it. Throws where it cannot be read. */
export function openS3(file: string, { now = Date.now }: { now?: () => number } = {}): S3 {
  const database = openDatabase(file);
  database.exec(schema);
  const sql = (text: string) => database.prepare(text);
  const addBucket = sql('INSERT OR IGNORE INTO buckets VALUES (?)');
  const hasBucket = sql('SELECT 1 FROM buckets WHERE name = ?');
  const removeBucket = sql('DELETE FROM buckets WHERE name = ?');
  const listKeys = sql('SELECT key FROM objects WHERE bucket = ? ORDER BY key');
  const hasObject = sql('SELECT 1 FROM objects WHERE bucket = ? AND key = ?');
  const select = sql('SELECT * FROM objects WHERE bucket = ? AND key = ?');
  const save = sql('INSERT OR REPLACE INTO objects VALUES (?, ?, ?, ?, ?, ?)');
  const remove = sql('DELETE FROM objects WHERE bucket = ? AND key = ?');

  function demandBucket(bucket: string): void {
    if (!hasBucket.get(bucket))
      throw new ServiceError('NoSuchBucket', 'The specified bucket does not exist', 404);
  }

  function find(bucket: string, key: string): StoredObject | undefined {
    demandBucket(bucket);
    const row = select.get(bucket, key);
    return row && storedObject(row);
  }

  function list(bucket: string): string[] {
    demandBucket(bucket);
    return listKeys.all(bucket).map((row) => String(row.key));
  }

  return {
    createBucket: (bucket) => void addBucket.run(bucket),
    deleteBucket: (bucket) =>
      transaction(database, () => {
        if (list(bucket).length > 0)
          throw new ServiceError('BucketNotEmpty', 'The bucket you tried to delete is not empty', 409);
        removeBucket.run(bucket);
      }),
    list,
    has: (bucket, key) => hasObject.get(bucket, key) !== undefined,
    put: (bucket, key, object, conditions = {}) =>
      transaction(database, () => {
        refuseWrite(find(bucket, key), conditions);
        const etag = `"${createHash('md5').update(object.body).digest('hex')}"`;
        const modifiedAt = now();
        save.run(bucket, key, etag, JSON.stringify(object.headers), modifiedAt, object.body);
        return { ...object, etag, modifiedAt };
      }),
    get(bucket, key) {
      const object = find(bucket, key);
      if (!object) throw new ServiceError('NoSuchKey', 'The specified key does not exist.', 404);
      return object;
    },
    delete(bucket, key) {
      find(bucket, key);
      remove.run(bucket, key);
    },
    close: () => database.close(),
  };
}

function refuseWrite(existing: StoredObject | undefined, { ifMatch, ifNoneMatch }: WriteConditions): void {
  if (ifMatch !== undefined && !existing)
    throw new ServiceError('NoSuchKey', 'The specified key does not exist.', 404);
  const other = ifMatch !== undefined && unquoted(existing?.etag) !== unquoted(ifMatch);
  if (other || (ifNoneMatch === '*' && existing))
    throw new ServiceError(
      'PreconditionFailed',
      'At least one of the pre-conditions you specified did not hold',
      412,
    );
}

const unquoted = (etag: string | undefined) => etag?.replaceAll('"', '');

function storedObject(row: Record<string, unknown>): StoredObject {
  return {
    body: Buffer.from(row.body as Uint8Array),
    headers: JSON.parse(String(row.headers)),
    etag: String(row.etag),
    modifiedAt: Number(row.modified_at),
  };
}
