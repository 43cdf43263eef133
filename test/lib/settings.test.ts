/** Settings: what is refused and how, and that the documentation lists each of them. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readSettings, SettingsError, settingsTable } from '../../lib/settings.ts';

it('has defaults for everything', () => {
  expect(readSettings({ '@aws-cdk/core:someFlag': true, 'cli-telemetry': false })).toEqual({
    stackName: 'Tocsin',
    operatorEmail: '',
    signUp: 'invite',
    smsCountries: '',
    smsMonthlyBudgetUsd: 0,
    smsSubscriberBudgetUsd: 0,
    smsParts: 1,
    retentionDays: 30,
    shortestPollSeconds: 60,
    allowedOrigins: [],
    data: 'retain',
    contactUrl: '',
    loopback: 'refuse',
  });
});

it.each([
  ['stackName', 'News-2', 'News-2'],
  ['smsCountries', 'US=0.0075,KR=0.03', 'US=0.0075,KR=0.03'],
  ['retentionDays', '7', 7],
  ['retentionDays', 7, 7],
  ['retentionDays', '', 30],
  ['shortestPollSeconds', '15', 15],
  [
    'allowedOrigins',
    'https://a.example, https://b.example:8443',
    ['https://a.example', 'https://b.example:8443'],
  ],
  ['contactUrl', 'mailto:news@example.com', 'mailto:news@example.com'],
])('%s=%s is taken', (name, given, value) => {
  expect(readSettings({ [name]: given })).toMatchObject({ [name]: value });
});

it.each([
  ['stackName', '2fast'],
  ['stackName', 'my_stack'],
  ['operatorEmail', 'nobody'],
  ['signUp', 'closed'],
  ['smsCountries', 'US'],
  ['smsCountries', 'US:0.0075'],
  ['smsCountries', 'us=0.0075'],
  ['smsCountries', 'US=0.0075,US=0.01'],
  ['smsMonthlyBudgetUsd', '-1'],
  ['smsParts', '0'],
  ['smsMonthlyBudgetUsd', 'ten'],
  ['retentionDays', '0'],
  ['retentionDays', '1.5'],
  ['retentionDays', 'month'],
  ['shortestPollSeconds', '14'],
  ['allowedOrigins', '*'],
  ['allowedOrigins', 'https://a.example/path'],
  ['allowedOrigins', 'http://a.example'],
  ['data', 'delete'],
  ['contactUrl', 'example.com'],
  ['contactUrl', 'javascript:alert(1)'],
  ['loopback', 'yes'],
] as const)('%s=%s is refused with what is allowed', (name, given) => {
  expect(() => readSettings({ [name]: given })).toThrow(
    new SettingsError(
      `Settings are wrong:\n  ${name}: "${given}" was given; allowed: ${settingsTable[name].allowed}`,
    ),
  );
});

it('names all that is wrong at once', () => {
  const refuse = () => readSettings({ data: 'x', retentionDays: '0', loopback: 'y' });
  expect(refuse).toThrow(/retentionDays: "0".*data: "x".*loopback: "y"/s);
});

it('refuses a slip in a name, which would otherwise go unnoticed', () => {
  expect(() => readSettings({ retentionDay: '7' })).toThrow(
    /retentionDay: there is no such setting; there are/,
  );
});

describe('docs/settings.md', () => {
  const rows = readFileSync('docs/settings.md', 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) => line.split('|').map((cell) => cell.trim().replaceAll('`', '')));

  it('lists exactly the settings', () => {
    expect(rows.map(([, name]) => name)).toEqual(Object.keys(settingsTable));
  });

  it.each(rows)('%s%s', (_, name = '', unit = '', standard = '') => {
    expect(unit).not.toBe('');
    expect(standard).toBe(settingsTable[name as keyof typeof settingsTable].standard || 'none');
  });
});
