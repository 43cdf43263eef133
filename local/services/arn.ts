/** Names of local resources. The account and region are those that every local process sees. */

export const accountId = '000000000000';
export const region = 'us-east-1';

export const queueArn = (name: string) => `arn:aws:sqs:${region}:${accountId}:${name}`;
export const topicArn = (name: string) => `arn:aws:sns:${region}:${accountId}:${name}`;
export const tableArn = (name: string) => `arn:aws:dynamodb:${region}:${accountId}:table/${name}`;

/** The last part of an ARN or a queue URL: the resource's name. */
export function nameOf(arnOrUrl: string): string {
  return arnOrUrl.slice(Math.max(arnOrUrl.lastIndexOf(':'), arnOrUrl.lastIndexOf('/')) + 1);
}
