/**
 * IAM policies, evaluated as AWS does for a caller in the same account: an explicit Deny wins, otherwise one Allow is
 * needed. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 *
 *     isAllowed(policies, 'sqs:SendMessage', 'arn:aws:sqs:us-east-1:000000000000:PollQueue')
 */

export interface PolicyStatement {
  readonly Effect: 'Allow' | 'Deny';
  readonly Action?: string | readonly string[];
  readonly NotAction?: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly NotResource?: string | readonly string[];
  readonly Condition?: Conditions;
}

export interface PolicyDocument {
  readonly Statement: PolicyStatement | readonly PolicyStatement[];
}

type Conditions = Readonly<Record<string, Readonly<Record<string, string | boolean | readonly string[]>>>>;

/** Condition keys of a request: `{ 'aws:SourceArn': 'arn:…' }`. */
export type RequestContext = Readonly<Record<string, string>>;

/** @param resource an ARN, `*` for an action without resources, or a phone number for SMS */
export function isAllowed(
  policies: readonly PolicyDocument[],
  action: string,
  resource: string,
  context: RequestContext = {},
): boolean {
  const statements = policies.flatMap((policy) => policy.Statement);
  const applying = statements.filter((statement) => covers(statement, action, resource));
  const denied = applying.some(({ Effect, Condition }) => Effect === 'Deny' && met(Condition, context, true));
  if (denied) return false;
  return applying.some(({ Effect, Condition }) => Effect === 'Allow' && met(Condition, context, false));
}

function covers(statement: PolicyStatement, action: string, resource: string): boolean {
  const actions = list(statement.Action ?? statement.NotAction).map((pattern) => pattern.toLowerCase());
  const resources = list(statement.Resource ?? statement.NotResource);
  const actionCovered = anyLike(actions, action.toLowerCase()) === (statement.Action !== undefined);
  const resourceCovered = anyLike(resources, resource) === (statement.Resource !== undefined);
  return actionCovered && resourceCovered;
}

/** An operator we do not know counts against the caller: `unknown` is true for Deny and false for Allow. */
function met(conditions: Conditions = {}, context: RequestContext, unknown: boolean): boolean {
  return Object.entries(conditions).every(([operator, tests]) => {
    const compare = comparisons[operator];
    if (!compare) return unknown;
    return Object.entries(tests).every(([key, expected]) => {
      const values = list(typeof expected === 'boolean' ? String(expected) : expected);
      return compare(values, context[key]);
    });
  });
}

type Comparison = (expected: readonly string[], actual: string | undefined) => boolean;

const equals: Comparison = (expected, actual) => actual !== undefined && expected.includes(actual);
const like: Comparison = (expected, actual) => actual !== undefined && anyLike(expected, actual);

const comparisons: Readonly<Record<string, Comparison>> = {
  StringEquals: equals,
  StringLike: like,
  ArnEquals: like,
  ArnLike: like,
  Bool: equals,
  StringNotEquals: (expected, actual) => !equals(expected, actual),
  StringNotLike: (expected, actual) => !like(expected, actual),
  ArnNotLike: (expected, actual) => !like(expected, actual),
};

function anyLike(patterns: readonly string[], text: string): boolean {
  return patterns.some((pattern) => wildcard(pattern).test(text));
}

const compiled = new Map<string, RegExp>();

function wildcard(pattern: string): RegExp {
  const known = compiled.get(pattern);
  if (known) return known;
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  const made = new RegExp(`^${source}$`, 's');
  compiled.set(pattern, made);
  return made;
}

function list(value: string | readonly string[] | undefined): readonly string[] {
  if (value === undefined) return [];
  return typeof value === 'string' ? [value] : value;
}
