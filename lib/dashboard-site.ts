/**
 * The dashboard: static files in S3 behind CloudFront, and the API behind the same name, so that a page calls its own
 * origin. Paths of the API are passed on uncached with everything but the name they were called by.
 */
import { join } from 'node:path';
import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import {
  AllowedMethods,
  type BehaviorOptions,
  CachePolicy,
  Distribution,
  Function as EdgeFunction,
  type FunctionAssociation,
  FunctionCode,
  FunctionEventType,
  FunctionRuntime,
  HttpVersion,
  type IOrigin,
  OriginRequestPolicy,
  type ResponseHeadersPolicy,
  S3OriginAccessControl,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin, S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { BlockPublicAccess, Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import { BucketDeployment } from 'aws-cdk-lib/aws-s3-deployment';
import { Construct } from 'constructs';
import type { Api } from './api.ts';
import { acknowledgeDeployment, acknowledgeSite } from './site-checks.ts';
import { siteFiles } from './site-files.ts';
import { pageHeaders, regionalName } from './site-headers.ts';

export interface DashboardSiteProps {
  readonly api: Api;
  /** Sent to the API with every request. */
  readonly originSecret: string;
}

/** `/a/` and `/s/` are the links in messages. */
const apiPaths = ['/v1/*', '/a/*', '/s/*'];

export class DashboardSite extends Construct {
  /** Where people open it. */
  readonly url: string;

  constructor(scope: Construct, id: string, { api, originSecret }: DashboardSiteProps) {
    super(scope, id);
    const bucket = createBucket(this);
    const files = S3BucketOrigin.withOriginAccessControl(bucket, {
      originAccessControl: new S3OriginAccessControl(this, 'Access', {
        originAccessControlName: regionalName(this, 'Access'),
      }),
    });
    const passedOn = apiBehavior(this, api, originSecret);
    const distribution = new Distribution(this, 'Distribution', {
      comment: 'Tocsin: the dashboard and, under the same name, the API',
      httpVersion: HttpVersion.HTTP2_AND_3,
      defaultBehavior: pageBehavior(this, files),
      additionalBehaviors: {
        '/assets/*': fileBehavior(files, pageHeaders(this, 'AssetHeaders', 'forever')),
        ...Object.fromEntries(apiPaths.map((path) => [path, passedOn])),
      },
    });
    deploy(this, bucket, distribution);
    acknowledgeSite(bucket, distribution);
    this.url = `https://${distribution.distributionDomainName}`;
  }
}

function createBucket(scope: Construct): Bucket {
  return new Bucket(scope, 'Files', {
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    encryption: BucketEncryption.S3_MANAGED,
    enforceSSL: true,
    removalPolicy: RemovalPolicy.DESTROY, // the deployment empties it first
  });
}

function pageBehavior(scope: Construct, files: IOrigin): BehaviorOptions {
  return {
    ...fileBehavior(files, pageHeaders(scope, 'PageHeaders', 'revalidate')),
    functionAssociations: [onRequest(scope, 'PageRouting', 'page-routing.js')],
  };
}

function fileBehavior(origin: IOrigin, responseHeadersPolicy: ResponseHeadersPolicy): BehaviorOptions {
  return {
    origin,
    responseHeadersPolicy,
    cachePolicy: CachePolicy.CACHING_OPTIMIZED,
    viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
  };
}

function apiBehavior(scope: Construct, { gateway }: Api, secret: string): BehaviorOptions {
  const { region, urlSuffix } = Stack.of(scope);
  const domain = `${gateway.apiId}.execute-api.${region}.${urlSuffix}`;
  return {
    origin: new HttpOrigin(domain, { customHeaders: { 'x-origin-secret': secret } }),
    allowedMethods: AllowedMethods.ALLOW_ALL,
    cachePolicy: CachePolicy.CACHING_DISABLED,
    originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
    viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY, // a token sent in the clear is to fail, not to be led on
    functionAssociations: [onRequest(scope, 'ViewerAddress', 'viewer-address.js')],
  };
}

/** @param file beside this one */
function onRequest(scope: Construct, id: string, file: string): FunctionAssociation {
  const edgeFunction = new EdgeFunction(scope, id, {
    code: FunctionCode.fromFile({ filePath: join(import.meta.dirname, file) }),
    runtime: FunctionRuntime.JS_2_0,
  });
  return { eventType: FunctionEventType.VIEWER_REQUEST, function: edgeFunction };
}

/** Only the page itself is asked for anew; names of other files change with what is in them. */
function deploy(scope: Construct, destinationBucket: Bucket, distribution: Distribution): void {
  const deployment = new BucketDeployment(scope, 'Deployment', {
    sources: [siteFiles()],
    destinationBucket,
    distribution,
    distributionPaths: ['/index.html'],
    logGroup: new LogGroup(scope, 'DeploymentLogs', {
      retention: RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    }),
  });
  acknowledgeDeployment(deployment, destinationBucket);
}
