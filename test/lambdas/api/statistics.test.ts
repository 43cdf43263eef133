import { afterAll, beforeAll, expect, test } from 'vitest';
import { variable } from '../../../core/environment.ts';
import { keys } from '../../../lambdas/keys.ts';
import { type Api, startApi } from './harness.ts';

let api: Api;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());

const HOUR_MS = 3_600_000;
const zeros = { articlesSeen: 0, articlesMatched: 0, alertsSent: 0, deliveriesFailed: 0 };

const ask = (query: Record<string, string> = {}) =>
  api.call('GET', '/v1/statistics', { token: api.operator, query });

test('every hour up to this one, oldest first, zeros where nothing happened', async () => {
  const hour = (ago: number) => new Date(Date.now() - ago * HOUR_MS).toISOString();
  await api.put(variable.alertsTable, { ...keys.hour(hour(1)), articlesSeen: 7, alertsSent: 2 });
  await api.put(variable.alertsTable, { ...keys.hour(hour(30)), articlesMatched: 5 });
  const { hours } = (await ask({ hours: '48' })).body;
  expect(hours).toHaveLength(48);
  expect(hours.map(({ at }: { at: string }) => at)).toEqual(
    hours.map((_: unknown, n: number) => new Date(Date.parse(hours[0].at) + n * HOUR_MS).toISOString()),
  );
  expect(hours[47].at).toMatch(/:00:00\.000Z$/);
  const found = hours.filter((one: typeof zeros) =>
    Object.keys(zeros).some((name) => one[name as keyof typeof zeros] > 0),
  );
  expect(found).toMatchObject([
    { ...zeros, articlesMatched: 5 },
    { ...zeros, articlesSeen: 7, alertsSent: 2 },
  ]);
});

test.each([
  [{}, 168],
  [{ hours: '1' }, 1],
  [{ hours: '720' }, 720],
])('%j: %i hours', async (query, count) => {
  expect((await ask(query as Record<string, string>)).body.hours).toHaveLength(count);
});

test.each(['0', '721', '1.5', 'week', ''])('hours=%s is refused', async (hours) => {
  expect(await ask({ hours })).toMatchObject({ status: 400, body: { errors: [{ parameter: 'hours' }] } });
});
