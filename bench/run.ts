/** `npm run bench` lists what can be measured; `npm run bench NAME …` runs one, passing on what follows. */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

const folder = new URL('.', import.meta.url);
const names = readdirSync(folder)
  .filter((file) => file.endsWith('.ts') && file !== 'run.ts')
  .map((file) => file.slice(0, -3));

const [name, ...rest] = process.argv.slice(2);
if (name && names.includes(name)) process.exit(run(name, rest));
if (name) console.error(`There is no bench "${name}".`);
for (const each of names) console.log(`npm run bench ${each.padEnd(12)} ${purpose(each)}`);
process.exit(name ? 1 : 0);

function run(bench: string, args: readonly string[]): number {
  const file = new URL(`${bench}.ts`, folder).pathname;
  return spawnSync(process.execPath, ['--expose-gc', file, ...args], { stdio: 'inherit' }).status ?? 1;
}

/** The first sentence of the bench's opening comment. */
function purpose(bench: string): string {
  const comment =
    /^\/\*\*([\s\S]*?)\*\//.exec(readFileSync(new URL(`${bench}.ts`, folder), 'utf8'))?.[1] ?? '';
  return (
    comment
      .replace(/\s*\n\s*\*\s*/g, ' ')
      .trim()
      .split('. ')[0] ?? ''
  );
}
