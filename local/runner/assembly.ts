/**
 * What the synthesized stack asks for, with every intrinsic function resolved to this machine's names:
 * the functions, queues, tables, schedules, routes and rights that `cdk deploy` would install.
 *
 *     const assembly = readAssembly('cdk.out', 'http://127.0.0.1:4747');
 */
import type { PolicyStatement } from '../services/iam.ts';
import { type ApiSpec, readApi } from './api-resources.ts';
import { readSite, type SiteSpec } from './cloudfront.ts';
import { noValue, resolveIntrinsics, type Scope } from './intrinsics.ts';
import { accountId, type Names, namesOf, region } from './names.ts';
import { readStatements } from './policies.ts';
import * as resources from './resources.ts';
import { type AssemblyFiles, readAssemblyFiles, type Template } from './template.ts';

export interface Assembly {
  readonly stackName: string;
  readonly functions: readonly resources.FunctionSpec[];
  readonly queues: readonly resources.QueueSpec[];
  readonly tables: readonly resources.TableSpec[];
  readonly topics: readonly resources.TopicSpec[];
  readonly subscriptions: readonly resources.SubscriptionSpec[];
  readonly buckets: readonly resources.BucketSpec[];
  readonly eventSources: readonly resources.EventSourceSpec[];
  readonly schedules: readonly resources.ScheduleSpec[];
  readonly api?: ApiSpec;
  /** Undefined: no files, every path is the API's. */
  readonly site?: SiteSpec | undefined;
  /** What each role may do, by its ARN. */
  readonly statements: ReadonlyMap<string, readonly PolicyStatement[]>;
  readonly outputs: Readonly<Record<string, string>>;
  /** Types of resources that nothing here stands for, such as alarms. */
  readonly ignored: readonly string[];
}

/**
 * @param folder a cloud assembly, such as `cdk.out`
 * @param baseUrl where this machine answers
 * @throws Error naming resource and property, where the template holds what the runner does not know
 */
export function readAssembly(folder: string, baseUrl: string): Assembly {
  const files = readAssemblyFiles(folder);
  const scope = scopeOf(files, baseUrl);
  const found = resolveResources(files.template, scope);
  const all = (type: string) => found.filter((resource) => resource.type === type);
  return {
    stackName: files.stackName,
    functions: all('AWS::Lambda::Function')
      .filter(({ arn }) => !runsInDeployments(found, arn))
      .map((item) => resources.readFunction(item, files.assets)),
    queues: all('AWS::SQS::Queue').map(resources.readQueue),
    tables: all('AWS::DynamoDB::Table').map(resources.readTable),
    topics: all('AWS::SNS::Topic').map(resources.readTopic),
    subscriptions: all('AWS::SNS::Subscription').map(resources.readSubscription),
    buckets: all('AWS::S3::Bucket').map(resources.readBucket),
    eventSources: all('AWS::Lambda::EventSourceMapping').map(resources.readEventSource),
    schedules: all('AWS::Scheduler::Schedule').map(resources.readSchedule),
    ...apiOf(found),
    site: readSite(found, files.assets),
    statements: readStatements(found),
    outputs: readOutputs(files.template, scope),
    ignored: ignoredTypes(files.template),
  };
}

interface LocalScope extends Scope {
  /** An API's or a CDN's address in the cloud (`https://<id>.execute-api.…`) as that on this machine. */
  here(text: string): string;
}

function scopeOf({ stackName, template }: AssemblyFiles, baseUrl: string): LocalScope {
  const names = new Map<string, Names>();
  for (const [id, resource] of Object.entries(template.Resources))
    names.set(id, namesOf(stackName, id, resource, baseUrl));
  const pseudo: Record<string, unknown> = {
    'AWS::AccountId': accountId,
    'AWS::Region': region,
    'AWS::Partition': 'aws',
    'AWS::URLSuffix': 'amazonaws.com',
    'AWS::NoValue': noValue,
    'AWS::StackName': stackName,
    'AWS::StackId': `arn:aws:cloudformation:${region}:${accountId}:stack/${stackName}/local`,
  };
  return {
    ref: (name) => names.get(name)?.ref ?? pseudo[name] ?? template.Parameters?.[name]?.Default,
    attribute: (id, attribute) => names.get(id)?.attributes[attribute],
    condition: (name) => template.Conditions?.[name],
    here: (text) => text.replaceAll(cloudAddress, baseUrl),
  };
}

const cloudAddress = new RegExp(
  `https://([0-9a-f]{10}\\.execute-api\\.${region}\\.amazonaws\\.com|[0-9a-f]{14}\\.cloudfront\\.net)`,
  'g',
);

function resolveHere(value: unknown, scope: LocalScope, where: string): unknown {
  return JSON.parse(scope.here(JSON.stringify(resolveIntrinsics(value, scope, where))));
}

function resolveResources(template: Template, scope: LocalScope): resources.ResolvedResource[] {
  return Object.entries(template.Resources)
    .filter(([id, { Type, Condition }]) => supported.has(Type) && holds(Condition, template, scope, id))
    .map(([logicalId, { Type, Properties = {} }]) => ({
      logicalId,
      type: Type,
      ref: String(scope.ref(logicalId)),
      arn: scope.attribute(logicalId, 'Arn') as string | undefined,
      properties: resolveHere(Properties, scope, logicalId) as Record<string, unknown>,
    }));
}

function holds(condition: string | undefined, template: Template, scope: Scope, where: string): boolean {
  return (
    condition === undefined || resolveIntrinsics(template.Conditions?.[condition], scope, where) === true
  );
}

const supported = new Set([
  'AWS::Lambda::Function',
  'AWS::SQS::Queue',
  'AWS::DynamoDB::Table',
  'AWS::SNS::Topic',
  'AWS::SNS::Subscription',
  'AWS::S3::Bucket',
  'AWS::Lambda::EventSourceMapping',
  'AWS::Scheduler::Schedule',
  'AWS::ApiGatewayV2::Api',
  'AWS::ApiGatewayV2::Integration',
  'AWS::ApiGatewayV2::Route',
  'AWS::CloudFront::Distribution',
  'AWS::CloudFront::Function',
  'AWS::CloudFront::ResponseHeadersPolicy',
  'Custom::CDKBucketDeployment',
  'Custom::S3AutoDeleteObjects',
  'AWS::IAM::Role',
  'AWS::IAM::Policy',
  'AWS::IAM::ManagedPolicy',
]);

/** What nothing here depends on: it watches, logs, lets AWS call AWS, or proves one part of AWS to another. */
const harmless = [
  /^AWS::(CloudWatch|Logs|CDK)::/,
  /^AWS::Lambda::(Permission|EventInvokeConfig)$/,
  /^AWS::ApiGatewayV2::Stage$/,
  /^AWS::(SNS::Topic|SQS::Queue|S3::Bucket)Policy$/,
  /^AWS::(CloudFront::OriginAccessControl|SecretsManager::Secret|Lambda::LayerVersion)$/,
];

/** A function that a custom resource calls runs while `cdk deploy` does; here there is nothing for it to do. */
function runsInDeployments(found: readonly resources.ResolvedResource[], arn: string | undefined): boolean {
  return found.some(({ type, properties }) => type.startsWith('Custom::') && properties.ServiceToken === arn);
}

/** @throws Error for a resource that does something in the cloud and would not do it here */
function ignoredTypes(template: Template): string[] {
  const others = Object.entries(template.Resources).filter(([, { Type }]) => !supported.has(Type));
  for (const [id, { Type }] of others)
    if (!harmless.some((pattern) => pattern.test(Type)))
      throw new Error(`${id}: ${Type} does not run locally yet (local/runner/assembly.ts)`);
  return [...new Set(others.map(([, { Type }]) => Type))].sort();
}

function apiOf(found: readonly resources.ResolvedResource[]): { api?: ApiSpec } {
  const api = found.find(({ type }) => type === 'AWS::ApiGatewayV2::Api');
  return api ? { api: readApi(api, found) } : {};
}

function readOutputs(template: Template, scope: LocalScope): Record<string, string> {
  const outputs = Object.entries(template.Outputs ?? {})
    .filter(([name, { Condition }]) => holds(Condition, template, scope, name))
    .map(([name, { Value }]) => [name, String(resolveHere(Value, scope, name))]);
  return Object.fromEntries(outputs);
}
