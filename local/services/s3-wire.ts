/** S3 on the wire: the operation is the method, the resource the path `/bucket/key`. Errors are XML. */
import { accessDenied, unknownCaller } from './authorize.ts';
import { escapeXml } from './query-protocol.ts';
import type { S3, StoredObject } from './s3.ts';
import { ServiceError } from './service-error.ts';
import type { Answer, Grant, WireRequest, WireService } from './wire.ts';

interface ObjectName {
  readonly bucket: string;
  readonly key: string;
}

const objectArn = ({ bucket, key }: ObjectName) => `arn:aws:s3:::${bucket}/${key}`;
const bucketArn = ({ bucket }: ObjectName) => `arn:aws:s3:::${bucket}`;

export function s3Wire(s3: S3): WireService {
  return {
    read(request) {
      const name = objectNameOf(request.target);
      const operation = (name.key ? onObjects : onBuckets)[request.method];
      if (!operation)
        throw new ServiceError(
          'NotImplemented',
          'The local S3 reads, writes, lists and deletes objects only',
          501,
        );
      return {
        action: operation.action,
        grants: [
          { action: operation.grant, resource: (name.key ? objectArn : bucketArn)(name) },
          ...(operation.grant === 's3:GetObject' ? grantsForMissing(s3, name) : []),
        ],
        carryOut: () => operation.carryOut(s3, name, request),
      };
    },
    refuse({ code, message, status }) {
      const shown = names[code] ?? code;
      const body = `<Error><Code>${shown}</Code><Message>${escapeXml(message)}</Message></Error>`;
      return { status, headers: { 'content-type': 'application/xml' }, body, error: code };
    },
  };
}

/** Only who may list a bucket is told that something is not there; others, that reading it is forbidden. */
function grantsForMissing(s3: S3, name: ObjectName): Grant[] {
  return s3.has(name.bucket, name.key) ? [] : [{ action: 's3:ListBucket', resource: bucketArn(name) }];
}

interface Operation {
  readonly action: string;
  readonly grant: string;
  carryOut(s3: S3, name: ObjectName, request: WireRequest): Answer;
}

const onObjects: Readonly<Record<string, Operation>> = {
  PUT: {
    action: 'PutObject',
    grant: 's3:PutObject',
    carryOut: (s3, { bucket, key }, request) => {
      const stored = s3.put(bucket, key, objectOf(request), conditionsOf(request));
      return { status: 200, headers: { etag: stored.etag }, body: '' };
    },
  },
  GET: {
    action: 'GetObject',
    grant: 's3:GetObject',
    carryOut: (s3, { bucket, key }) => objectAnswer(s3.get(bucket, key)),
  },
  HEAD: {
    action: 'HeadObject',
    grant: 's3:GetObject',
    carryOut: (s3, { bucket, key }) => objectAnswer(s3.get(bucket, key)),
  },
  DELETE: {
    action: 'DeleteObject',
    grant: 's3:DeleteObject',
    carryOut: (s3, { bucket, key }) => {
      s3.delete(bucket, key);
      return deleted;
    },
  },
};

const onBuckets: Readonly<Record<string, Operation>> = {
  GET: {
    action: 'ListObjectsV2',
    grant: 's3:ListBucket',
    carryOut: (s3, { bucket }) => listAnswer(s3.list(bucket)),
  },
  HEAD: {
    action: 'HeadBucket',
    grant: 's3:ListBucket',
    carryOut: (s3, { bucket }) => ({ ...listAnswer(s3.list(bucket)), body: '' }),
  },
  DELETE: {
    action: 'DeleteBucket',
    grant: 's3:DeleteBucket',
    carryOut: (s3, { bucket }) => {
      s3.deleteBucket(bucket);
      return deleted;
    },
  },
};

const deleted: Answer = { status: 204, headers: {}, body: '' };

/** All of them on one page. */
function listAnswer(keys: readonly string[]): Answer {
  const contents = keys.map((key) => `<Contents><Key>${escapeXml(key)}</Key></Contents>`).join('');
  const body = `<ListBucketResult><IsTruncated>false</IsTruncated>${contents}</ListBucketResult>`;
  return { status: 200, headers: { 'content-type': 'application/xml' }, body };
}

const names: Readonly<Record<string, string>> = {
  [accessDenied]: 'AccessDenied',
  [unknownCaller]: 'InvalidAccessKeyId',
};

function objectNameOf(target: string): ObjectName {
  const [, bucket = '', key = ''] = /^\/([^/?]+)\/?([^?]*)/.exec(target) ?? [];
  return { bucket, key: decodeURIComponent(key) };
}

function objectAnswer({ body, headers, etag, modifiedAt }: StoredObject): Answer {
  const modified = new Date(modifiedAt).toUTCString();
  return { status: 200, headers: { ...headers, etag, 'last-modified': modified }, body };
}

const keptHeaders = /^(content-type|content-encoding|cache-control|x-amz-meta-.*|x-amz-checksum-crc32)$/;

function objectOf({ headers, body }: WireRequest) {
  const chunked = String(headers['x-amz-content-sha256'] ?? '').startsWith('STREAMING-');
  const kept = Object.entries(headers).filter(([name]) => keptHeaders.test(name));
  const own = Object.fromEntries(
    kept.map(([name, value]) => [name, String(value).replace(/^aws-chunked,? ?/, '')]),
  );
  if (own['content-encoding'] === '') delete own['content-encoding'];
  return { body: chunked ? withoutChunks(body) : body, headers: own };
}

function conditionsOf({ headers }: WireRequest) {
  const ifMatch = headers['if-match'];
  const ifNoneMatch = headers['if-none-match'];
  return {
    ...(ifMatch !== undefined && { ifMatch }),
    ...(ifNoneMatch !== undefined && { ifNoneMatch }),
  };
}

/** Takes an aws-chunked body apart: `<hex size>[;signature]\r\n<bytes>\r\n` … up to a chunk of size 0. */
function withoutChunks(body: Buffer): Buffer {
  const chunks: Buffer[] = [];
  let at = 0;
  for (;;) {
    const lineEnd = body.indexOf('\r\n', at);
    const size = lineEnd < 0 ? 0 : Number.parseInt(body.toString('latin1', at, lineEnd), 16);
    if (!size) return Buffer.concat(chunks);
    chunks.push(body.subarray(lineEnd + 2, lineEnd + 2 + size));
    at = lineEnd + 2 + size + 2;
  }
}
