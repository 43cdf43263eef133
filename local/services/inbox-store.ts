/** What local readers received: mails, texts and the webhook deliveries that were accepted. The newest 5,000 stay. */
import { EventEmitter } from 'node:events';
import type { DatabaseSync } from 'node:sqlite';

export interface InboxMessage {
  /** Grows with every message. */
  readonly id: string;
  /** ISO 8601. */
  readonly at: string;
  readonly protocol: string;
  /** Address, phone number or URL. */
  readonly to: string;
  readonly subject?: string;
  readonly body: string;
}

export interface Inbox {
  /** Newest first; `after` an id: only what came later. */
  list(options?: { limit?: number; after?: string }): InboxMessage[];
  /** Stores a message; the listeners are told when the current transaction is over and kept it. */
  add(message: Omit<InboxMessage, 'id'>): void;
  /** Calls back for every new message; answers how to stop. */
  subscribe(listener: (message: InboxMessage) => void): () => void;
}

const kept = 5000;

/** The inbox as a table of `database`, so that a message arrives in the transaction that delivers it. */
export function openInbox(database: DatabaseSync): Inbox {
  database.exec(`CREATE TABLE IF NOT EXISTS inbox (
    id INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, protocol TEXT NOT NULL, recipient TEXT NOT NULL,
    subject TEXT, body TEXT NOT NULL)`);
  const insert = database.prepare(
    'INSERT INTO inbox (at, protocol, recipient, subject, body) VALUES (?, ?, ?, ?, ?)',
  );
  const prune = database.prepare('DELETE FROM inbox WHERE id <= ?');
  const select = database.prepare('SELECT * FROM inbox WHERE id > ? ORDER BY id DESC LIMIT ?');
  const byId = database.prepare('SELECT * FROM inbox WHERE id = ?');
  const arrivals = new EventEmitter().setMaxListeners(0);
  return {
    list: ({ limit = kept, after = '0' } = {}) => select.all(Number(after), limit).map(inboxMessage),
    add(message) {
      const { at, protocol, to, subject = null, body } = message;
      const id = Number(insert.run(at, protocol, to, subject, body).lastInsertRowid);
      prune.run(id - kept);
      queueMicrotask(() => {
        const row = byId.get(id); // gone where the transaction was rolled back
        if (row) arrivals.emit('message', inboxMessage(row));
      });
    },
    subscribe(listener) {
      arrivals.on('message', listener);
      return () => arrivals.off('message', listener);
    },
  };
}

function inboxMessage(row: Record<string, unknown>): InboxMessage {
  return {
    id: String(row.id),
    at: String(row.at),
    protocol: String(row.protocol),
    to: String(row.recipient),
    ...(row.subject !== null && { subject: String(row.subject) }),
    body: String(row.body),
  };
}
