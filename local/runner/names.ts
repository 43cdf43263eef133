/**
 * What the resources of the stack are called on this machine: physical names, ARNs and URLs, stable from run to
 * run, so that the data of the last run belongs to the same resources.
 */
import { createHash } from 'node:crypto';

export const accountId = '000000000000';
export const region = 'us-east-1';

/** What `Ref` and `Fn::GetAtt` of a resource give. */
export interface Names {
  readonly ref: string;
  readonly attributes: Readonly<Record<string, string>>;
}

interface Resource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
}

const arn = (service: string, resource: string) => `arn:aws:${service}:${region}:${accountId}:${resource}`;

const byType: Record<string, (name: string, baseUrl: string) => Names> = {
  'AWS::DynamoDB::Table': (name) => ({ ref: name, attributes: { Arn: arn('dynamodb', `table/${name}`) } }),
  'AWS::Lambda::Function': (name) => ({ ref: name, attributes: { Arn: arn('lambda', `function:${name}`) } }),
  'AWS::SQS::Queue': (name, baseUrl) => {
    const url = `${baseUrl}/${accountId}/${name}`;
    return { ref: url, attributes: { Arn: arn('sqs', name), QueueName: name, QueueUrl: url } };
  },
  'AWS::SNS::Topic': (name) => {
    const topicArn = arn('sns', name);
    return { ref: topicArn, attributes: { TopicArn: topicArn, TopicName: name } };
  },
  'AWS::IAM::Role': (name) => ({
    ref: name,
    attributes: { Arn: `arn:aws:iam::${accountId}:role/${name}`, RoleId: name },
  }),
  'AWS::Scheduler::Schedule': (name) => ({
    ref: name,
    attributes: { Arn: arn('scheduler', `schedule/default/${name}`) },
  }),
  'AWS::Scheduler::ScheduleGroup': (name) => ({
    ref: name,
    attributes: { Arn: arn('scheduler', `schedule-group/${name}`) },
  }),
  'AWS::Logs::LogGroup': (name) => ({
    ref: name,
    attributes: { Arn: `${arn('logs', `log-group:${name}`)}:*` },
  }),
  'AWS::S3::Bucket': (name) => {
    const bucket = name.toLowerCase();
    const RegionalDomainName = `${bucket}.s3.${region}.amazonaws.com`;
    return { ref: bucket, attributes: { Arn: `arn:aws:s3:::${bucket}`, RegionalDomainName } };
  },
  'AWS::ApiGatewayV2::Api': (name, baseUrl) => {
    const id = hash(name, 10);
    return { ref: id, attributes: { ApiId: id, ApiEndpoint: baseUrl } };
  },
  'AWS::CloudFront::Distribution': (name) => {
    const id = hash(name, 14);
    return { ref: id, attributes: { Id: id, DomainName: `${id}.cloudfront.net` } };
  },
  'AWS::CloudFront::Function': (name) => ({ ref: name, attributes: { FunctionARN: name } }),
  'AWS::CloudFront::OriginAccessControl': (name) => ({ ref: name, attributes: { Id: name } }),
};

/** The property with which a template may name a resource itself. */
const nameProperties = [
  'FunctionName',
  'TableName',
  'QueueName',
  'TopicName',
  'RoleName',
  'BucketName',
  'LogGroupName',
];

/** @param baseUrl where this machine answers, such as `http://127.0.0.1:4747` */
export function namesOf(stackName: string, logicalId: string, resource: Resource, baseUrl: string): Names {
  const given = nameProperties.map((property) => resource.Properties?.[property]);
  const name = given.find((value) => typeof value === 'string') as string | undefined;
  const physicalName = name ?? `${stackName}-${logicalId}`;
  const names = byType[resource.Type];
  return names ? names(physicalName, baseUrl) : { ref: physicalName, attributes: {} };
}

/** An id as AWS would give one: API Gateway's have ten characters, CloudFront's fourteen. */
function hash(name: string, length: number): string {
  return createHash('sha256').update(name).digest('hex').slice(0, length);
}
