/**
 * Compiles `scan.ts` and `search.ts` to WebAssembly, as text in a module, so that Node, vitest and esbuild take it like any other
 * code: `npm run kernel`, which `npm ci` and `npm test` run by themselves. The same source gives the same bytes.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const compiler = new URL('../node_modules/assemblyscript/bin/asc.js', import.meta.url).pathname;
const target = new URL('../core/percolator/kernel-bytes.ts', import.meta.url);
const options = ['--optimizeLevel', '3', '--runtime', 'stub', '--noAssert', '--enable', 'simd'];
/** In pages of 64 KB; those that no article reaches cost nothing. */
const scanMemory = ['--initialMemory', '720', '--maximumMemory', '720'];
/** As large as its index needs. */
const searchMemory = ['--importMemory'];

function compile(name: string, memory: readonly string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'kernel-'));
  try {
    const compiled = join(folder, 'kernel.wasm');
    const files = [`${name}.ts`, '--outFile', compiled, '--baseDir', import.meta.dirname];
    execFileSync(process.execPath, [compiler, ...files, ...options, ...memory], { stdio: 'inherit' });
    return readFileSync(compiled).toString('base64');
  } finally {
    rmSync(folder, { recursive: true });
  }
}

writeFileSync(
  target,
  `/** Made by \`npm run kernel\` from kernel/. */
export const scanBytes =
  '${compile('scan', scanMemory)}';
export const searchBytes =
  '${compile('search', searchMemory)}';
`,
);
