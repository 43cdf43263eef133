/**
 * Compiles `scan.ts` to WebAssembly, as text in a module, so that Node, vitest and esbuild take it like any other
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
const memory = ['--initialMemory', '720', '--maximumMemory', '720'];

const folder = mkdtempSync(join(tmpdir(), 'kernel-'));
try {
  const compiled = join(folder, 'scan.wasm');
  const files = ['scan.ts', '--outFile', compiled, '--baseDir', import.meta.dirname];
  execFileSync(process.execPath, [compiler, ...files, ...options, ...memory], { stdio: 'inherit' });
  const bytes = readFileSync(compiled).toString('base64');
  writeFileSync(
    target,
    `/** Made by \`npm run kernel\` from kernel/scan.ts. */\nexport const kernelBytes =\n  '${bytes}';\n`,
  );
} finally {
  rmSync(folder, { recursive: true });
}
