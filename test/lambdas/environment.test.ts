import { afterEach, expect, test, vi } from 'vitest';
import { readEnvironment } from '../../lambdas/environment.ts';

afterEach(() => vi.unstubAllEnvs());

test('values are typed', () => {
  vi.stubEnv('RETENTION_DAYS', '30');
  vi.stubEnv('SMS_COUNTRIES', 'US=0.0075,KR=0.03');
  vi.stubEnv('REGISTRY_TABLE', 'Registry');
  expect(readEnvironment('registryTable', 'retentionDays', 'smsCountries')).toEqual({
    registryTable: 'Registry',
    retentionDays: 30,
    smsCountries: new Map([
      ['US', 0.0075],
      ['KR', 0.03],
    ]),
  });
});

test('no country is no country', () => {
  vi.stubEnv('SMS_COUNTRIES', '');
  expect(readEnvironment('smsCountries').smsCountries).toEqual(new Map());
});

test('every missing or malformed variable is named', () => {
  vi.stubEnv('RETENTION_DAYS', 'a month');
  vi.stubEnv('ALERTS_TABLE', undefined);
  vi.stubEnv('LOOPBACK', 'maybe');
  expect(() => readEnvironment('retentionDays', 'alertsTable', 'loopback')).toThrow(
    /RETENTION_DAYS: malformed; ALERTS_TABLE: missing; LOOPBACK: malformed/,
  );
});
