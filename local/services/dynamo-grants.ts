/**
 * What a DynamoDB call needs to be allowed: transactions per item, batches per table, queries on an index for that
 * index. https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazondynamodb.html
 */
import { tableArn } from './arn.ts';
import type { Grant } from './wire.ts';

interface Item {
  readonly TableName: string;
}
type Transacted = Readonly<Partial<Record<'Put' | 'Update' | 'Delete' | 'ConditionCheck' | 'Get', Item>>>;

export interface DynamoInput {
  readonly TableName?: string;
  readonly IndexName?: string;
  /** Of a batch: per table. Of others: absent. */
  readonly RequestItems?: Readonly<Record<string, unknown>>;
  readonly TransactItems?: readonly Transacted[];
}

export function dynamoGrants(action: string, input: DynamoInput): Grant[] {
  if (input.TransactItems) return distinct(input.TransactItems.flatMap(transactedGrants));
  const tables = input.RequestItems ? Object.keys(input.RequestItems) : [input.TableName];
  return tables.map((table) => ({
    action: `dynamodb:${action}`,
    resource: table === undefined ? '*' : resourceOf(table, input.IndexName),
  }));
}

const itemActions = {
  Put: 'PutItem',
  Update: 'UpdateItem',
  Delete: 'DeleteItem',
  ConditionCheck: 'ConditionCheckItem',
  Get: 'GetItem',
} as const;

function transactedGrants(item: Transacted): Grant[] {
  return Object.entries(item).map(([kind, { TableName }]) => ({
    action: `dynamodb:${itemActions[kind as keyof typeof itemActions]}`,
    resource: resourceOf(TableName),
  }));
}

/** A table is named by its name or its ARN. */
function resourceOf(table: string, index?: string): string {
  const arn = table.startsWith('arn:') ? table : tableArn(table);
  return index === undefined ? arn : `${arn}/index/${index}`;
}

function distinct(grants: readonly Grant[]): Grant[] {
  return [...new Map(grants.map((grant) => [`${grant.action} ${grant.resource}`, grant])).values()];
}
