/** What becomes of data: backed up, kept, expired or destroyed as the settings say; indexes as the handlers query them. */
import { describe, expect, it } from 'vitest';
import { index, ttlAttribute } from '../../core/indexes.ts';
import { tombstoneMs } from '../../lambdas/watch/log-times.ts';
import { type Resource, resourcesOf, synthesize, target } from './template.ts';

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

describe('the snapshots', () => {
  const bucketOf = (settings = {}) =>
    resourcesOf(synthesize(settings), 'AWS::S3::Bucket').find(({ id }) => id.startsWith('StorageSnapshots'))!;
  const { Properties, DeletionPolicy, id } = bucketOf();

  it('are private and encrypted', () => {
    expect(Object.values(Properties.PublicAccessBlockConfiguration)).toEqual([true, true, true, true]);
    const [rule] = Properties.BucketEncryption.ServerSideEncryptionConfiguration;
    expect(rule.ServerSideEncryptionByDefault.SSEAlgorithm).toBe('AES256');
  });

  it('are refused without TLS', () => {
    const policies = resourcesOf(synthesize(), 'AWS::S3::BucketPolicy');
    const policy = policies.find(({ Properties: { Bucket } }) => target(Bucket) === id);
    expect(policy?.Properties.PolicyDocument.Statement).toContainEqual(
      expect.objectContaining({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
    );
  });

  it('expire when they are of no use, and leave nothing behind', () => {
    expect(Properties).not.toHaveProperty('VersioningConfiguration');
    expect(Properties.LifecycleConfiguration.Rules).toEqual([
      {
        Status: 'Enabled',
        ExpirationInDays: tombstoneMs / 86_400_000,
        NoncurrentVersionExpiration: { NoncurrentDays: 1 },
        AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 },
      },
    ]);
  });

  it('go with the tables', () => {
    expect(DeletionPolicy).toBe('Retain');
    expect(bucketOf({ data: 'destroy' }).DeletionPolicy).toBe('Delete');
    const emptied = resourcesOf(synthesize({ data: 'destroy' }), 'Custom::S3AutoDeleteObjects');
    expect(emptied.map(({ Properties: { BucketName } }) => target(BucketName))).toEqual([id]);
  });
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
