/**
 * A function's environment variables as typed values, read once at cold start. A function asks for those it
 * needs; one that is missing or malformed stops the function with the variable's name.
 *
 *     const { registryTable, retentionDays } = readEnvironment('registryTable', 'retentionDays');
 */
import * as z from 'zod/mini';
import { variable } from '../core/environment.ts';

const text = z.string().check(z.minLength(1));
const atLeast = (least: number) => z.coerce.number().check(z.int(), z.gte(least));

const schemas = {
  registryTable: text,
  articlesTable: text,
  alertsTable: text,
  snapshotBucket: text,
  pollQueueUrl: z.url(),
  readQueueUrl: z.url(),
  matchQueueUrl: z.url(),
  deliverQueueUrl: z.url(),
  topicArnPrefix: z.string().check(z.startsWith('arn:')),
  undeliveredQueueArn: z.string().check(z.startsWith('arn:')),
  signUp: z.enum(['open', 'invite']),
  /** Empty when no CDN stands before the API. */
  originSecret: z.string(),
  smsCountries: z.pipe(z.string(), z.transform(readPrices)),
  smsMonthlyBudgetUsd: z.coerce.number().check(z.gte(0)),
  smsSubscriberBudgetUsd: z.coerce.number().check(z.gte(0)),
  smsParts: atLeast(1),
  retentionDays: atLeast(1),
  shortestPollSeconds: atLeast(15),
  loopback: z.enum(['refuse', 'allow']),
  apiUrl: z.url(),
  dashboardUrl: z.url(),
  userAgent: text,
} satisfies Record<keyof typeof variable, z.ZodMiniType>;

export type Environment = { readonly [K in keyof typeof schemas]: z.infer<(typeof schemas)[K]> };

/** @throws Error that names every variable that is missing or malformed */
export function readEnvironment<K extends keyof Environment>(...names: K[]): Pick<Environment, K> {
  const wrong: string[] = [];
  const values = names.map((name) => {
    const given = process.env[variable[name]];
    const { success, data } = schemas[name].safeParse(given);
    if (!success) wrong.push(`${variable[name]}: ${given === undefined ? 'missing' : 'malformed'}`);
    return [name, data];
  });
  if (wrong.length > 0) throw new Error(`Environment variables are wrong: ${wrong.join('; ')}`);
  return Object.fromEntries(values);
}

/** `US=0.0075,KR=0.03` as a map from ISO 3166 code to USD a part. */
function readPrices(list: string): ReadonlyMap<string, number> {
  const entries = list.split(',').filter((entry) => entry !== '');
  return new Map(entries.map((entry) => [entry.slice(0, 2), Number(entry.slice(3))]));
}
