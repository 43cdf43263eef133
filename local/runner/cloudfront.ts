/** The stack's CDN: which paths are files of a deployed folder and which go to the API, as CloudFront tells them apart. */
import type { ResolvedResource } from './resources.ts';

export interface SiteSpec {
  /** The files that a deployment uploads. */
  readonly folder: string;
  /** The first whose pattern fits is taken; the last fits every path. */
  readonly behaviors: readonly BehaviorSpec[];
}

export interface BehaviorSpec {
  /** `/v1/*` */
  readonly pattern: string;
  readonly to: 'files' | 'api';
  /** Code of a CloudFront function that is given the request first. */
  readonly onRequest?: string;
  /** Sent with every file. */
  readonly headers: Readonly<Record<string, string>>;
}

interface CacheBehavior {
  readonly PathPattern?: string;
  readonly TargetOriginId: string;
  readonly ResponseHeadersPolicyId?: string;
  readonly FunctionAssociations?: readonly { EventType: string; FunctionARN: string }[];
}

interface DistributionConfig {
  readonly Origins: readonly { readonly Id: string; readonly S3OriginConfig?: object }[];
  readonly DefaultCacheBehavior: CacheBehavior;
  readonly CacheBehaviors?: readonly CacheBehavior[];
}

/**
 * @param assets folders by their object key
 * @returns nothing for a stack without a CDN, or whose files are not part of the assembly
 */
export function readSite(
  found: readonly ResolvedResource[],
  assets: ReadonlyMap<string, string>,
): SiteSpec | undefined {
  const distribution = found.find(({ type }) => type === 'AWS::CloudFront::Distribution');
  const deployment = found.find(({ type }) => type === 'Custom::CDKBucketDeployment');
  const [key = ''] = (deployment?.properties.SourceObjectKeys ?? []) as string[];
  const folder = assets.get(key);
  if (!distribution || !folder) return undefined;
  const config = distribution.properties.DistributionConfig as DistributionConfig;
  const last = { ...config.DefaultCacheBehavior, PathPattern: '*' };
  const behaviors = [...(config.CacheBehaviors ?? []), last].map((one) => readBehavior(one, config, found));
  return { folder, behaviors };
}

function readBehavior(
  { PathPattern = '*', TargetOriginId, ResponseHeadersPolicyId, FunctionAssociations = [] }: CacheBehavior,
  { Origins }: DistributionConfig,
  found: readonly ResolvedResource[],
): BehaviorSpec {
  const origin = Origins.find(({ Id }) => Id === TargetOriginId);
  const request = FunctionAssociations.find(({ EventType }) => EventType === 'viewer-request');
  const edge = found.find(({ ref }) => request !== undefined && ref === request.FunctionARN);
  const policy = found.find(({ ref }) => ref === ResponseHeadersPolicyId);
  return {
    pattern: PathPattern,
    to: origin?.S3OriginConfig ? 'files' : 'api',
    ...(edge ? { onRequest: String(edge.properties.FunctionCode) } : {}),
    headers: policy ? headersOf(policy.properties.ResponseHeadersPolicyConfig as HeadersConfig) : {},
  };
}

interface HeadersConfig {
  readonly CustomHeadersConfig?: { readonly Items: readonly { Header: string; Value: string }[] };
  readonly SecurityHeadersConfig?: {
    readonly ContentSecurityPolicy?: { readonly ContentSecurityPolicy: string };
    readonly ContentTypeOptions?: object;
    readonly FrameOptions?: { readonly FrameOption: string };
    readonly ReferrerPolicy?: { readonly ReferrerPolicy: string };
  };
}

/** Without Strict-Transport-Security, which means nothing over http. */
function headersOf({
  CustomHeadersConfig,
  SecurityHeadersConfig = {},
}: HeadersConfig): Record<string, string> {
  const { ContentSecurityPolicy, ContentTypeOptions, FrameOptions, ReferrerPolicy } = SecurityHeadersConfig;
  const headers = {
    'content-security-policy': ContentSecurityPolicy?.ContentSecurityPolicy,
    'x-content-type-options': ContentTypeOptions && 'nosniff',
    'x-frame-options': FrameOptions?.FrameOption,
    'referrer-policy': ReferrerPolicy?.ReferrerPolicy,
  };
  const custom = (CustomHeadersConfig?.Items ?? []).map(({ Header, Value }) => [Header.toLowerCase(), Value]);
  const given = Object.entries(headers).filter(([, value]) => value !== undefined);
  return Object.fromEntries([...given, ...custom]);
}
