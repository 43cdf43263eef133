/** What functions write: lines that CloudWatch can search, and metrics in the embedded metric format. */
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

let lines: Record<string, unknown>[];
beforeEach(() => {
  vi.resetModules();
  lines = [];
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    if (String(text).startsWith('{')) lines.push(JSON.parse(String(text)));
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

/**
 * As much of the format's schema as concerns us.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
const text = (maxLength: number) => ({ type: 'string', minLength: 1, maxLength });
const list = (items: object, maxItems: number) => ({ type: 'array', minItems: 1, maxItems, items });
const values = { oneOf: [{ type: 'number' }, list({ type: 'number' }, 100)] };
const units = [
  'Seconds',
  'Microseconds',
  'Milliseconds',
  'Bytes',
  'Percent',
  'Count',
  'Count/Second',
  'None',
];
const directive = {
  type: 'object',
  required: ['Namespace', 'Dimensions', 'Metrics'],
  properties: {
    Namespace: text(1024),
    Dimensions: list(list(text(250), 30), 30),
    Metrics: list(
      {
        type: 'object',
        required: ['Name'],
        properties: { Name: text(1024), Unit: { enum: units } },
        additionalProperties: false,
      },
      100,
    ),
  },
};
const isMetricsLine = new Ajv2020().compile({
  type: 'object',
  required: ['_aws', 'service'],
  properties: {
    _aws: {
      type: 'object',
      required: ['Timestamp', 'CloudWatchMetrics'],
      properties: { Timestamp: { type: 'integer' }, CloudWatchMetrics: list(directive, 1) },
    },
    service: text(1024),
  },
  additionalProperties: values,
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

  test('are as the format wants them, all ten of them, and each is there that is announced', async () => {
    const { addMetric, metricNames } = await import('../../lambdas/metrics.ts');
    expect(metricNames.length).toBeLessThanOrEqual(10);
    for (const name of metricNames) for (let n = 0; n < 120; n++) addMetric(name, n / 2);
    await publish();
    expect(lines).toHaveLength(2);
    for (const line of lines) {
      expect(isMetricsLine(line), JSON.stringify(isMetricsLine.errors)).toBe(true);
      const { _aws, service: _, ...shown } = line;
      const { CloudWatchMetrics } = _aws as { CloudWatchMetrics: [{ Metrics: { Name: string }[] }] };
      const announced = CloudWatchMetrics[0].Metrics.map(({ Name }) => Name);
      expect(announced.toSorted()).toEqual(Object.keys(shown).toSorted());
    }
  });
});
