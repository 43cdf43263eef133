/**
 * One SQLite file per local service. A statement that returned is on the disk: `synchronous = FULL` syncs the
 * write-ahead log with every commit, so that a call is durable before it is answered.
 */
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** Opens the file (or `:memory:`), making it and its directory. Throws where the file is no sound database. */
export function openDatabase(file: string): DatabaseSync {
  if (file !== ':memory:') mkdirSync(dirname(file), { recursive: true });
  const database = new DatabaseSync(file);
  try {
    database.exec('PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL');
    const problem = soundness(database);
    if (problem !== 'ok') throw new Error(problem);
    return database;
  } catch (cause) {
    database.close();
    throw new Error(
      `${file} cannot be read (${(cause as Error).message}). Start with --fresh to forget all local data.`,
      { cause },
    );
  }
}

function soundness(database: DatabaseSync): string {
  return String(database.prepare('PRAGMA quick_check(1)').get()?.quick_check);
}

/** Runs `work` as one transaction: all of its statements are on the disk, or none. */
export function transaction<T>(database: DatabaseSync, work: () => T): T {
  database.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    database.exec('ROLLBACK');
    throw error;
  }
}
