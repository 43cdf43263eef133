/**
 * What an operator can choose, read once from the CDK's context: `cdk deploy -c retentionDays=14`, or under
 * `context` in `cdk.json`. Each setting with its unit and default stands in `docs/settings.md`.
 */
import { z } from 'zod';

const countries = /^[A-Z]{2}=\d+(\.\d+)?(,[A-Z]{2}=\d+(\.\d+)?)*$/;
const origin = /^(https:\/\/[a-z0-9.-]+|http:\/\/(localhost|127\.0\.0\.1))(:\d+)?$/;
const text = z.string().trim();

/** `standard` is used when a setting is not given; `allowed` completes the sentence "allowed: …". */
export const settingsTable = {
  stackName: {
    schema: text.regex(/^[A-Za-z][A-Za-z0-9-]{0,99}$/),
    standard: 'Tocsin',
    allowed: 'a letter, then up to 99 letters, digits and hyphens',
  },
  operatorEmail: { schema: z.literal('').or(z.email()), standard: '', allowed: 'one e-mail address' },
  signUp: { schema: z.enum(['invite', 'open']), standard: 'invite', allowed: 'invite or open' },
  smsCountries: {
    schema: z.literal('').or(text.regex(countries).refine(namesEachOnce)),
    standard: '',
    allowed: 'each country once with the USD a part costs there, such as US=0.0075,KR=0.03',
  },
  smsMonthlyBudgetUsd: {
    schema: z.coerce.number().min(0).max(1_000_000),
    standard: '0',
    allowed: 'a number of US dollars from 0 to 1000000',
  },
  smsSubscriberBudgetUsd: {
    schema: z.coerce.number().min(0).max(1_000_000),
    standard: '0',
    allowed: 'a number of US dollars from 0 to 1000000',
  },
  smsParts: {
    schema: z.coerce.number().int().min(1).max(5),
    standard: '1',
    allowed: 'a whole number of parts from 1 to 5',
  },
  retentionDays: {
    schema: z.coerce.number().int().min(1).max(3650),
    standard: '30',
    allowed: 'a whole number of days from 1 to 3650',
  },
  shortestPollSeconds: {
    schema: z.coerce.number().int().min(15).max(86_400),
    standard: '60',
    allowed: 'a whole number of seconds from 15 to 86400',
  },
  allowedOrigins: {
    schema: text.transform(splitList).pipe(z.array(z.string().regex(origin))),
    standard: '',
    allowed: 'origins without a path, such as https://news.example.org,http://localhost:5173',
  },
  data: { schema: z.enum(['retain', 'destroy']), standard: 'retain', allowed: 'retain or destroy' },
  contactUrl: {
    schema: z.literal('').or(z.url({ protocol: /^(https?|mailto)$/ })),
    standard: '',
    allowed: 'an https:, http: or mailto: URL',
  },
  loopback: { schema: z.enum(['refuse', 'allow']), standard: 'refuse', allowed: 'refuse or allow' },
} as const;

type SettingName = keyof typeof settingsTable;

export type Settings = {
  readonly [K in SettingName]: z.output<(typeof settingsTable)[K]['schema']>;
};

export class SettingsError extends Error {
  override readonly name = 'SettingsError';
}

/**
 * @param context everything in the CDK's context; keys that cannot be settings are the CDK's own
 * @throws SettingsError that lists every wrong setting: what was given and what is allowed
 */
export function readSettings(context: Readonly<Record<string, unknown>>): Settings {
  const wrong = Object.keys(context).filter(isUnknown).map(describeUnknown);
  const values = Object.entries(settingsTable).map(([name, { schema, standard, allowed }]) => {
    const given = String(context[name] ?? '').trim();
    const { success, data } = schema.safeParse(given === '' ? standard : given);
    if (!success) wrong.push(`${name}: ${JSON.stringify(given)} was given; allowed: ${allowed}`);
    return [name, data];
  });
  if (wrong.length > 0) throw new SettingsError(['Settings are wrong:', ...wrong].join('\n  '));
  return Object.fromEntries(values);
}

/** The CDK's own keys contain a colon, a slash or a hyphen. A word alone is ours, or a slip of the pen. */
function isUnknown(key: string): boolean {
  return /^[A-Za-z]+$/.test(key) && !(key in settingsTable);
}

function describeUnknown(key: string): string {
  return `${key}: there is no such setting; there are ${Object.keys(settingsTable).join(', ')}`;
}

function splitList(list: string): string[] {
  return list
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

function namesEachOnce(list: string): boolean {
  const names = list.split(',').map((entry) => entry.slice(0, 2));
  return new Set(names).size === names.length;
}
