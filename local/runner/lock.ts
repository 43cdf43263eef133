/**
 * One runner per data folder. The lock is SQLite's own lock on a file, which the operating system lifts when the
 * process ends in whatever way: it is never stale, and no process id is mistaken for another.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

export interface Lock {
  release(): void;
}

/** @throws Error naming the runner that holds the folder */
export function lockData(data: string): Lock {
  mkdirSync(data, { recursive: true });
  const database = new DatabaseSync(join(data, 'lock.sqlite'));
  const holder = join(data, 'lock.pid');
  try {
    database.exec(
      'PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; CREATE TABLE IF NOT EXISTS held (n); COMMIT',
    );
  } catch (cause) {
    database.close();
    throw new Error(
      `Tocsin already runs on ${data} (process ${read(holder)}). Stop it, or choose another folder with --data.`,
      { cause },
    );
  }
  writeFileSync(holder, String(process.pid));
  return { release: () => database.close() };
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return 'unknown';
  }
}
