/** What browsers are told with every file of the dashboard: nothing is loaded from, sent to or framed by others. */
import { Duration, Stack } from 'aws-cdk-lib';
import { HeadersFrameOption, HeadersReferrerPolicy, ResponseHeadersPolicy } from 'aws-cdk-lib/aws-cloudfront';
import type { Construct } from 'constructs';

const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');

const cacheControl = {
  /** For names that change with what is in the file. */
  forever: 'public, max-age=31536000, immutable',
  revalidate: 'no-cache',
};

export function pageHeaders(
  scope: Construct,
  id: string,
  caching: keyof typeof cacheControl,
): ResponseHeadersPolicy {
  const own = { 'Cache-Control': cacheControl[caching], 'Cross-Origin-Opener-Policy': 'same-origin' };
  const customHeaders = Object.entries(own).map(([header, value]) => ({ header, value, override: true }));
  return new ResponseHeadersPolicy(scope, id, {
    responseHeadersPolicyName: regionalName(scope, id),
    customHeadersBehavior: { customHeaders },
    securityHeadersBehavior: {
      contentSecurityPolicy: { contentSecurityPolicy, override: true },
      contentTypeOptions: { override: true },
      frameOptions: { frameOption: HeadersFrameOption.DENY, override: true },
      referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.NO_REFERRER, override: true },
      strictTransportSecurity: { accessControlMaxAge: Duration.days(365), override: true },
    },
  });
}

/** CloudFront is one for all regions of an account: a name says which stack's it is. */
export function regionalName(scope: Construct, id: string): string {
  const { stackName, region } = Stack.of(scope);
  return `${stackName}-${id}-${region}`;
}
