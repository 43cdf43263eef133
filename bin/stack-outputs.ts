/**
 * What the operator's programs share: where the deployed stack's parts are, from the file that `npm run deploy`
 * wrote or by the stack's name, and how a program ends.
 */
import { existsSync, readFileSync } from 'node:fs';
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { z } from 'zod';

const outputsSchema = z.object({
  RegistryTable: z.string(),
  ArticlesTable: z.string(),
  AlertsTable: z.string(),
  SnapshotBucket: z.string(),
  PollQueueUrl: z.string(),
  ReadQueueUrl: z.string(),
  MatchQueueUrl: z.string(),
  DeliverQueueUrl: z.string(),
  PollDeadLettersUrl: z.string(),
  ReadDeadLettersUrl: z.string(),
  MatchDeadLettersUrl: z.string(),
  DeliverDeadLettersUrl: z.string(),
  TopicArnPrefix: z.string(),
});

export interface StackOutputs extends z.infer<typeof outputsSchema> {
  readonly region: string;
}

/** For `parseArgs` of `node:util`. */
export const stackOptions = { outputs: { type: 'string' }, stack: { type: 'string' } } as const;

export interface WhichStack {
  /** A file that `cdk deploy --outputs-file` wrote. */
  readonly outputs?: string | undefined;
  /** The stack's name: asks CloudFormation, or chooses in a file with several. */
  readonly stack?: string | undefined;
}

const writtenByDeploy = 'cdk.out/outputs.json';

/** @throws Error that says what to do when there is no such file or stack, or it is another program's */
export async function findOutputs({ outputs, stack }: WhichStack): Promise<StackOutputs> {
  const file = outputs ?? (stack === undefined ? writtenByDeploy : undefined);
  const found = file === undefined ? await askCloudFormation(stack!) : readOutputs(file, stack);
  const { success, data, error } = outputsSchema.safeParse(found);
  if (success) return { ...data, region: data.TopicArnPrefix.split(':')[3]! };
  const missing = error.issues.map(({ path }) => path.join('.')).join(', ');
  throw new Error(`${file ?? stack} is no stack of Tocsin: it has no output ${missing}.`);
}

function readOutputs(file: string, stack: string | undefined): unknown {
  if (!existsSync(file))
    throw new Error(`There is no ${file}. Deploy first, or say where: --stack NAME or --outputs FILE.`);
  const stacks = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
  const names = Object.keys(stacks);
  const name = stack ?? names[0] ?? '';
  if (name in stacks && (stack !== undefined || names.length === 1)) return stacks[name];
  throw new Error(`${file} has the stacks ${names.join(', ') || '(none)'}: choose with --stack NAME.`);
}

async function askCloudFormation(stack: string): Promise<Record<string, string | undefined>> {
  const { Stacks = [] } = await new CloudFormationClient({}).send(
    new DescribeStacksCommand({ StackName: stack }),
  );
  const outputs = Stacks[0]?.Outputs ?? [];
  return Object.fromEntries(outputs.map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue]));
}

/** Runs a program: an error becomes one line on stderr and exit code 1. */
export async function runProgram(program: () => Promise<void>): Promise<void> {
  try {
    await program();
  } catch (error) {
    console.error((error as Error).message);
    process.exitCode = 1;
  }
}
