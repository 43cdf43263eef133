/**
 * The local services on a free port, with real SDK clients, for contract tests.
 *
 *     const local = await startLocal();
 *     afterAll(local.stop);
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { PolicyDocument } from '../../local/services/iam.ts';
import { startServices } from '../../local/services/services.ts';
import type { Services, ServicesOptions } from '../../local/services/services-types.ts';

export const everything: PolicyDocument = {
  Statement: { Effect: 'Allow', Action: '*', Resource: '*' },
};

export interface Local {
  readonly services: Services;
  readonly dataDir: string;
  /** The time that the services see is the real one plus this many seconds. */
  forward(seconds: number): void;
  /** Clients that sign with this access key. */
  clients(caller?: string): ReturnType<typeof clientsOf>;
  stop(): Promise<void>;
}

export async function startLocal(options: Partial<ServicesOptions> = {}): Promise<Local> {
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), 'tocsin-services-'));
  let ahead = 0;
  const services = await startServices({
    port: 0,
    host: '127.0.0.1',
    dataDir,
    policiesOf: (caller) => (caller === 'operator' ? [everything] : undefined),
    dynamoEndpoint: 'http://127.0.0.1:1',
    fallback: (_request, response) => void response.writeHead(404).end('fallback'),
    now: () => Date.now() + ahead,
    ...options,
  });
  return {
    services,
    dataDir,
    forward: (seconds) => {
      ahead += seconds * 1000;
    },
    clients: (caller = 'operator') => clientsOf(services.url, caller),
    async stop() {
      await services.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

function clientsOf(endpoint: string, accessKeyId: string) {
  const config = {
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId, secretAccessKey: 'local' },
    maxAttempts: 1,
  };
  return {
    sqs: new SQSClient(config),
    sns: new SNSClient(config),
    dynamo: new DynamoDBClient(config),
    s3: new S3Client(config),
  };
}

/** Waits for an outcome, looking every few milliseconds; the test's own timeout ends it. */
export async function until<T>(look: () => T | Promise<T>): Promise<NonNullable<T>> {
  for (;;) {
    const found = await look();
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
