/** What functions write: lines that CloudWatch can search, and metrics in the embedded metric format. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

let lines: Record<string, unknown>[];
beforeEach(() => {
  vi.resetModules();
  lines = [];
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    lines.push(JSON.parse(String(text)));
    return true;
  });
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

async function loggerAt(level: string | undefined) {
  vi.stubEnv('AWS_LAMBDA_LOG_LEVEL', level);
  return import('../../lambdas/logger.ts');
}

test('a line has level, message, time, step and its fields', async () => {
  const { createLog } = await loggerAt('INFO');
  createLog({ messageId: 'm1' }).warn('message failed', { receives: '3' });
  expect(lines).toEqual([
    {
      level: 'WARN',
      message: 'message failed',
      timestamp: expect.stringMatching(/^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/),
      service: 'test',
      messageId: 'm1',
      receives: '3',
    },
  ]);
});

test('an error is shown with its cause, and without what else hangs on it', async () => {
  const { logger } = await loggerAt('INFO');
  const cause = new TypeError('fetch failed');
  const error = Object.assign(new Error('no answer', { cause }), { request: { token: 'secret' } });
  logger.error('request failed', { error });
  expect(lines[0]).toMatchObject({
    error: {
      name: 'Error',
      message: 'no answer',
      stack: expect.stringContaining('logger.test.ts'),
      cause: { name: 'TypeError', message: 'fetch failed' },
    },
  });
  expect(JSON.stringify(lines)).not.toContain('secret');
});

test.each([
  [undefined, ['info', 'warn', 'error']],
  ['TRACE', ['debug', 'info', 'warn', 'error']],
  ['DEBUG', ['debug', 'info', 'warn', 'error']],
  ['INFO', ['info', 'warn', 'error']],
  ['WARN', ['warn', 'error']],
  ['ERROR', ['error']],
  ['FATAL', []],
])('at level %s it writes %j', async (level, written) => {
  const { logger } = await loggerAt(level);
  for (const each of ['debug', 'info', 'warn', 'error'] as const) logger[each](each);
  expect(lines.map(({ message }) => message)).toEqual(written);
});

describe('metrics', () => {
  beforeEach(() => void vi.stubEnv('METRICS_NAMESPACE', 'Tocsin'));

  const publish = async () => {
    const { publishMetrics } = await import('../../lambdas/metrics.ts');
    publishMetrics().after();
  };

  test('of one run are one line, each with its values', async () => {
    const { addLatency, addMetric } = await import('../../lambdas/metrics.ts');
    addMetric('AlertsSent', 2);
    addMetric('AlertsSent');
    addLatency('DeliverLatency', '2026-11-25T08:00:00.000Z', '2026-11-25T08:00:01.500Z');
    addLatency('PollLatency', undefined, '2026-11-25T08:00:01.500Z');
    await publish();
    await publish();
    expect(lines).toEqual([
      {
        _aws: {
          Timestamp: expect.any(Number),
          CloudWatchMetrics: [
            {
              Namespace: 'Tocsin',
              Dimensions: [['service']],
              Metrics: [
                { Name: 'AlertsSent', Unit: 'Count' },
                { Name: 'DeliverLatency', Unit: 'Milliseconds' },
              ],
            },
          ],
        },
        service: 'test',
        AlertsSent: [2, 1],
        DeliverLatency: [1500],
      },
    ]);
  });

  test('a line holds 100 values of each', async () => {
    const { addMetric } = await import('../../lambdas/metrics.ts');
    for (let n = 0; n < 250; n++) addMetric('PollLatency', n);
    addMetric('ArticlesSeen', 250);
    await publish();
    expect(lines.map(({ PollLatency }) => (PollLatency as number[]).length)).toEqual([100, 100, 50]);
    expect(lines.flatMap(({ PollLatency }) => PollLatency)).toEqual(Array.from({ length: 250 }, (_, n) => n));
    expect(lines.filter((line) => 'ArticlesSeen' in line)).toHaveLength(1);
  });
});
