/** What a function needs, read from what is left of its code after tree shaking: AWS actions and variables. */
import { build } from 'esbuild';

/** IAM's names of what differs from the name of the SDK's command. */
const actionsOf: Record<string, string[]> = {
  'lib-dynamodb.Get': ['dynamodb:GetItem'],
  'lib-dynamodb.Put': ['dynamodb:PutItem'],
  'lib-dynamodb.Update': ['dynamodb:UpdateItem'],
  'lib-dynamodb.Delete': ['dynamodb:DeleteItem'],
  'lib-dynamodb.BatchGet': ['dynamodb:BatchGetItem'],
  'lib-dynamodb.BatchWrite': ['dynamodb:BatchWriteItem'],
  'lib-dynamodb.TransactGet': ['dynamodb:GetItem'],
  // The parts of a transaction are authorised one by one: see `partsOfTransactions`.
  'lib-dynamodb.TransactWrite': [],
  'client-sqs.SendMessageBatch': ['sqs:SendMessage'],
  // Without the right to list, S3 says of what is not there that it is forbidden.
  'client-s3.GetObject': ['s3:GetObject', 's3:ListBucket'],
  // SQS receives, sends and deletes in the name of who starts the task.
  'client-sqs.StartMessageMoveTask': [
    'StartMessageMoveTask',
    'ReceiveMessage',
    'SendMessage',
    'DeleteMessage',
  ].map((action) => `sqs:${action}`),
};

const partsOfTransactions = {
  Put: 'dynamodb:PutItem',
  Update: 'dynamodb:UpdateItem',
  Delete: 'dynamodb:DeleteItem',
  ConditionCheck: 'dynamodb:ConditionCheckItem',
};

/** @param step the file in `lambdas/`, without its extension */
export async function callsOf(step: string): Promise<Set<string>> {
  const code = await bundle(step);
  const parts = /TransactWriteCommand\(/.test(code) ? Object.entries(partsOfTransactions) : [];
  return new Set([
    ...importsOf(code).flatMap(({ service, command, local }) =>
      isUsed(code, local) ? (actionsOf[`${service}.${command}`] ?? [actionOf(service, command)]) : [],
    ),
    ...parts.filter(([part]) => new RegExp(`\\b${part}: \\{`).test(code)).map(([, action]) => action),
  ]);
}

/** The names that the function passes to `readEnvironment`. */
export async function variablesOf(step: string): Promise<Set<string>> {
  const reads = (await bundle(step)).matchAll(/readEnvironment\(([^)]*)\)/g);
  return new Set(
    [...reads].flatMap(([, names = '']) => [...names.matchAll(/"(\w+)"/g)].map(([, name]) => name!)),
  );
}

async function bundle(step: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [`lambdas/${step}.ts`],
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    packages: 'external',
    treeShaking: true,
  });
  return outputFiles[0]!.text;
}

interface Imported {
  readonly service: string;
  readonly command: string;
  /** Its name in this bundle. */
  readonly local: string;
}

/** `import { GetCommand, PutCommand as PutCommand2, paginateQuery } from "@aws-sdk/lib-dynamodb"`. */
function importsOf(code: string): Imported[] {
  const imports = code.matchAll(/import \{([^}]*)\} from "@aws-sdk\/([\w-]+)"/g);
  return [...imports].flatMap(([, names = '', service = '']) =>
    [...names.matchAll(/(?:(\w+)Command|paginate(\w+))(?: as (\w+))?/g)].map(
      ([whole, command, paginated, alias]) => ({
        service,
        command: (command ?? paginated)!,
        local: alias ?? whole,
      }),
    ),
  );
}

function isUsed(code: string, local: string): boolean {
  return new RegExp(`\\b${local}\\(`).test(code);
}

function actionOf(service: string, command: string): string {
  return `${service.replace(/^(client|lib)-/, '')}:${command}`;
}
