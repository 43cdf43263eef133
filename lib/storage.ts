/**
 * The three tables, and the bucket of the snapshot of all watches. What each table holds, and by which key, stands in
 * `lambdas/keys.ts`.
 */
import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { AttributeType, BillingMode, ProjectionType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { BlockPublicAccess, Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { index, ttlAttribute } from '../core/indexes.ts';

interface Index {
  readonly name: string;
  readonly pk: string;
  readonly sk: string;
  readonly include?: readonly string[];
}

export interface StorageProps {
  /** What becomes of the tables and the bucket when the stack is destroyed. */
  readonly data: 'retain' | 'destroy';
}

export class Storage extends Construct {
  readonly registry: Table;
  readonly articles: Table;
  readonly alerts: Table;
  readonly snapshots: Bucket;

  constructor(scope: Construct, id: string, { data }: StorageProps) {
    super(scope, id);
    const retain = data === 'retain';
    const make = (name: string, backedUp: boolean, ...indexes: Index[]) =>
      createTable(this, name, { retain, backedUp, indexes });

    this.registry = make('Registry', true, index.registryDue, index.registryListing, index.registryTrouble);
    this.articles = make('Articles', false, index.articlesUnmatched, index.articlesRecent, index.articlesUrl);
    this.alerts = make('Alerts', false, index.alertsTimeline, index.alertsDue);
    this.snapshots = createSnapshots(this, retain);

    Validations.of(this.articles).acknowledge({
      id: 'AwsSolutions-DDB3',
      reason: 'Articles expire, and can be polled again from their publishers; a backup would cost more.',
    });
    Validations.of(this.alerts).acknowledge({
      id: 'AwsSolutions-DDB3',
      reason: 'Alerts expire; restoring an old state would make deliveries due that were sent long ago.',
    });
  }
}

/** The ARN of an index, for grants that reach nothing else of its table. */
export function indexArn(table: Table, { name }: Index): string {
  return `${table.tableArn}/index/${name}`;
}

function createTable(
  scope: Construct,
  id: string,
  { retain, backedUp, indexes }: { retain: boolean; backedUp: boolean; indexes: Index[] },
): Table {
  const table = new Table(scope, id, {
    partitionKey: { name: 'pk', type: AttributeType.STRING },
    sortKey: { name: 'sk', type: AttributeType.STRING },
    billingMode: BillingMode.PAY_PER_REQUEST,
    timeToLiveAttribute: ttlAttribute,
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: backedUp },
    deletionProtection: retain,
    removalPolicy: retain ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
  });
  for (const wanted of indexes) addIndex(table, wanted);
  return table;
}

/**
 * A snapshot that is older than a week is of no use (`lambdas/watch/log-times.ts`) and would keep what people have
 * erased: it expires, and so does what an interrupted write, or an operator's versioning, left.
 */
function createSnapshots(scope: Construct, retain: boolean): Bucket {
  const bucket = new Bucket(scope, 'Snapshots', {
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    encryption: BucketEncryption.S3_MANAGED,
    enforceSSL: true,
    lifecycleRules: [
      {
        expiration: Duration.days(7),
        noncurrentVersionExpiration: Duration.days(1),
        abortIncompleteMultipartUploadAfter: Duration.days(1),
      },
    ],
    removalPolicy: retain ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    autoDeleteObjects: !retain,
  });
  Validations.of(bucket).acknowledge({
    id: 'AwsSolutions-S1',
    reason: 'Two functions of this stack read and write one object, and say so in their logs.',
  });
  return bucket;
}

function addIndex(table: Table, { name, pk, sk, include }: Index): void {
  table.addGlobalSecondaryIndex({
    indexName: name,
    partitionKey: { name: pk, type: AttributeType.STRING },
    sortKey: { name: sk, type: AttributeType.STRING },
    projectionType: include ? ProjectionType.INCLUDE : ProjectionType.ALL,
    nonKeyAttributes: include && [...include],
  });
}
