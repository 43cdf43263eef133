/** The SQLite file of the local SNS: topics, subscriptions, webhook deliveries that are due, and the inbox. */
import type { DatabaseSync } from 'node:sqlite';
import { openDatabase } from './database.ts';
import { type Inbox, openInbox } from './inbox-store.ts';
import type { Protocol, Subscription, Topic } from './sns-types.ts';

const schema = `
  CREATE TABLE IF NOT EXISTS topics (arn TEXT PRIMARY KEY, attributes TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS subscriptions (
    arn TEXT PRIMARY KEY, topic_arn TEXT NOT NULL, protocol TEXT NOT NULL, endpoint TEXT NOT NULL,
    confirmed INTEGER NOT NULL, token TEXT NOT NULL, attributes TEXT NOT NULL, created_at INTEGER NOT NULL,
    UNIQUE (topic_arn, protocol, endpoint)
  ) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS subscriptions_pending ON subscriptions (created_at) WHERE confirmed = 0;
  CREATE TABLE IF NOT EXISTS opted_out (phone_number TEXT PRIMARY KEY) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS deliveries (
    id INTEGER PRIMARY KEY AUTOINCREMENT, subscription_arn TEXT NOT NULL, notice TEXT NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0, due_at INTEGER NOT NULL);
  CREATE INDEX IF NOT EXISTS deliveries_due ON deliveries (due_at);
  CREATE TABLE IF NOT EXISTS signing (private_key TEXT NOT NULL, certificate TEXT NOT NULL);`;

/** One message on its way to an endpoint that is told by a request: http, https or sqs. */
export interface Notice {
  readonly type: 'Notification' | 'SubscriptionConfirmation';
  readonly messageId: string;
  readonly topicArn: string;
  readonly subject?: string;
  readonly message: string;
  readonly messageAttributes?: Readonly<Record<string, { readonly Type: string; readonly Value: string }>>;
  /** ISO 8601. */
  readonly timestamp: string;
  /** Of a confirmation. */
  readonly token?: string;
}

export interface DeliveryRow {
  readonly id: number;
  readonly subscription_arn: string;
  /** JSON of a Notice. */
  readonly notice: string;
  readonly attempts: number;
}

export interface StoredSubscription extends Subscription {
  readonly token: string;
}

export interface SnsStore {
  readonly database: DatabaseSync;
  readonly statement: ReturnType<typeof prepare>;
  readonly inbox: Inbox;
  readonly now: () => number;
  /** Where this server is reached; links in mails begin with it. */
  readonly baseUrl: () => string;
}

export function openSnsStore(file: string, now: () => number, baseUrl: () => string): SnsStore {
  const database = openDatabase(file);
  database.exec(schema);
  return { database, statement: prepare(database), inbox: openInbox(database), now, baseUrl };
}

function prepare(database: DatabaseSync) {
  const sql = (text: string) => database.prepare(text);
  return {
    saveTopic: sql('INSERT OR REPLACE INTO topics VALUES (?, ?)'),
    topic: sql('SELECT * FROM topics WHERE arn = ?'),
    topics: sql('SELECT * FROM topics ORDER BY arn'),
    deleteTopic: sql('DELETE FROM topics WHERE arn = ?'),
    addSubscription: sql('INSERT INTO subscriptions VALUES (?, ?, ?, ?, ?, ?, ?, ?)'),
    subscription: sql('SELECT * FROM subscriptions WHERE arn = ?'),
    sameSubscription: sql(
      'SELECT * FROM subscriptions WHERE topic_arn = ? AND protocol = ? AND endpoint = ?',
    ),
    byToken: sql('SELECT * FROM subscriptions WHERE topic_arn = ? AND token = ?'),
    byTopic: sql('SELECT * FROM subscriptions WHERE topic_arn = ? ORDER BY arn'),
    subscriptions: sql('SELECT * FROM subscriptions ORDER BY arn'),
    pending: sql('SELECT count(*) AS n FROM subscriptions WHERE confirmed = 0'),
    confirm: sql('UPDATE subscriptions SET confirmed = 1 WHERE arn = ?'),
    setAttributes: sql('UPDATE subscriptions SET attributes = ? WHERE arn = ?'),
    unsubscribe: sql('DELETE FROM subscriptions WHERE arn = ?'),
    unsubscribeTopic: sql('DELETE FROM subscriptions WHERE topic_arn = ?'),
    forgetPending: sql('DELETE FROM subscriptions WHERE confirmed = 0 AND created_at <= ?'),
    isOptedOut: sql('SELECT 1 FROM opted_out WHERE phone_number = ?'),
    optOut: sql('INSERT OR IGNORE INTO opted_out VALUES (?)'),
    optIn: sql('DELETE FROM opted_out WHERE phone_number = ?'),
    optedOut: sql('SELECT phone_number FROM opted_out ORDER BY phone_number'),
    queue: sql('INSERT INTO deliveries (subscription_arn, notice, due_at) VALUES (?, ?, ?)'),
    // At most four of one subscription at once, so that a dead endpoint does not keep the others waiting.
    due: sql(
      `SELECT * FROM (
         SELECT *, row_number() OVER (PARTITION BY subscription_arn ORDER BY due_at, id) AS place
         FROM deliveries WHERE due_at <= ?
       ) WHERE place <= 4 ORDER BY due_at, id LIMIT ?`,
    ),
    nextDue: sql('SELECT min(due_at) AS at FROM deliveries WHERE due_at > ?'),
    postpone: sql('UPDATE deliveries SET attempts = attempts + 1, due_at = ? WHERE id = ?'),
    done: sql('DELETE FROM deliveries WHERE id = ?'),
    signing: sql('SELECT * FROM signing'),
    saveSigning: sql('INSERT INTO signing VALUES (?, ?)'),
  };
}

type Row = Record<string, unknown>;

export function topicOf(row: Row): Topic {
  return { arn: String(row.arn), attributes: JSON.parse(String(row.attributes)) };
}

export function subscriptionOf(row: Row): StoredSubscription {
  return {
    arn: String(row.arn),
    topicArn: String(row.topic_arn),
    protocol: row.protocol as Protocol,
    endpoint: String(row.endpoint),
    confirmed: row.confirmed === 1,
    token: String(row.token),
    attributes: JSON.parse(String(row.attributes)),
    createdAt: Number(row.created_at),
  };
}
