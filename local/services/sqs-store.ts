/** The SQLite file of the local SQS: its tables and every statement run on them. */
import { EventEmitter } from 'node:events';
import type { DatabaseSync } from 'node:sqlite';
import { openDatabase } from './database.ts';
import type { QueuedMessage } from './sqs-types.ts';

const schema = `
  CREATE TABLE IF NOT EXISTS queues (name TEXT PRIMARY KEY, attributes TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS messages (
    id TEXT PRIMARY KEY, queue TEXT NOT NULL, body TEXT NOT NULL, attributes TEXT NOT NULL, sender TEXT NOT NULL,
    sent_at INTEGER NOT NULL, visible_at INTEGER NOT NULL, receipt TEXT, first_received_at INTEGER,
    receives INTEGER NOT NULL DEFAULT 0, queue_receives INTEGER NOT NULL DEFAULT 0, source_arn TEXT
  ) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS messages_visible ON messages (queue, visible_at);`;

/** A message is in flight while it has a receipt and is not visible yet; delayed while it has none. */
export interface MessageRow {
  readonly id: string;
  readonly queue: string;
  readonly body: string;
  readonly attributes: string;
  readonly sender: string;
  readonly sent_at: number;
  readonly visible_at: number;
  readonly first_received_at: number | null;
  /** Over all queues: what ApproximateReceiveCount says. */
  readonly receives: number;
  /** In this queue: what maxReceiveCount is compared with. */
  readonly queue_receives: number;
  readonly source_arn: string | null;
}

export interface SqsStore {
  readonly database: DatabaseSync;
  readonly statement: ReturnType<typeof prepare>;
  /** Attributes by queue. */
  readonly queues: Map<string, Record<string, string>>;
  /** Emits a queue's name when one of its messages became visible, or will at another time than before. */
  readonly changes: EventEmitter;
  readonly closed: AbortController;
  readonly now: () => number;
}

export function openSqsStore(file: string, now: () => number): SqsStore {
  const database = openDatabase(file);
  database.exec(schema);
  return {
    database,
    statement: prepare(database),
    queues: readQueues(database),
    changes: new EventEmitter().setMaxListeners(0),
    closed: new AbortController(),
    now,
  };
}

function prepare(database: DatabaseSync) {
  const sql = (text: string) => database.prepare(text);
  return {
    saveQueue: sql('INSERT OR REPLACE INTO queues VALUES (?, ?)'),
    insert: sql(
      'INSERT INTO messages (id, queue, body, attributes, sender, sent_at, visible_at) VALUES (?, ?, ?, ?, ?, ?, ?)',
    ),
    visible: sql(
      'SELECT * FROM messages WHERE queue = ? AND visible_at <= ? AND sent_at > ? ORDER BY visible_at LIMIT ?',
    ),
    nextVisible: sql('SELECT min(visible_at) AS at FROM messages WHERE queue = ? AND visible_at > ?'),
    take: sql(
      `UPDATE messages SET receipt = ?, visible_at = ?, first_received_at = ?, receives = receives + 1,
       queue_receives = queue_receives + 1 WHERE id = ?`,
    ),
    bury: sql(
      'UPDATE messages SET queue = ?, visible_at = ?, source_arn = ?, queue_receives = 0, receipt = NULL WHERE id = ?',
    ),
    // AWS: a redriven message is a new message, with a new id and time.
    redrive: sql(
      `UPDATE messages SET id = ?, queue = ?, sent_at = ?, visible_at = ?, receives = 0, queue_receives = 0,
       receipt = NULL, first_received_at = NULL, source_arn = NULL WHERE id = ?`,
    ),
    delete: sql('DELETE FROM messages WHERE id = ? AND queue = ? AND receipt = ?'),
    visibility: sql(
      'UPDATE messages SET visible_at = ? WHERE id = ? AND queue = ? AND receipt = ? AND visible_at > ?',
    ),
    counts: sql(
      `SELECT count(*) FILTER (WHERE visible_at <= ?1) AS visible,
       count(*) FILTER (WHERE visible_at > ?1 AND receipt IS NOT NULL) AS inFlight,
       count(*) FILTER (WHERE visible_at > ?1 AND receipt IS NULL) AS delayed FROM messages WHERE queue = ?2`,
    ),
    all: sql('SELECT * FROM messages WHERE queue = ? ORDER BY sent_at LIMIT ?'),
    purge: sql('DELETE FROM messages WHERE queue = ?'),
    expire: sql('DELETE FROM messages WHERE queue = ? AND sent_at <= ?'),
    release: sql('UPDATE messages SET visible_at = ?1 WHERE receipt IS NOT NULL AND visible_at > ?1'),
  };
}

function readQueues(database: DatabaseSync): Map<string, Record<string, string>> {
  const rows = database.prepare('SELECT name, attributes FROM queues').all();
  return new Map(rows.map((row) => [String(row.name), JSON.parse(String(row.attributes))]));
}

export function queuedMessage(row: MessageRow): QueuedMessage {
  return {
    id: row.id,
    body: row.body,
    attributes: JSON.parse(row.attributes),
    sentAt: row.sent_at,
    sender: row.sender,
    receiveCount: row.receives,
    ...(row.first_received_at !== null && { firstReceivedAt: row.first_received_at }),
    ...(row.source_arn !== null && { deadLetterSourceArn: row.source_arn }),
  };
}
