/** Who may call what: the roles of the stack, as the services and the start ask for them. */
import { isAllowed, type PolicyDocument } from '../services/iam.ts';
import type { Assembly } from './assembly.ts';

/** The person at this machine. */
export const operator = 'operator';

const everything: PolicyDocument = { Statement: { Effect: 'Allow', Action: '*', Resource: '*' } };

/** The policies of an access key: that of a function is its name. */
export function policiesOf(assembly: Assembly, caller: string): readonly PolicyDocument[] | undefined {
  if (caller === operator) return [everything];
  const called = assembly.functions.find(({ name }) => name === caller);
  return called && policiesOfRole(assembly, called.roleArn);
}

function policiesOfRole(assembly: Assembly, roleArn: string): readonly PolicyDocument[] {
  return [{ Statement: assembly.statements.get(roleArn) ?? [] }];
}

const consumerActions = ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'];

/**
 * What AWS refuses when an event source or a schedule is made: a role that may not do what is asked of it.
 * @throws Error naming the role, the action and the resource
 */
export function checkRights(assembly: Assembly): void {
  for (const { functionName, queueArn } of assembly.eventSources) {
    const { roleArn } = assembly.functions.find(({ name }) => name === functionName)!;
    for (const action of consumerActions) demand(assembly, roleArn, action, queueArn);
  }
  for (const { roleArn, targetArn } of assembly.schedules)
    demand(assembly, roleArn, 'lambda:InvokeFunction', targetArn);
}

function demand(assembly: Assembly, roleArn: string, action: string, resource: string): void {
  if (isAllowed(policiesOfRole(assembly, roleArn), action, resource)) return;
  throw new Error(`${roleArn} is not authorized to perform ${action} on ${resource}`);
}
