import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ApiProblem, problemSlugs, renderProblem } from '../../../lambdas/api/problems.ts';
import { type Api, startApi } from './harness.ts';

let api: Api;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());

const tokenOf = {
  anyone: 'none',
  visitor: 'none or any',
  known: 'any',
  guest: 'none or operator',
  operator: 'operator',
  subscriber: 'subscriber',
};

const guide = readFileSync('docs/api.md', 'utf8');

test('docs/api.md lists every endpoint with its token', () => {
  const rows = [...guide.matchAll(/^\| `(\w+ \/\S+)` \| ([a-z ]+) \|/gm)].map(
    ([, route, role]) => `${route} ${role}`,
  );
  const endpoints = api.endpoints.map(({ method, path, role }) => `${method} ${path} ${tokenOf[role]}`);
  expect(rows.sort()).toEqual(endpoints.sort());
});

test('docs/api.md has a heading for every problem, with its status', () => {
  const headings = [...guide.matchAll(/^### ([a-z-]+)\n(\d{3})\./gm)].map(([, slug, status]) => [
    slug,
    Number(status),
  ]);
  const problems = problemSlugs.map((slug) => [slug, renderProblem(new ApiProblem(slug), 'r').statusCode]);
  expect(headings).toEqual(problems);
});

test('the type of every problem leads to its heading on the page', async () => {
  const { status, headers, body } = await api.call('GET', '/v1/docs');
  expect({ status, type: headers['content-type'] }).toEqual({
    status: 200,
    type: 'text/html; charset=utf-8',
  });
  for (const slug of problemSlugs) {
    const { type } = JSON.parse(renderProblem(new ApiProblem(slug), 'r').body!);
    expect(type).toBe(`/v1/docs#${slug}`);
    expect(body).toContain(`<h3 id="${slug}">`);
  }
  for (const { method, path } of api.endpoints) expect(body).toContain(`<code>${method} ${path}</code>`);
  const links = [...body.matchAll(/href="#([^"]+)"/g)].map(([, slug]) => slug);
  expect(links.every((slug) => problemSlugs.includes(slug))).toBe(true);
});
