/**
 * What every queue consumer has around it: each record is parsed and worked on by itself, and only those that
 * threw are received again. A body that does not fit its schema is thrown too, and so ends in the DLQ.
 *
 *     export const handler = queueHandler(matchMessage, ({ articleId }) => matchArticle(ports, articleId));
 */
import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import middy from '@middy/core';
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { createLog, type Log } from '../logger.ts';
import { publishMetrics } from '../metrics.ts';

const quiet = { error: () => {}, warn: () => {}, debug: () => {} };

/** Of any flavour of zod. */
interface Schema<T> {
  parse(body: unknown): T;
}

/** @param work throws for "again later", returns for "done"; its log carries the message's id */
export function queueHandler<T>(schema: Schema<T>, work: (message: T, log: Log) => Promise<void>) {
  const processor = new BatchProcessor(EventType.SQS, { logger: quiet });

  async function workRecord({ body, messageId, attributes }: SQSRecord): Promise<void> {
    const log = createLog({ messageId });
    try {
      await work(schema.parse(JSON.parse(body)), log);
    } catch (error) {
      log.warn('message failed', { receives: attributes.ApproximateReceiveCount, error: error as Error });
      throw error;
    }
  }

  return middy<SQSEvent, SQSBatchResponse, Error, Context>()
    .use(publishMetrics())
    .handler((event, context) =>
      processPartialResponse(event, workRecord, processor, { context, throwOnFullBatchFailure: false }),
    );
}
