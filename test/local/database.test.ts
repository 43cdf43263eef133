import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDatabase, transaction } from '../../local/services/database.ts';

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'tocsin-database-'));
});
afterAll(() => rmSync(directory, { recursive: true }));

describe('openDatabase', () => {
  test('makes the directory and keeps what was committed', () => {
    const file = join(directory, 'deep', 'one.sqlite');
    const first = openDatabase(file);
    first.exec('CREATE TABLE t (n); INSERT INTO t VALUES (7)');
    const second = openDatabase(file); // as after a crash: the first was never closed
    expect(second.prepare('SELECT n FROM t').get()).toEqual({ n: 7 });
    first.close();
    second.close();
  });

  test('a file that is no database is named, with what to do', () => {
    const file = join(directory, 'corrupt.sqlite');
    writeFileSync(file, 'this is not SQLite, and it is long enough to be looked at'.repeat(100));
    expect(() => openDatabase(file)).toThrow(/corrupt\.sqlite cannot be read.*--fresh/);
  });
});

describe('transaction', () => {
  test('keeps all or nothing', () => {
    const database = openDatabase(':memory:');
    database.exec('CREATE TABLE t (n)');
    expect(() =>
      transaction(database, () => {
        database.exec('INSERT INTO t VALUES (1)');
        throw new Error('halfway');
      }),
    ).toThrow('halfway');
    expect(transaction(database, () => database.prepare('SELECT count(*) AS n FROM t').get())).toEqual({
      n: 0,
    });
    database.close();
  });
});
