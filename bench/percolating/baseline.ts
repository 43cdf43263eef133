/** A prototype to run beside the percolator: the modules that lie next to its `run.mjs`. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Article } from '../../core/model.ts';
import type { Rule } from './workload.ts';

/** Answers how many watches match. */
export type Baseline = (article: Article) => number;

/** @param script its `run.mjs`; @param folder of the workload, with the sample that it counts words in */
export async function loadBaseline(
  script: string,
  folder: string,
  rules: readonly Rule[],
): Promise<Baseline> {
  // Loaded anew for each size: the compiler makes faster code for the first engine of a module than for a second.
  const load = (file: string) => import(new URL(`${file}?${rules.length}`, pathToFileURL(script)).href);
  const [{ loadDf }, { build2 }, { fin3, hash3, makeJs, pre5 }] = await Promise.all(
    ['build.mjs', 'build2.mjs', 'match3.mjs'].map(load),
  );
  const frequencies = loadDf(join(folder, 'sample.jsonl'));
  const options = { hash: hash3, fin: fin3, way: 1, load: 0.5, common: 5000, anchor: 'df' };
  const index = build2(
    rules.map((ast, id) => ({ id, ast })),
    frequencies,
    options,
  );
  index.filter = new Uint8Array(65536);
  for (const prefix of index.prefixes.keys()) index.filter[pre5(prefix)] = 1;
  const engine = makeJs(index);
  const texts = new Map<Article, string>();
  return (article) => {
    let text = texts.get(article);
    if (text === undefined) {
      text = `${article.title}\n${article.body}`;
      texts.set(article, text);
    }
    return engine.match(text);
  };
}
