/** What each role of the stack may do. Managed policies of AWS (they only grant logs here) are not looked at. */
import type { PolicyDocument, PolicyStatement } from '../services/iam.ts';
import type { ResolvedResource } from './resources.ts';

/** Every statement by the ARN of its role: those inside the role and those of policies attached to it. */
export function readStatements(resources: readonly ResolvedResource[]): Map<string, PolicyStatement[]> {
  const byRole = new Map<string, PolicyStatement[]>();
  const roles = resources.filter(({ type }) => type === 'AWS::IAM::Role');
  for (const { arn, properties } of roles) {
    const inline = (properties.Policies ?? []) as { PolicyDocument: PolicyDocument }[];
    byRole.set(
      arn!,
      inline.flatMap(({ PolicyDocument }) => statementsOf(PolicyDocument)),
    );
  }
  for (const { properties } of resources.filter(({ type }) => policyTypes.has(type))) {
    const { Roles = [], PolicyDocument } = properties as unknown as {
      Roles?: readonly string[];
      PolicyDocument: PolicyDocument;
    };
    const attached = roles.filter(({ ref }) => Roles.includes(ref));
    for (const { arn } of attached) byRole.get(arn!)?.push(...statementsOf(PolicyDocument));
  }
  return byRole;
}

const policyTypes = new Set(['AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy']);

function statementsOf({ Statement: statements }: PolicyDocument): readonly PolicyStatement[] {
  return Array.isArray(statements) ? statements : [statements as PolicyStatement];
}
