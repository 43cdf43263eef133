/**
 * What `match` takes to know all watches when it starts, from the snapshot and from the log, and what `snapshot` takes
 * to write one; a twentieth of the watches have changed since, which is the most that a function has to catch up with.
 *
 *     npm run bench cold-start                         10,000 and 100,000 watches of our own
 *     npm run bench cold-start FOLDER 100000 1000000   rules.jsonl of the shared generator
 *
 * Each measure is a process of its own with the heap that Lambda gives the function. Seconds are of the processor, which
 * a busy machine disturbs least; memory is the most the process held. S3 is the local one, the log is served from memory.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { startServices } from '../local/services/services.ts';
import { serveLog } from './measures/log-server.ts';
import { readWorkload, toQuery } from './percolating/workload.ts';

const bucket = 'snapshots';
const table = 'Registry';
/** What Node makes its heap of: a Lambda function's memory (lib/matching.ts), less a tenth. */
const heapMb = { snapshot: 2707, match: 1843 };

type Measure = 'renew' | 'from-snapshot' | 'from-log';

async function bench(folder: string | undefined, args: readonly string[]): Promise<void> {
  const given = (folder === undefined ? args : args.slice(1)).map(Number);
  const sizes = given.length > 0 ? given : [10_000, 100_000];
  const { rules, name } = readWorkload(folder, Math.max(...sizes));
  console.log(`workload ${name}\n`);
  console.log('| watches | what | read s | compile s | catch up s | all s | MB held | MB stored |');
  console.log('| --- | --- | --- | --- | --- | --- | --- | --- |');
  for (const size of sizes) await benchSize(rules.slice(0, size).map(toQuery));
}

async function benchSize(queries: readonly string[]): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'tocsin-cold-'));
  const log = await serveLog(queries, Math.floor(queries.length / 20));
  const services = await startServices({
    port: 0,
    host: '127.0.0.1',
    dataDir,
    policiesOf: () => [{ Statement: { Effect: 'Allow', Action: '*', Resource: '*' } }],
    dynamoEndpoint: log.url,
    fallback: (_, response) => void response.writeHead(404).end(),
  });
  services.s3.createBucket(bucket);
  try {
    for (const what of ['renew', 'from-snapshot', 'from-log'] as const)
      console.log(await runChild(what, queries.length, { log: log.url, s3: services.url }));
  } finally {
    await services.close();
    log.close();
    log.closeAllConnections();
    rmSync(dataDir, { recursive: true });
  }
}

async function runChild(what: Measure, watches: number, url: { log: string; s3: string }): Promise<string> {
  const heap = `--max-old-space-size=${what === 'renew' ? heapMb.snapshot : heapMb.match}`;
  const child = spawn(process.execPath, [heap, import.meta.filename, '--child', what], {
    env: {
      PATH: process.env.PATH,
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'bench',
      AWS_SECRET_ACCESS_KEY: 'bench',
      AWS_ENDPOINT_URL_DYNAMODB: url.log,
      AWS_ENDPOINT_URL_S3: url.s3,
      REGISTRY_TABLE: table,
      SNAPSHOT_BUCKET: bucket,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const line = (await text(child.stdout)).trim();
  return `| ${watches.toLocaleString('en')} | ${what} | ${line} |`;
}

interface Taken {
  readonly readS: number;
  readonly compileS: number;
  readonly catchUpS: number | undefined;
  /** Length of the snapshot that was read or written. */
  readonly stored: number | undefined;
}

/** In the child: prints the cells of its line. */
async function measure(what: Measure): Promise<void> {
  const { readS, compileS, catchUpS, stored } = await measures[what]();
  const seconds = [readS, compileS, catchUpS, readS + compileS + (catchUpS ?? 0)];
  const cells = seconds.map((each) => each?.toFixed(2) ?? '–');
  const mb = (bytes: number | undefined) => (bytes === undefined ? '–' : Math.round(bytes / 1e6));
  console.log([...cells, mb(process.resourceUsage().maxRSS * 1024), mb(stored)].join(' | '));
}

const now = () => new Date();

/** Processor seconds beside the result. */
async function timed<T>(work: () => T | Promise<T>): Promise<[T, number]> {
  const before = process.cpuUsage();
  const result = await work();
  const { user, system } = process.cpuUsage(before);
  return [result, (user + system) / 1e6];
}

/** Of the functions' own code, which reads its environment when it is imported. */
async function load() {
  const [log, known, bytes, store] = await Promise.all([
    import('../lambdas/watch/watch-log.ts'),
    import('../lambdas/watch/known-watches.ts'),
    import('../lambdas/watch/snapshot-bytes.ts'),
    import('../lambdas/watch/snapshot-store.ts'),
  ]);
  return { ...log, ...known, ...bytes, ...store };
}

async function readWholeLog({ readWatchChanges, readAllWatches }: Awaited<ReturnType<typeof load>>) {
  let readS = 0;
  const [known, allS] = await timed(() =>
    readAllWatches(async (since) => {
      const [changes, seconds] = await timed(() => readWatchChanges(since));
      readS += seconds;
      return changes;
    }, now),
  );
  return { known, readS, compileS: allS - readS };
}

const measures: Record<Measure, () => Promise<Taken>> = {
  async renew() {
    const parts = await load();
    const { known, readS, compileS } = await readWholeLog(parts);
    const [stored, writeS] = await timed(async () => {
      const bytes = parts.encodeSnapshot(known, table);
      await parts.writeSnapshot(bytes, undefined);
      return bytes.length;
    });
    return { readS, compileS: compileS + writeS, catchUpS: undefined, stored };
  },
  async 'from-snapshot'() {
    const { readSnapshot, decodeSnapshot, bringUpToDate, readWatchChanges } = await load();
    const [found, readS] = await timed(readSnapshot);
    const [known, compileS] = await timed(() => decodeSnapshot(found!.bytes, table));
    const [, catchUpS] = await timed(
      async () => (await bringUpToDate(known, readWatchChanges, now)).percolator.size,
    );
    return { readS, compileS, catchUpS, stored: found!.bytes.length };
  },
  async 'from-log'() {
    const parts = await load();
    const { known, readS, compileS } = await readWholeLog(parts);
    const [, catchUpS] = await timed(
      async () => (await parts.bringUpToDate(known, parts.readWatchChanges, now)).percolator.size,
    );
    return { readS, compileS, catchUpS, stored: undefined };
  },
};

const [first, ...others] = process.argv.slice(2);
if (first === '--child') await measure(others[0] as Measure);
else await bench(first === undefined || /^\d+$/.test(first) ? undefined : first, process.argv.slice(2));
