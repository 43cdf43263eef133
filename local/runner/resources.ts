/** One reader per CloudFormation type: from resolved properties to what the runner needs to know. */

export interface ResolvedResource {
  readonly logicalId: string;
  readonly type: string;
  readonly ref: string;
  readonly arn?: string | undefined;
  readonly properties: Readonly<Record<string, unknown>>;
}

export interface FunctionSpec {
  readonly name: string;
  readonly arn: string;
  readonly roleArn: string;
  /** The bundle's folder. */
  readonly folder: string;
  /** `index.handler` */
  readonly handler: string;
  readonly memoryMb: number;
  readonly timeoutSeconds: number;
  readonly environment: Readonly<Record<string, string>>;
}

export interface QueueSpec {
  readonly name: string;
  readonly arn: string;
  readonly url: string;
  /** The attributes of SQS's CreateQueue, as strings. */
  readonly attributes: Readonly<Record<string, string>>;
}

export interface TableSpec {
  readonly name: string;
  /** The input of DynamoDB's CreateTable. */
  readonly definition: Readonly<Record<string, unknown>>;
  readonly timeToLiveAttribute?: string;
}

export interface TopicSpec {
  readonly name: string;
  readonly arn: string;
}

export interface SubscriptionSpec {
  readonly topicArn: string;
  readonly protocol: string;
  readonly endpoint: string;
}

export interface BucketSpec {
  readonly name: string;
}

export interface EventSourceSpec {
  readonly queueArn: string;
  readonly functionName: string;
  readonly batchSize: number;
  readonly batchingWindowSeconds: number;
  readonly maxConcurrency?: number;
  readonly reportBatchItemFailures: boolean;
}

export interface ScheduleSpec {
  readonly name: string;
  readonly arn: string;
  /** `rate(1 minute)` */
  readonly expression: string;
  readonly targetArn: string;
  readonly roleArn: string;
  readonly input?: string;
}

const lastPart = (arn: string) => arn.split(':').at(-1)!;

/** @throws Error where the function's code is no folder of the assembly */
export function readFunction(resource: ResolvedResource, assets: ReadonlyMap<string, string>): FunctionSpec {
  const { Code, Role, Handler, MemorySize, Timeout, Environment } = resource.properties as unknown as {
    Code: { S3Key?: string };
    Role: string;
    Handler: string;
    MemorySize?: number;
    Timeout?: number;
    Environment?: { Variables?: Record<string, string> };
  };
  const folder = assets.get(Code.S3Key ?? '');
  if (!folder) throw new Error(`${resource.logicalId}: Code is no asset of this assembly`);
  const variables = Object.entries(Environment?.Variables ?? {}).map(([key, value]) => [key, String(value)]);
  return {
    name: resource.ref,
    arn: resource.arn!,
    roleArn: Role,
    folder,
    handler: Handler,
    memoryMb: MemorySize ?? 128,
    timeoutSeconds: Timeout ?? 3,
    environment: Object.fromEntries(variables),
  };
}

const queueAttributes = [
  'VisibilityTimeout',
  'DelaySeconds',
  'MessageRetentionPeriod',
  'MaximumMessageSize',
  'ReceiveMessageWaitTimeSeconds',
];

export function readQueue({ ref, arn, properties }: ResolvedResource): QueueSpec {
  const attributes = queueAttributes
    .filter((name) => properties[name] !== undefined)
    .map((name) => [name, String(properties[name])]);
  if (properties.RedrivePolicy) attributes.push(['RedrivePolicy', JSON.stringify(properties.RedrivePolicy)]);
  return { name: lastPart(arn!), arn: arn!, url: ref, attributes: Object.fromEntries(attributes) };
}

const tableProperties = [
  'AttributeDefinitions',
  'KeySchema',
  'GlobalSecondaryIndexes',
  'LocalSecondaryIndexes',
  'StreamSpecification',
];

export function readTable({ ref, properties }: ResolvedResource): TableSpec {
  const { TimeToLiveSpecification: ttl } = properties as {
    TimeToLiveSpecification?: { AttributeName: string; Enabled: boolean };
  };
  const definition = tableProperties
    .filter((name) => properties[name] !== undefined)
    .map((name) => [name, properties[name]]);
  return {
    name: ref,
    definition: { TableName: ref, BillingMode: 'PAY_PER_REQUEST', ...Object.fromEntries(definition) },
    ...(ttl?.Enabled ? { timeToLiveAttribute: ttl.AttributeName } : {}),
  };
}

export function readTopic({ ref }: ResolvedResource): TopicSpec {
  return { name: lastPart(ref), arn: ref };
}

export function readSubscription({ properties }: ResolvedResource): SubscriptionSpec {
  const { TopicArn, Protocol, Endpoint } = properties as Record<string, string>;
  return { topicArn: TopicArn!, protocol: Protocol!, endpoint: Endpoint! };
}

export function readBucket({ ref }: ResolvedResource): BucketSpec {
  return { name: ref };
}

export function readEventSource({ properties }: ResolvedResource): EventSourceSpec {
  const p = properties as unknown as {
    EventSourceArn: string;
    FunctionName: string;
    BatchSize?: number;
    MaximumBatchingWindowInSeconds?: number;
    FunctionResponseTypes?: readonly string[];
    ScalingConfig?: { MaximumConcurrency?: number };
  };
  const maxConcurrency = p.ScalingConfig?.MaximumConcurrency;
  return {
    queueArn: p.EventSourceArn,
    functionName: lastPart(p.FunctionName),
    batchSize: p.BatchSize ?? 10,
    batchingWindowSeconds: p.MaximumBatchingWindowInSeconds ?? 0,
    ...(maxConcurrency === undefined ? {} : { maxConcurrency }),
    reportBatchItemFailures: p.FunctionResponseTypes?.includes('ReportBatchItemFailures') ?? false,
  };
}

export function readSchedule({ ref, arn, properties }: ResolvedResource): ScheduleSpec {
  const { ScheduleExpression, Target } = properties as unknown as {
    ScheduleExpression: string;
    Target: { Arn: string; RoleArn: string; Input?: string };
  };
  return {
    name: ref,
    arn: arn!,
    expression: ScheduleExpression,
    targetArn: Target.Arn,
    roleArn: Target.RoleArn,
    ...(Target.Input === undefined ? {} : { input: Target.Input }),
  };
}
