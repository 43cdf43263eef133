/** The HTTP API: one function behind the gateway's default route, so that every answer but the gateway's is ours. */
import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import { CorsHttpMethod, HttpApi, HttpStage, LogGroupLogDestination } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { variable } from '../core/environment.ts';
import { index } from '../core/indexes.ts';
import { allowOnSubscriptions, allowOnTopics, allowTexts, topicArnPrefix } from './channel-topics.ts';
import type { Delivery } from './delivery.ts';
import { ServiceFunction } from './service-function.ts';
import type { Settings } from './settings.ts';
import { indexArn, type Storage } from './storage.ts';
import { userAgent } from './user-agent.ts';
import type { WorkQueue } from './work-queue.ts';

export interface ApiProps {
  readonly storage: Storage;
  readonly settings: Settings;
  /** Where SNS puts what it could not deliver. */
  readonly delivery: Delivery;
  /** What CloudFront proves with that a request came through it. */
  readonly originSecret: string;
  /** Shown to operators, who may drive their dead letters again. */
  readonly queues: readonly WorkQueue[];
}

export class Api extends Construct {
  readonly gateway: HttpApi;
  readonly api: ServiceFunction;

  constructor(scope: Construct, id: string, props: ApiProps) {
    super(scope, id);
    const { storage, settings } = props;
    this.api = createFunction(this, props);
    this.gateway = createGateway(this, this.api, settings.allowedOrigins);
    grant(this.api, storage, settings);
    for (const queue of props.queues) allowRedrive(this.api, queue);
  }

  /** Where the pages of lists are. */
  linkTo({ dashboardUrl }: { readonly dashboardUrl: string }): void {
    this.api.addEnvironment(variable.dashboardUrl, dashboardUrl);
  }
}

function createFunction(
  scope: Construct,
  { storage, settings, delivery, originSecret }: ApiProps,
): ServiceFunction {
  return new ServiceFunction(scope, 'Api', {
    step: 'api',
    description: 'Answers the HTTP API',
    timeout: Duration.seconds(15),
    memoryMiB: 512,
    environment: {
      registryTable: storage.registry.tableName,
      articlesTable: storage.articles.tableName,
      alertsTable: storage.alerts.tableName,
      topicArnPrefix: topicArnPrefix(scope),
      undeliveredQueueArn: delivery.queue.queue.queueArn,
      signUp: settings.signUp,
      originSecret,
      smsCountries: settings.smsCountries,
      smsMonthlyBudgetUsd: String(settings.smsMonthlyBudgetUsd),
      smsSubscriberBudgetUsd: String(settings.smsSubscriberBudgetUsd),
      retentionDays: String(settings.retentionDays),
      shortestPollSeconds: String(settings.shortestPollSeconds),
      loopback: settings.loopback,
      userAgent: userAgent(settings),
    },
  });
}

function createGateway(scope: Construct, api: ServiceFunction, allowedOrigins: string[]): HttpApi {
  const gateway = new HttpApi(scope, 'Gateway', {
    createDefaultStage: false,
    defaultIntegration: new HttpLambdaIntegration('Integration', api),
    corsPreflight: allowedOrigins.length > 0 ? cors(allowedOrigins) : undefined,
  });
  new HttpStage(scope, 'Stage', {
    httpApi: gateway,
    autoDeploy: true,
    throttle: { rateLimit: 100, burstLimit: 200 },
    accessLogSettings: { destination: new LogGroupLogDestination(accessLog(scope)), format: accessLogFormat },
  });
  Validations.of(gateway).acknowledge({
    id: 'AwsSolutions-APIG4',
    reason: 'The function authenticates bearer tokens itself; signing up and health are public by design.',
  });
  return gateway;
}

function accessLog(scope: Construct): LogGroup {
  return new LogGroup(scope, 'AccessLog', {
    retention: RetentionDays.ONE_MONTH,
    removalPolicy: RemovalPolicy.DESTROY,
  });
}

/** Neither path nor caller's address: a path may carry a secret (`/v1/feeds/{secret}`). */
const accessLogFormat = AccessLogFormat.custom(
  JSON.stringify({
    requestId: '$context.requestId',
    at: '$context.requestTime',
    method: '$context.httpMethod',
    status: '$context.status',
    bytes: '$context.responseLength',
    milliseconds: '$context.responseLatency',
    error: '$context.error.message',
    integrationError: '$context.integrationErrorMessage',
  }),
);

function cors(allowOrigins: string[]) {
  const { GET, POST, PUT, PATCH, DELETE } = CorsHttpMethod;
  return {
    allowOrigins,
    allowMethods: [GET, POST, PUT, PATCH, DELETE],
    allowHeaders: ['authorization', 'content-type', 'if-match', 'idempotency-key'],
    exposeHeaders: ['etag', 'location', 'retry-after', 'www-authenticate'],
    maxAge: Duration.hours(1),
  };
}

function grant(
  api: ServiceFunction,
  { registry, articles, alerts }: Storage,
  { smsCountries }: Settings,
): void {
  api.allow(
    [
      'dynamodb:GetItem',
      'dynamodb:Query',
      'dynamodb:PutItem',
      'dynamodb:UpdateItem',
      'dynamodb:DeleteItem',
      'dynamodb:ConditionCheckItem',
    ],
    registry.tableArn,
  );
  api.allow(
    ['dynamodb:Query'],
    indexArn(registry, index.registryListing),
    indexArn(registry, index.registryTrouble),
  );
  api.allow(['dynamodb:GetItem', 'dynamodb:Query'], articles.tableArn);
  api.allow(
    ['dynamodb:Query'],
    indexArn(articles, index.articlesRecent),
    indexArn(articles, index.articlesUrl),
  );
  // The batch write erases the alerts of a subscriber who leaves; the updates count requests and what codes cost.
  api.allow(
    [
      'dynamodb:GetItem',
      'dynamodb:BatchGetItem',
      'dynamodb:Query',
      'dynamodb:UpdateItem',
      'dynamodb:BatchWriteItem',
    ],
    alerts.tableArn,
  );
  api.allow(['dynamodb:Query'], indexArn(alerts, index.alertsTimeline));
  allowOnTopics(api, [
    'sns:CreateTopic',
    'sns:DeleteTopic',
    'sns:Subscribe',
    'sns:ConfirmSubscription',
    'sns:Publish',
    'sns:GetTopicAttributes',
    'sns:ListSubscriptionsByTopic',
  ]);
  allowOnSubscriptions(api, ['sns:GetSubscriptionAttributes', 'sns:Unsubscribe']);
  if (smsCountries !== '') allowTexts(api);
}

/**
 * SQS moves the messages in the name of who asks it to.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-configure-dead-letter-queue-redrive.html
 */
function allowRedrive(api: ServiceFunction, { queue, deadLetters, urlVariable }: WorkQueue): void {
  api.addEnvironment(variable[urlVariable], queue.queueUrl);
  api.allow(['sqs:GetQueueAttributes', 'sqs:SendMessage'], queue.queueArn);
  api.allow(
    [
      'sqs:GetQueueAttributes',
      'sqs:StartMessageMoveTask',
      'sqs:ListMessageMoveTasks',
      'sqs:ReceiveMessage',
      'sqs:DeleteMessage',
    ],
    deadLetters.queueArn,
  );
}
