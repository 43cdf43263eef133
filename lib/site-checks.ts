/** Which checks of AwsSolutions the dashboard's hosting leaves aside, and why. */
import { Stack, Validations } from 'aws-cdk-lib';
import type { Distribution } from 'aws-cdk-lib/aws-cloudfront';
import type { Bucket, CfnBucket } from 'aws-cdk-lib/aws-s3';
import type { BucketDeployment } from 'aws-cdk-lib/aws-s3-deployment';
import type { IConstruct } from 'constructs';

const noAccessLog =
  'Who reads which public file is nobody’s business; calls of the API are logged by its gateway.';

const byCdk =
  'The uploader and its role come with the CDK, which keeps them up to date; it runs during deployments only.';

export function acknowledgeSite(bucket: Bucket, distribution: Distribution): void {
  acknowledge(bucket, { S1: noAccessLog });
  acknowledge(distribution, {
    CFR1: 'News is read everywhere.',
    CFR2: 'The files are public, and the API limits requests itself; a firewall costs more than all else together.',
    CFR3: noAccessLog,
    CFR4: 'The name cloudfront.net comes with its certificate and its floor, TLS 1.0; own names bring their own.',
  });
}

/** The function that uploads is the CDK's own: its role is made by the CDK, for this bucket and distribution. */
export function acknowledgeDeployment({ handlerRole }: BucketDeployment, bucket: Bucket): void {
  const stack = Stack.of(bucket);
  const bucketId = stack.getLogicalId(bucket.node.defaultChild as CfnBucket);
  const wide = [
    ...['GetBucket*', 'GetObject*', 'List*', 'Abort*', 'DeleteObject*'].map(
      (action) => `Action::s3:${action}`,
    ),
    `Resource::${assets}`,
    `Resource::<${bucketId}.Arn>/*`,
    'Resource::*', // CloudFront knows no narrower one for invalidations
  ];
  acknowledge(handlerRole.node.scope!, {
    L1: byCdk,
    [`IAM4[Policy::${logsPolicy}]`]: byCdk,
    ...Object.fromEntries(wide.map((grant) => [`IAM5[${grant}]`, byCdk])),
  });
}

const logsPolicy = 'arn:<AWS::Partition>:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole';
const assets = 'arn:<AWS::Partition>:s3:::cdk-hnb659fds-assets-<AWS::AccountId>-<AWS::Region>/*';

function acknowledge(scope: IConstruct, reasons: Record<string, string>): void {
  for (const [rule, reason] of Object.entries(reasons))
    Validations.of(scope).acknowledge({ id: `AwsSolutions-${rule}`, reason });
}
