/**
 * The percolator beside other ways to match watches, single thread, on one workload; checks that all find the same.
 *
 *     npm run bench percolate                                  a small workload of our own
 *     npm run bench percolate FOLDER 1000 10000 100000 1000000  articles.jsonl and rules.jsonl of the generator
 *
 * `TOCSIN_BASELINE=run.mjs` runs a prototype on the same folder beside it. Times are of the processor, which a busy
 * machine disturbs least, and the best of several rounds.
 */
import { spawnSync } from 'node:child_process';
import type { Article, Watch } from '../core/model.ts';
import { scanArticle } from '../core/percolator/scan.ts';
import { findCandidates, verifyCandidates } from '../core/percolator/search.ts';
import { buildSegment, collectHits } from '../core/percolator/segment.ts';
import { Percolator } from '../core/percolator.ts';
import { ahoCorasick, naiveLoop, oneRegExp, type Rival } from './percolating/rivals.ts';
import { readWorkload, toWatches } from './percolating/workload.ts';

const [first, ...others] = process.argv.slice(2);
const isFolder = first !== undefined && !/^\d+$/.test(first);
const folder = isFolder ? first : undefined;
const sizes = (isFolder ? others : process.argv.slice(2)).map(Number);
if (sizes.length === 0) sizes.push(1000, 10_000, 100_000);
const rounds = 5;

const { articles, rules, name } = readWorkload(folder, Math.max(...sizes));
const watches = toWatches(rules);
console.log(`${articles.length} articles, workload ${name}\n`);
compareWithRivals(1000, articles.slice(0, 200));
compareWithRivals(10_000, articles.slice(0, 20));
console.log(
  '| watches | articles/s | baseline | µs/article | tokenise | candidates | verify | ids | matches/article | candidates/article |',
);
console.log('| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |');
const costs = sizes.map(measure);
console.log('\n| watches | build s | to bytes s | from bytes ms | bytes/watch, index | ids | queries |');
console.log('| --- | --- | --- | --- | --- | --- | --- |');
for (const line of costs) console.log(line);

/** Processor seconds of the fastest round. */
function best(times: number, run: () => void): number {
  let least = Infinity;
  for (let i = 0; i < times; i++) least = Math.min(least, seconds(run));
  return least;
}

function seconds(run: () => void): number {
  const before = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

function wall(run: () => void): number {
  const before = performance.now();
  run();
  return (performance.now() - before) / 1000;
}

function compareWithRivals(size: number, some: Article[]): void {
  if (size > watches.length) return;
  const part = watches.slice(0, size);
  const percolator = Percolator.build(part);
  const rivals: [string, Rival][] = [
    ['percolator', (article) => percolator.percolate(article).watchIds],
    ['naive loop', naiveLoop(part)],
    ['one RegExp', oneRegExp(part)],
    ['Aho–Corasick', ahoCorasick(part)],
  ];
  const expected = some.map((article) => rivals[1]![1](article).sort().join());
  console.log(`${size} watches, ${some.length} articles: articles/s, all with the same matches`);
  for (const [rival, match] of rivals) {
    const found = some.map((article) => match(article).sort().join());
    if (found.some((each, i) => each !== expected[i])) throw new Error(`${rival} finds other matches`);
    const time = best(rival === 'percolator' ? rounds : 1, () => some.map((article) => match(article)));
    console.log(`  ${rival.padEnd(14)} ${Math.round(some.length / time)}`);
  }
  console.log();
}

/** Prints a line of speeds; answers the line of costs. */
function measure(size: number): string {
  const part = watches.slice(0, size);
  let percolator = Percolator.build([]);
  const build = wall(() => {
    percolator = Percolator.build(part);
    if (percolator.size !== part.length) throw new Error('some watches are broken');
  });
  let matches = 0;
  let candidates = 0;
  const whole = best(rounds, () => {
    matches = 0;
    candidates = 0;
    for (const article of articles) {
      const found = percolator.percolate(article);
      matches += found.watchIds.length;
      candidates += found.candidates;
    }
  });
  const { tokenise, find, verify, ids } = split(part);
  const micros = (time: number) => ((time * 1e6) / articles.length).toFixed(1);
  const perArticle = (count: number) => (count / articles.length).toFixed(1);
  console.log(
    `| ${size} | ${Math.round(articles.length / whole)} | ${baseline(size)} | ${micros(whole)} | ${micros(tokenise)} | ${micros(find)} | ${micros(verify)} | ${micros(ids)} | ${perArticle(matches)} | ${perArticle(candidates)} |`,
  );
  return costsOf(percolator, part, build);
}

/** The same work step by step, timed by the clock around each: adds a little to each. */
function split(part: readonly Watch[]) {
  const { segment } = buildSegment([...part]);
  let least = { tokenise: Infinity, find: Infinity, verify: Infinity, ids: Infinity };
  for (let i = 0; i < rounds; i++) {
    const times = { tokenise: 0, find: 0, verify: 0, ids: 0 };
    for (const article of articles) {
      times.tokenise += wall(() => scanArticle(article, false));
      let found = 0;
      times.find += wall(() => {
        found = findCandidates(segment.search);
      });
      times.verify += wall(() => verifyCandidates(segment.search, found));
      times.ids += wall(() => collectHits(segment, []));
    }
    if (times.tokenise + times.find < least.tokenise + least.find) least = times;
  }
  return least;
}

function costsOf(percolator: Percolator, part: readonly Watch[], build: number): string {
  let bytes = new Uint8Array();
  const write = wall(() => {
    bytes = percolator.toBytes() as Uint8Array<ArrayBuffer>;
  });
  const read = wall(() => Percolator.fromBytes(bytes));
  const text = (of: (watch: Watch) => string) =>
    part.reduce((sum, watch) => sum + of(watch).length, 4 * part.length);
  const ids = text(({ id }) => id);
  const queries = text(({ query }) => query);
  const each = (sum: number) => (sum / part.length).toFixed(0);
  return `| ${part.length} | ${build.toFixed(2)} | ${write.toFixed(2)} | ${(read * 1000).toFixed(0)} | ${each(bytes.length - ids - queries)} | ${each(ids)} | ${each(queries)} |`;
}

/** Articles per second of a prototype on the same folder, where there is one. */
function baseline(size: number): string {
  const script = process.env.TOCSIN_BASELINE;
  if (!script || !folder) return '–';
  const { stdout } = spawnSync(process.execPath, [script, folder, String(size), '5'], { encoding: 'utf8' });
  return /"articlesPerSecond":(\d+)/.exec(stdout)?.[1] ?? '–';
}
