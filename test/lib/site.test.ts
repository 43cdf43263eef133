/** The dashboard's hosting: files and API behind one name. */
import { readFileSync } from 'node:fs';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { type Json, resourcesOf, synthesize, target } from './template.ts';

const template = synthesize();
const [distribution] = resourcesOf(template, 'AWS::CloudFront::Distribution');
const { Origins, DefaultCacheBehavior, CacheBehaviors } = distribution!.Properties.DistributionConfig;
const behaviors: Json[] = [DefaultCacheBehavior, ...CacheBehaviors];
const originOf = ({ TargetOriginId }: Json) => Origins.find(({ Id }: Json) => Id === TargetOriginId);
const toApi = behaviors.filter((behavior) => !('S3OriginConfig' in originOf(behavior)));

it('passes the paths of the API on uncached, with all that the viewer sent but the host', () => {
  expect(toApi.map(({ PathPattern }) => PathPattern)).toEqual(['/v1/*', '/a/*', '/s/*']);
  for (const behavior of toApi)
    expect(behavior).toMatchObject({
      CachePolicyId: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad', // Managed-CachingDisabled
      OriginRequestPolicyId: 'b689b0a8-53d0-40ab-baf2-68738e2966ac', // Managed-AllViewerExceptHostHeader
      AllowedMethods: expect.arrayContaining(['DELETE', 'PATCH', 'POST', 'PUT']),
    });
});

it('sends the API a secret that the API knows too, and that stands in no template', () => {
  const [{ HeaderName, HeaderValue }] = originOf(toApi[0]).OriginCustomHeaders;
  const api = resourcesOf(template, 'AWS::Lambda::Function').find(
    ({ Properties }) => Properties.Environment?.Variables.ORIGIN_SECRET,
  );
  expect(HeaderName).toBe('x-origin-secret');
  expect(HeaderValue).toEqual(api?.Properties.Environment.Variables.ORIGIN_SECRET);
  expect(JSON.stringify(HeaderValue)).toContain('{{resolve:secretsmanager:');
});

it('answers no error with a page', () => {
  expect(distribution?.Properties.DistributionConfig).not.toHaveProperty('CustomErrorResponses');
});

it('keeps the files private', () => {
  const [bucket] = resourcesOf(template, 'AWS::S3::Bucket');
  expect(bucket?.Properties.PublicAccessBlockConfiguration).toEqual({
    BlockPublicAcls: true,
    BlockPublicPolicy: true,
    IgnorePublicAcls: true,
    RestrictPublicBuckets: true,
  });
  expect(Origins[0].OriginAccessControlId).toBeDefined();
});

it.each(behaviors.filter((behavior) => !toApi.includes(behavior)))(
  'sends strict headers with $PathPattern',
  ({ ResponseHeadersPolicyId }) => {
    const policies = resourcesOf(template, 'AWS::CloudFront::ResponseHeadersPolicy');
    const policy = policies.find(({ id }) => id === target(ResponseHeadersPolicyId))!;
    const { SecurityHeadersConfig: security } = policy.Properties.ResponseHeadersPolicyConfig;
    const directives = security.ContentSecurityPolicy.ContentSecurityPolicy.split('; ');
    expect(directives).toEqual(
      expect.arrayContaining(["default-src 'none'", "script-src 'self'", "frame-ancestors 'none'"]),
    );
    expect(directives.join()).not.toMatch(/unsafe|\*|https?:/);
    expect(security).toMatchObject({
      ContentTypeOptions: { Override: true },
      FrameOptions: { FrameOption: 'DENY' },
      ReferrerPolicy: { ReferrerPolicy: 'no-referrer' },
    });
  },
);

function runEdge(file: string, event: object): Json {
  const code = readFileSync(new URL(`../../lib/${file}`, import.meta.url), 'utf8');
  return runInNewContext(`${code}; handler(event)`, { event });
}

it.each([
  ['/', '/index.html'],
  ['/watches/01K9', '/index.html'],
  ['/index.html', '/index.html'],
  ['/assets/app-AB12.js', '/assets/app-AB12.js'],
  ['/v1.2/x', '/index.html'],
])('reads %s from %s', (uri, file) => {
  expect(runEdge('page-routing.js', { request: { uri } }).uri).toBe(file);
});

it('tells the API who asks, whatever the request says', () => {
  const headers = { 'x-viewer-address': { value: '192.0.2.1' } };
  const event = { request: { headers }, viewer: { ip: '2001:db8::1' } };
  expect(runEdge('viewer-address.js', event).headers['x-viewer-address'].value).toBe('2001:db8::1');
});
