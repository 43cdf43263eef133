/**
 * What every scheduled function has around it. A run that throws counts as an error of the function; the next
 * one comes with the next minute.
 */
import middy from '@middy/core';
import type { Context } from 'aws-lambda';
import { type Log, logger } from '../logger.ts';
import { publishMetrics } from '../metrics.ts';

export function scheduleHandler(work: (log: Log) => Promise<void>) {
  return middy<unknown, void, Error, Context>()
    .use(publishMetrics())
    .onError(({ error }) => logger.error('run failed', { error: error as Error }))
    .handler(() => work(logger));
}
