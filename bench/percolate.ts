/**
 * The percolator beside other ways to match watches, single thread, on one workload; checks that all find the same.
 *
 *     npm run bench percolate                                  a small workload of our own
 *     npm run bench percolate FOLDER 1000 10000 100000 1000000  articles.jsonl and rules.jsonl of the generator
 *
 * `TOCSIN_BASELINE=run.mjs` runs a prototype on the same folder beside it, a round of one after a round of the other:
 * the ratio is the median of theirs. Times are of the processor, which a busy machine disturbs least.
 */
import type { Article, Watch } from '../core/model.ts';
import { scanArticle } from '../core/percolator/scan.ts';
import { findCandidates, verifyCandidates } from '../core/percolator/search.ts';
import { buildSegment, takeFound } from '../core/percolator/segment.ts';
import { Percolator } from '../core/percolator.ts';
import { median } from './measures/median.ts';
import { type Baseline, loadBaseline } from './percolating/baseline.ts';
import { articleOf, hostileTexts, hostileWatches } from './percolating/hostile.ts';
import { ahoCorasick, naiveLoop, oneRegExp, type Rival } from './percolating/rivals.ts';
import { readWorkload, toWatches } from './percolating/workload.ts';

const [first, ...others] = process.argv.slice(2);
const isFolder = first !== undefined && !/^\d+$/.test(first);
const folder = isFolder ? first : undefined;
const sizes = (isFolder ? others : process.argv.slice(2)).map(Number);
if (sizes.length === 0) sizes.push(1000, 10_000, 100_000);
const rounds = 5;
/** Of the percolator and of the baseline in turn. */
const pairs = 15;

const { articles, rules, name } = readWorkload(folder, Math.max(...sizes));
const watches = toWatches(rules);
console.log(`${articles.length} articles, workload ${name}\n`);
compareWithRivals(1000, articles.slice(0, 200));
compareWithRivals(10_000, articles.slice(0, 20));
console.log(
  '| watches | articles/s | baseline | ratio | µs/article | tokenise | candidates | verify | ids | matches/article | candidates/article |',
);
console.log('| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |');
const costs: string[] = [];
for (const size of sizes) costs.push(await measure(size));
console.log('\n| watches | build s | to bytes s | from bytes ms | bytes/watch, index | ids | queries |');
console.log('| --- | --- | --- | --- | --- | --- | --- |');
for (const line of costs) console.log(line);
defend(11_000);

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
async function measure(size: number): Promise<string> {
  const part = watches.slice(0, size);
  let percolator = Percolator.build([]);
  const build = wall(() => {
    percolator = Percolator.build(part);
    if (percolator.size !== part.length) throw new Error('some watches are broken');
  });
  let matches = 0;
  let candidates = 0;
  const { time, baseline, ratio } = await race(size, () => {
    matches = 0;
    candidates = 0;
    for (const article of articles) {
      const found = percolator.percolate(article);
      matches += found.watchIds.length;
      candidates += found.candidates;
    }
  });
  const micros = (each: number) => ((each * 1e6) / articles.length).toFixed(1);
  const perArticle = (count: number) => (count / articles.length).toFixed(1);
  const perSecond = (each: number) => (each === 0 ? '–' : Math.round(articles.length / each));
  const line = [size, perSecond(time), perSecond(baseline), ratio || '–', micros(time)];
  line.push(...split(part).map(micros), perArticle(matches), perArticle(candidates));
  console.log(`| ${line.join(' | ')} |`);
  return costsOf(percolator, part, build);
}

/** Median seconds of a round of each, and the median of how many times as fast as the baseline each pair was. */
async function race(size: number, percolateAll: () => void) {
  const script = process.env.TOCSIN_BASELINE;
  let match: Baseline = () => 0;
  if (script && folder) match = await loadBaseline(script, folder, rules.slice(0, size));
  const matchAll = () => articles.forEach(match);
  for (const warmUp of [percolateAll, matchAll, percolateAll, matchAll]) warmUp();
  const times = Array.from({ length: pairs }, () => [seconds(percolateAll), seconds(matchAll)] as const);
  const time = median(times.map(([ours]) => ours));
  if (!script || !folder) return { time, baseline: 0, ratio: '' };
  const ratio = median(times.map(([ours, theirs]) => theirs / ours)).toFixed(2);
  return { time, baseline: median(times.map(([, theirs]) => theirs)), ratio };
}

/** Prints how long the longest texts take against watches made to hurt. */
function defend(size: number): void {
  const percolator = Percolator.build(hostileWatches(size));
  if (percolator.size !== size) throw new Error(percolator.broken[0]?.message);
  console.log(`\n${size} watches made to hurt, texts of 131,072 characters`);
  for (const [name, text] of Object.entries(hostileTexts)) {
    let matches = 0;
    const time = best(2, () => {
      matches = percolator.percolate(articleOf(text)).watchIds.length;
    });
    console.log(`  ${name.padEnd(26)} ${Math.round(time * 1000)} ms, ${matches} match`);
  }
}

/** Seconds of each step: what a run that goes a step further takes longer. */
function split(part: readonly Watch[]): number[] {
  const { segment } = buildSegment([...part]);
  const { search } = segment;
  const steps: ((article: Article) => void)[] = [
    (article) => scanArticle(article, false),
    (article) => {
      scanArticle(article, false);
      findCandidates(search);
      search.memory.kernel.take();
    },
    (article) => {
      scanArticle(article, false);
      verifyCandidates(search, findCandidates(search));
      search.memory.kernel.take();
    },
    (article) => {
      scanArticle(article, false);
      verifyCandidates(search, findCandidates(search));
      takeFound(segment);
    },
  ];
  const least = steps.map(() => Infinity);
  for (let i = 0; i < 2 * rounds; i++) {
    steps.forEach((step, at) => {
      least[at] = Math.min(
        least[at]!,
        seconds(() => articles.forEach(step)),
      );
    });
  }
  return least.map((time, at) => Math.max(0, time - (least[at - 1] ?? 0)));
}

function costsOf(percolator: Percolator, part: readonly Watch[], build: number): string {
  let bytes = new Uint8Array();
  const write = wall(() => {
    bytes = percolator.toBytes() as Uint8Array<ArrayBuffer>;
  });
  const read = median([1, 2, 3].map(() => wall(() => Percolator.fromBytes(bytes))));
  const text = (of: (watch: Watch) => string) =>
    part.reduce((sum, watch) => sum + of(watch).length, 4 * part.length);
  const ids = text(({ id }) => id);
  const queries = text(({ query }) => query);
  const each = (sum: number) => (sum / part.length).toFixed(0);
  return `| ${part.length} | ${build.toFixed(2)} | ${write.toFixed(2)} | ${(read * 1000).toFixed(0)} | ${each(bytes.length - ids - queries)} | ${each(ids)} | ${each(queries)} |`;
}
