/** What each role of the stack may do. Managed policies of AWS (they only grant logs here) are not looked at. */
import type { ResolvedResource } from './resources.ts';

/** An IAM statement as the template has it, resolved. */
export interface Statement {
  readonly Effect: 'Allow' | 'Deny';
  readonly Action?: string | readonly string[];
  readonly NotAction?: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly NotResource?: string | readonly string[];
  readonly Condition?: Readonly<Record<string, unknown>>;
}

interface PolicyDocument {
  readonly Statement: Statement | readonly Statement[];
}

/** Every statement by the ARN of its role: those inside the role and those of policies attached to it. */
export function readStatements(resources: readonly ResolvedResource[]): Map<string, Statement[]> {
  const byRole = new Map<string, Statement[]>();
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

function statementsOf({ Statement: statements }: PolicyDocument): readonly Statement[] {
  return Array.isArray(statements) ? statements : [statements as Statement];
}
