/**
 * The names of the environment variables that `lib/` sets at synth and `lambdas/` read at cold start.
 * This file imports nothing.
 */
export const variable = {
  registryTable: 'REGISTRY_TABLE',
  articlesTable: 'ARTICLES_TABLE',
  alertsTable: 'ALERTS_TABLE',
  snapshotBucket: 'SNAPSHOT_BUCKET',
  pollQueueUrl: 'POLL_QUEUE_URL',
  readQueueUrl: 'READ_QUEUE_URL',
  matchQueueUrl: 'MATCH_QUEUE_URL',
  deliverQueueUrl: 'DELIVER_QUEUE_URL',
  /** ARN up to the channel's id: `arn:aws:sns:eu-west-1:123456789012:Tocsin-channel-`. */
  topicArnPrefix: 'TOPIC_ARN_PREFIX',
  /** Where SNS puts what it could not deliver: ARN of the DeliverQueue. */
  undeliveredQueueArn: 'UNDELIVERED_QUEUE_ARN',
  signUp: 'SIGN_UP',
  /** What our own CDN sends with every request, so that its word about the client's address is believed. Empty: no CDN. */
  originSecret: 'ORIGIN_SECRET',
  /** What a part costs in each allowed country, in USD: `US=0.0075,KR=0.03`. Empty means that SMS is off. */
  smsCountries: 'SMS_COUNTRIES',
  smsMonthlyBudgetUsd: 'SMS_MONTHLY_BUDGET_USD',
  /** Of one subscriber within it; 0: no limit of their own. */
  smsSubscriberBudgetUsd: 'SMS_SUBSCRIBER_BUDGET_USD',
  /** Of an alert's text, at the most. */
  smsParts: 'SMS_PARTS',
  retentionDays: 'RETENTION_DAYS',
  shortestPollSeconds: 'SHORTEST_POLL_SECONDS',
  /** `refuse` or `allow`: sources and webhooks on loopback addresses, for trying Tocsin on one machine. */
  loopback: 'LOOPBACK',
  /** Where links in messages lead: the API, without a slash at the end, and the dashboard. */
  apiUrl: 'API_URL',
  dashboardUrl: 'DASHBOARD_URL',
  /** What publishers are asked with: `Tocsin/1.0.0 (+https://example.org/contact)`. */
  userAgent: 'USER_AGENT',
} as const;

/** What every function is told beside its own: the name of its step, and under which its metrics stand. */
export const everyFunction = { step: 'STEP', metricsNamespace: 'METRICS_NAMESPACE' } as const;
