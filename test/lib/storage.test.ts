/** What becomes of data: backed up, kept or destroyed as the settings say; indexes as the handlers query them. */
import { describe, expect, it } from 'vitest';
import { index, ttlAttribute } from '../../core/indexes.ts';
import { type Resource, resourcesOf, synthesize } from './template.ts';

const tablesOf = (settings = {}) => resourcesOf(synthesize(settings), 'AWS::DynamoDB::Table');
const tables = tablesOf();
const named = (name: string) => tables.find(({ id }) => id.startsWith(`Storage${name}`))!;

describe.each(tables)('$id', ({ Properties, DeletionPolicy }) => {
  it('is billed by use, and expires items', () => {
    expect(Properties.BillingMode).toBe('PAY_PER_REQUEST');
    expect(Properties.TimeToLiveSpecification).toEqual({ AttributeName: ttlAttribute, Enabled: true });
  });

  it('is kept when the stack is destroyed, and protected from a slip', () => {
    expect(DeletionPolicy).toBe('Retain');
    expect(Properties.DeletionProtectionEnabled).toBe(true);
  });
});

it('backs up what people configured', () => {
  const backedUp = tables.filter(
    ({ Properties }) => Properties.PointInTimeRecoverySpecification?.PointInTimeRecoveryEnabled,
  );
  expect(backedUp).toEqual([named('Registry')]);
});

it('destroys everything with data=destroy', () => {
  const template = synthesize({ data: 'destroy' });
  expect(tablesOf({ data: 'destroy' }).map(({ Properties }) => Properties.DeletionProtectionEnabled)).toEqual(
    [false, false, false],
  );
  const kept = Object.entries(template.toJSON().Resources as Record<string, Resource>)
    .filter(([, { DeletionPolicy }]) => DeletionPolicy === 'Retain')
    .map(([id]) => id);
  expect(kept).toEqual([]);
});

const expected: [string, { name: string; pk: string; sk: string; include?: readonly string[] }[]][] = [
  ['Registry', [index.registryDue, index.registryListing, index.registryTrouble]],
  ['Articles', [index.articlesUnmatched, index.articlesRecent, index.articlesUrl]],
  ['Alerts', [index.alertsTimeline, index.alertsDue]],
];

it.each(expected)('%s has its indexes, with what they hold', (name, indexes) => {
  expect(named(name).Properties.GlobalSecondaryIndexes).toEqual(
    indexes.map(({ name: IndexName, pk, sk, include }) => ({
      IndexName,
      KeySchema: [
        { AttributeName: pk, KeyType: 'HASH' },
        { AttributeName: sk, KeyType: 'RANGE' },
      ],
      Projection: include
        ? { ProjectionType: 'INCLUDE', NonKeyAttributes: include }
        : { ProjectionType: 'ALL' },
    })),
  );
});
