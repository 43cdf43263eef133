/** What the API tells of a source's health, and how it is to be polled. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { variable } from '../../../core/environment.ts';
import { type Api, startApi } from './harness.ts';

let api: Api;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());

const url = 'https://example.com/feed';

test('a source has the articles of its week and its findings', async () => {
  const token = api.operator;
  const made = await api.call('POST', '/v1/sources', {
    token,
    body: { url, adaptive: true, fullText: true },
  });
  expect(made.body).toMatchObject({ adaptive: true, fullText: true, articlesPerWeek: 0, findings: [] });

  const [stored] = (await api.scan(variable.registryTable)).filter(({ id }) => id === made.body.id);
  const findings = [{ code: 'blocked', since: '2026-11-23T08:00:00.000Z', detail: 'Refused' }];
  const today = new Date().toISOString().slice(0, 10);
  const polled = { ...stored, articlesByDay: { '2020-01-01': 9, [today]: 3 }, findings };
  await api.put(variable.registryTable, polled);
  const { body } = await api.call('GET', `/v1/sources/${made.body.id}`, { token });
  expect(body).toMatchObject({ articlesPerWeek: 3, findings });
  expect(body).not.toHaveProperty('articlesByDay');

  const changed = await api.call('PATCH', `/v1/sources/${made.body.id}`, {
    token,
    body: { fullText: false },
  });
  expect(changed.body).toMatchObject({ adaptive: true, fullText: false });
});
