/** The API's handler with a real DynamoDB and a double of SNS, called by events as the gateway sends them. */
import { createHash } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DeleteCommand,
  DynamoDBDocumentClient,
  PutCommand,
  QueryCommand,
  ScanCommand,
} from '@aws-sdk/lib-dynamodb';
import type {
  APIGatewayProxyEventV2,
  Context,
  APIGatewayProxyStructuredResultV2 as Result,
} from 'aws-lambda';
import { variable } from '../../../core/environment.ts';
import { keys } from '../../../lambdas/keys.ts';
import { startTables } from '../../tables.ts';
import { documentedBy } from './documented.ts';
import { startSnsDouble } from './sns-double.ts';
import { startSqsDouble } from './sqs-double.ts';

export interface Call {
  readonly token?: string;
  /** A string is sent as it is. */
  readonly body?: unknown;
  readonly query?: Record<string, string>;
  readonly headers?: Record<string, string>;
  readonly sourceIp?: string;
}

export interface Answer {
  readonly status: number;
  readonly headers: Record<string, string>;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
  readonly body: any;
}

interface Options {
  readonly smsCountries?: string;
  readonly smsMonthlyBudgetUsd?: string;
  readonly signUp?: 'open' | 'invite';
  readonly originSecret?: string;
  readonly loopback?: 'refuse' | 'allow';
  /** Stands between the handler and DynamoDB: its endpoint, given DynamoDB's. */
  readonly between?: (dynamo: string) => Promise<string>;
}

export async function startApi({
  loopback = 'refuse',
  smsCountries = 'US=0.0075,KR=0.03',
  smsMonthlyBudgetUsd = '10',
  signUp = 'invite',
  originSecret = '',
  between,
}: Options = {}) {
  const tables = await startTables();
  if (between) process.env.AWS_ENDPOINT_URL_DYNAMODB = await between(tables.endpoint);
  const sns = await startSnsDouble();
  const sqs = await startSqsDouble();
  Object.assign(process.env, {
    AWS_ENDPOINT_URL_SNS: sns.endpoint,
    [variable.topicArnPrefix]: 'arn:aws:sns:us-east-1:000000000000:Tocsin-channel-',
    [variable.undeliveredQueueArn]: 'arn:aws:sqs:us-east-1:000000000000:Deliver',
    [variable.signUp]: signUp,
    [variable.originSecret]: originSecret,
    [variable.smsCountries]: smsCountries,
    [variable.smsMonthlyBudgetUsd]: smsMonthlyBudgetUsd,
    [variable.smsSubscriberBudgetUsd]: '0.5',
    [variable.retentionDays]: '30',
    [variable.shortestPollSeconds]: '60',
    [variable.loopback]: loopback,
    [variable.userAgent]: 'Tocsin/1.0',
    [variable.dashboardUrl]: 'https://web.example',
  });
  const dynamo = DynamoDBDocumentClient.from(new DynamoDBClient({ endpoint: tables.endpoint }));
  const { endpoints, handler } = await import('../../../lambdas/api.ts');

  const context = { awsRequestId: 'request-1' } as Context;
  const described = (await handler(toEvent('GET', '/v1/openapi.json', {}), context)) as Result;
  const documented = documentedBy(JSON.parse(described.body!));

  /** Fails when the answer is not what the document says. */
  async function call(method: string, path: string, options: Call = {}): Promise<Answer> {
    const result = (await handler(toEvent(method, path, options), { ...context })) as Result;
    const { statusCode = 0, headers = {}, body } = result;
    const isJson = String(headers['content-type']).includes('json');
    const answer = {
      status: statusCode,
      headers: headers as Record<string, string>,
      body: body && isJson ? JSON.parse(body) : body,
    };
    documented.check({ method, path, ...answer, contentType: answer.headers['content-type'] });
    return answer;
  }

  const put = (table: string, Item: object) =>
    dynamo.send(new PutCommand({ TableName: process.env[table], Item: { ...Item } }));

  const drop = (table: string, Key: object) =>
    dynamo.send(new DeleteCommand({ TableName: process.env[table], Key: { ...Key } }));

  async function operatorToken(token = `tocsin_op_${'o'.repeat(32)}`): Promise<string> {
    const sha256 = createHash('sha256').update(token).digest('hex');
    const item = { id: 'op', name: 'test', scope: 'operator', createdAt: '2026-11-23T08:00:00.000Z' };
    await put(variable.registryTable, { ...item, ...keys.token(sha256) });
    return token;
  }

  const operator = await operatorToken();

  /** Every item of a list, read in pages of so many. */
  async function readPages(path: string, token: string, limit: number) {
    const items = [];
    let cursor: string | undefined;
    do {
      const query: Record<string, string> = { limit: String(limit), ...(cursor && { cursor }) };
      const { body } = await call('GET', path, { token, query });
      items.push(...body.items);
      cursor = body.next;
    } while (cursor);
    return items;
  }

  /** A subscriber with a token, and what was answered about both. */
  async function newSubscriber(body: object = {}) {
    const { body: subscriber } = await call('POST', '/v1/subscribers', { token: operator, body });
    const { body: made } = await call('POST', `/v1/subscribers/${subscriber.id}/tokens`, {
      token: operator,
      body: { name: 'phone' },
    });
    return { id: subscriber.id as string, token: made.token as string, subscriber };
  }

  return {
    call,
    endpoints,
    documented,
    operator,
    newSubscriber,
    readPages,
    sns,
    sqs,
    put,
    drop,
    scan: async (table: string) =>
      (await dynamo.send(new ScanCommand({ TableName: process.env[table] }))).Items ?? [],
    partition: async (table: string, pk: string) => {
      const { Items = [] } = await dynamo.send(
        new QueryCommand({
          TableName: process.env[table],
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: { ':pk': pk },
        }),
      );
      return Items;
    },
    stop: () => {
      sns.stop();
      sqs.stop();
      tables.stop();
    },
  };
}

export type Api = Awaited<ReturnType<typeof startApi>>;

function toEvent(
  method: string,
  path: string,
  { token, body, query, headers, sourceIp = '198.51.100.7' }: Call,
): APIGatewayProxyEventV2 {
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: path,
    rawQueryString: new URLSearchParams(query).toString(),
    headers: {
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...headers,
    },
    queryStringParameters: query,
    requestContext: { http: { method, path, sourceIp } } as APIGatewayProxyEventV2['requestContext'],
    body:
      typeof body === 'string' || body === undefined ? (body as string | undefined) : JSON.stringify(body),
    isBase64Encoded: false,
  };
}
