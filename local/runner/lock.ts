/**
 * One process at a time. The lock is SQLite's own lock on a file, which the operating system lifts when the process
 * ends in whatever way: it is never stale, and no process id is mistaken for another.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

export interface Lock {
  release(): void;
}

/** The lock on a file, undefined while another holds it. */
export function tryLock(file: string): Lock | undefined {
  mkdirSync(dirname(file), { recursive: true });
  const database = new DatabaseSync(file);
  try {
    database.exec(
      'PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; CREATE TABLE IF NOT EXISTS held (n); COMMIT',
    );
    return { release: () => database.close() };
  } catch {
    database.close();
    return undefined;
  }
}

/** @throws Error naming the runner that holds the data folder */
export function lockData(data: string): Lock {
  const holder = join(data, 'lock.pid');
  const lock = tryLock(join(data, 'lock.sqlite'));
  if (!lock)
    throw new Error(
      `Tocsin already runs on ${data} (process ${read(holder)}). Stop it, or choose another folder with --data.`,
    );
  writeFileSync(holder, String(process.pid));
  return lock;
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return 'unknown';
  }
}
