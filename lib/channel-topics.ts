/**
 * The SNS topics of channels. They are made at run time and found by their name, which begins with the stack's:
 * the only physical name in the stack.
 */
import { ArnFormat, Stack, Validations } from 'aws-cdk-lib';
import { Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { ServiceFunction } from './service-function.ts';

/** The ARN of a channel's topic up to the channel's id. */
export function topicArnPrefix(scope: Construct): string {
  const stack = Stack.of(scope);
  const resource = `${stack.stackName}-channel-`;
  return stack.formatArn({ service: 'sns', resource, arnFormat: ArnFormat.NO_RESOURCE_NAME });
}

/** Lets a function make these calls on the topics of this stack's channels, and on no others. */
export function allowOnTopics(target: ServiceFunction, actions: string[]): void {
  target.allow(actions, `${topicArnPrefix(target)}*`);
  acknowledge(
    target,
    `arn:<AWS::Partition>:sns:<AWS::Region>:<AWS::AccountId>:${Stack.of(target).stackName}-channel-*`,
    'Topics of channels are made at run time; their common prefix is the narrowest name they have.',
  );
}

/**
 * Subscriptions are no resource type of SNS: AWS decides these calls on `*` alone, and a policy that names a
 * topic or a subscription allows nothing.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_sns.html
 */
export function allowOnSubscriptions(target: ServiceFunction, actions: SubscriptionAction[]): void {
  allowOnAll(target, actions);
}
type SubscriptionAction =
  | 'sns:GetSubscriptionAttributes'
  | 'sns:SetSubscriptionAttributes'
  | 'sns:Unsubscribe';

/** Lets a function send texts: publish to whatever is no topic, and ask whether a number opted out. */
export function allowTexts(target: ServiceFunction): void {
  const everyTopic = Stack.of(target).formatArn({
    service: 'sns',
    region: '*',
    account: '*',
    resource: '*',
    arnFormat: ArnFormat.NO_RESOURCE_NAME,
  });
  target.addToRolePolicy(
    new PolicyStatement({ effect: Effect.ALLOW, actions: ['sns:Publish'], notResources: [everyTopic] }),
  );
  allowOnAll(target, ['sns:CheckIfPhoneNumberIsOptedOut']);
}

function allowOnAll(target: ServiceFunction, actions: string[]): void {
  target.allow(actions, '*');
  acknowledge(target, '*', 'These calls have no resource type; the list of them is explicit.');
}

function acknowledge(target: ServiceFunction, resource: string, reason: string): void {
  Validations.of(target.role!).acknowledge({
    id: `AwsSolutions-IAM5[Resource::${resource}]`,
    reason,
  });
}
