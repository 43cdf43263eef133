/** A Lambda function as all of Tocsin's are: one file of `lambdas/`, bundled, with a role that allows its calls. */
import { join } from 'node:path';
import { type Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, LoggingFormat, RecursiveLoop, Runtime } from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Charset, NodejsFunction, OutputFormat } from 'aws-cdk-lib/aws-lambda-nodejs';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { everyFunction, variable } from '../core/environment.ts';
import type { WorkQueue } from './work-queue.ts';

export type Environment = { readonly [K in keyof typeof variable]?: string };

export interface ServiceFunctionProps {
  /** The file in `lambdas/`, without its extension; also the value of the metrics' dimension `service`. */
  readonly step: string;
  readonly description: string;
  readonly timeout: Duration;
  readonly memoryMiB: number;
  readonly environment: Environment;
  /** The function sends to the queue that it works off. Lambda stops what it takes for an endless loop. */
  readonly sendsToItself?: boolean;
}

export interface ConsumeOptions {
  readonly batchSize: number;
  /** Most batches worked on at once. */
  readonly maxConcurrency: number;
}

const lambdas = join(import.meta.dirname, '../lambdas');

export class ServiceFunction extends NodejsFunction {
  readonly step: string;

  constructor(scope: Construct, id: string, props: ServiceFunctionProps) {
    const role = new Role(scope, `${id}Role`, { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    const logGroup = new LogGroup(scope, `${id}Logs`, {
      retention: RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    super(scope, id, {
      entry: join(lambdas, `${props.step}.ts`),
      description: props.description,
      timeout: props.timeout,
      memorySize: props.memoryMiB,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      bundling,
      role,
      logGroup,
      loggingFormat: LoggingFormat.JSON,
      recursiveLoop: props.sendsToItself ? RecursiveLoop.ALLOW : undefined,
      environment: {
        ...renderEnvironment(props.environment),
        // Reading the map costs a cold start about 16 ms (bench/bundles); a stack trace without it says nothing.
        NODE_OPTIONS: '--enable-source-maps',
        [everyFunction.step]: props.step,
        [everyFunction.metricsNamespace]: Stack.of(scope).stackName,
      },
    });

    this.step = props.step;
    this.allow(['logs:CreateLogStream', 'logs:PutLogEvents'], logGroup.logGroupArn);
  }

  /** Lets the function make these calls on exactly these resources. */
  allow(actions: string[], ...resources: string[]): void {
    this.addToRolePolicy(new PolicyStatement({ actions, resources }));
  }

  /** Tells the function where the queue is and lets it send there. */
  sendTo({ queue, urlVariable }: WorkQueue): void {
    this.addEnvironment(variable[urlVariable], queue.queueUrl);
    this.allow(['sqs:SendMessage'], queue.queueArn);
  }

  /** Has the function work the queue off, each message failing by itself. */
  consume({ queue }: WorkQueue, { batchSize, maxConcurrency }: ConsumeOptions): void {
    this.addEventSource(
      new SqsEventSource(queue, { batchSize, maxConcurrency, reportBatchItemFailures: true }),
    );
  }
}

/** Measured: taking the module entry first is a third smaller, and the bundled SDK loads faster than Lambda's. */
const bundling = {
  format: OutputFormat.ESM,
  target: 'node24',
  mainFields: ['module', 'main'],
  minify: true,
  bundleAwsSDK: true,
  sourceMap: true,
  sourcesContent: false,
  charset: Charset.UTF8,
  esbuildArgs: {
    '--alias:@aws-sdk/credential-provider-node': join(lambdas, 'aws/credentials.ts'),
    '--alias:@smithy/core/event-streams': join(lambdas, 'aws/left-out.ts'),
    '--alias:@aws-sdk/endpoint-cache': join(lambdas, 'aws/left-out.ts'),
  },
};

function renderEnvironment(environment: Environment): Record<string, string> {
  const entries = Object.entries(environment) as [keyof typeof variable, string][];
  return Object.fromEntries(entries.map(([name, value]) => [variable[name], value]));
}
