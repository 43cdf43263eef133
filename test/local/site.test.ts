/** The dashboard's files on this machine, as CloudFront would serve them. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { readSite } from '../../local/runner/cloudfront.ts';
import { answerSite } from '../../local/runner/site.ts';

const root = mkdtempSync(join(tmpdir(), 'tocsin-site-'));
const folder = join(root, 'files');
mkdirSync(join(folder, 'assets'), { recursive: true });
writeFileSync(join(folder, 'index.html'), 'the page');
writeFileSync(join(folder, 'assets/app-A1.js'), 'the script');
writeFileSync(join(root, 'secret.txt'), 'not yours');
afterAll(() => rmSync(root, { recursive: true }));

const resource = (type: string, ref: string, properties: object) => ({
  logicalId: ref,
  type,
  ref,
  properties: properties as Record<string, unknown>,
});
const routing =
  "function handler({request}) { if (!request.uri.includes('.')) request.uri = '/index.html'; return request; }";
const stack = [
  resource('AWS::CloudFront::Distribution', 'cdn', {
    DistributionConfig: {
      Origins: [{ Id: 'bucket', S3OriginConfig: {} }, { Id: 'gateway' }],
      DefaultCacheBehavior: {
        TargetOriginId: 'bucket',
        ResponseHeadersPolicyId: 'headers',
        FunctionAssociations: [{ EventType: 'viewer-request', FunctionARN: 'routing' }],
      },
      CacheBehaviors: [
        { PathPattern: '/assets/*', TargetOriginId: 'bucket' },
        { PathPattern: '/v1/*', TargetOriginId: 'gateway' },
      ],
    },
  }),
  resource('AWS::CloudFront::Function', 'routing', { FunctionCode: routing }),
  resource('AWS::CloudFront::ResponseHeadersPolicy', 'headers', {
    ResponseHeadersPolicyConfig: {
      CustomHeadersConfig: { Items: [{ Header: 'Cache-Control', Value: 'no-cache' }] },
      SecurityHeadersConfig: {
        ContentSecurityPolicy: { ContentSecurityPolicy: "default-src 'none'" },
        ContentTypeOptions: { Override: true },
        FrameOptions: { FrameOption: 'DENY' },
        ReferrerPolicy: { ReferrerPolicy: 'no-referrer' },
      },
    },
  }),
  resource('Custom::CDKBucketDeployment', 'deployment', { SourceObjectKeys: ['a1.zip'] }),
];
const site = readSite(stack, new Map([['a1.zip', folder]]))!;

const ask = (target: string, method = 'GET') =>
  answerSite(site, { method, target, rawHeaders: [], body: Buffer.alloc(0), sourceIp: '127.0.0.1' });

describe('answers', () => {
  test.each([
    ['GET', '/', 200, 'the page'],
    ['GET', '/watches/01?from=mail', 200, 'the page'],
    ['HEAD', '/', 200, 'the page'],
    ['GET', '/assets/app-A1.js', 200, 'the script'],
    ['GET', '/assets/app-B2.js', 404, ''],
    ['GET', '/assets', 200, 'the page'],
    ['GET', '/assets/', 404, ''],
    ['GET', '/../secret.txt', 404, ''],
    ['GET', '/%2e%2e%2fsecret.txt', 404, ''],
    ['GET', '/assets/%00.js', 404, ''],
    ['POST', '/', 403, ''],
  ])('%s %s with %i', async (method, target, status, body) => {
    const answer = await ask(target, method);
    expect([answer?.status, answer?.body.toString()]).toEqual([status, body]);
  });
});

test('leaves to the API what is its', async () => {
  expect(await ask('/v1/health')).toBeUndefined();
});

test('sends the headers of the policy and the type of the file', async () => {
  expect((await ask('/'))?.headers).toEqual({
    'cache-control': 'no-cache',
    'content-security-policy': "default-src 'none'",
    'content-type': 'text/html; charset=utf-8',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
  });
});

test('is not there where the assembly has no files', () => {
  expect(readSite(stack, new Map())).toBeUndefined();
});
