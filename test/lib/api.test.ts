/** The gateway in front of the API. */
import { expect, it } from 'vitest';
import { resourcesOf, synthesize } from './template.ts';

const template = synthesize();
const [stage] = resourcesOf(template, 'AWS::ApiGatewayV2::Stage');

it('hands every request to one function, in payload format 2.0', () => {
  const routes = resourcesOf(template, 'AWS::ApiGatewayV2::Route');
  expect(routes.map(({ Properties }) => Properties.RouteKey)).toEqual(['$default']);
  const [integration] = resourcesOf(template, 'AWS::ApiGatewayV2::Integration');
  expect(integration?.Properties).toMatchObject({
    PayloadFormatVersion: '2.0',
    IntegrationType: 'AWS_PROXY',
  });
});

it('throttles', () => {
  expect(stage?.Properties).toMatchObject({
    StageName: '$default',
    DefaultRouteSettings: { ThrottlingRateLimit: 100, ThrottlingBurstLimit: 200 },
  });
});

it.each(['path', 'identity', 'authorizer', 'domainName', 'rawPath'])('logs no %s', (part) => {
  expect(stage?.Properties.AccessLogSettings.Format).toContain('$context.requestId');
  expect(stage?.Properties.AccessLogSettings.Format).not.toContain(`$context.${part}`);
});

it('answers other origins only when they are allowed', () => {
  const corsOf = (settings = {}) =>
    resourcesOf(synthesize(settings), 'AWS::ApiGatewayV2::Api')[0]?.Properties.CorsConfiguration;
  expect(corsOf()).toBeUndefined();
  expect(corsOf({ allowedOrigins: 'https://news.example.org, http://localhost:5173' })).toMatchObject({
    AllowOrigins: ['https://news.example.org', 'http://localhost:5173'],
    AllowHeaders: expect.arrayContaining(['authorization', 'content-type', 'if-match']),
    ExposeHeaders: expect.arrayContaining(['etag', 'location', 'retry-after']),
  });
});
