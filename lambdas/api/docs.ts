/** The API describes itself: for programs as OpenAPI, for people as a page, to which the types of problems lead. */
import * as z from 'zod/mini';
import { escapeXml } from '../../core/text/xml.ts';
import { type Endpoint, endpoint } from './endpoint.ts';
import { describeApi, problemsOf } from './openapi.ts';
import { problemSlugs, statusOf, titleOf } from './problems.ts';

const tokenOf = {
  anyone: 'none',
  visitor: 'none or any',
  known: 'any',
  guest: 'none or operator',
  operator: 'operator',
  subscriber: 'subscriber',
};

function renderEndpoint(described: Endpoint): string {
  const { method, path, role, summary } = described;
  const links = problemsOf(described).map((slug) => `<a href="#${slug}">${slug}</a>`);
  return `<h3><code>${method} ${path}</code></h3>
<p>${escapeXml(summary)}. Token: ${tokenOf[role]}.</p>
<p><small>Problems: ${links.join(', ')}</small></p>`;
}

function renderPage(endpoints: readonly Endpoint[]): string {
  const problems = problemSlugs.map(
    (slug) => `<h3 id="${slug}">${slug}</h3>\n<p>${statusOf(slug)}. ${titleOf(slug)}.</p>`,
  );
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Tocsin API</title>
<h1>Tocsin API</h1>
<p>JSON, described for programs in <a href="/v1/openapi.json">/v1/openapi.json</a> (OpenAPI 3.1). Tokens go into
<code>Authorization: Bearer</code>; errors are <code>application/problem+json</code> (RFC 9457).</p>
<h2>Endpoints</h2>
${endpoints.map(renderEndpoint).join('\n')}
<h2>Problems</h2>
${problems.join('\n')}
</html>
`;
}

/** Both describe themselves too. */
export function docsEndpoints(others: readonly Endpoint[]): Endpoint[] {
  const all: Endpoint[] = [...others];
  all.push(
    endpoint({
      method: 'GET',
      path: '/v1/openapi.json',
      role: 'anyone',
      summary: 'The API as an OpenAPI 3.1 document',
      success: [200],
      answer: z.record(z.string(), z.unknown()),
      problems: [],
      work: async () => ({ body: describeApi(all) }),
    }),
    endpoint({
      method: 'GET',
      path: '/v1/docs',
      role: 'anyone',
      summary: 'The API as a page',
      success: [200],
      answer: z.string(),
      contentTypes: ['text/html'],
      problems: [],
      work: async () => ({ body: renderPage(all) }),
    }),
  );
  return all;
}
