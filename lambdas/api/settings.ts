/** The settings of the function, read at cold start. */
import { readEnvironment } from '../environment.ts';

export const settings = readEnvironment(
  'registryTable',
  'articlesTable',
  'alertsTable',
  'topicArnPrefix',
  'signUp',
  'originSecret',
  'smsCountries',
  'smsMonthlyBudgetUsd',
  'smsSubscriberBudgetUsd',
  'retentionDays',
  'shortestPollSeconds',
  'loopback',
  'userAgent',
  'undeliveredQueueArn',
  'dashboardUrl',
  'pollQueueUrl',
  'readQueueUrl',
  'matchQueueUrl',
  'deliverQueueUrl',
);
