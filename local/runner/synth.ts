/**
 * The assembly that the CDK app synthesizes with the laptop's settings, kept by the content of everything it is
 * made from: what did not change is not made again.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { tryLock } from './lock.ts';
import { cacheFolder, projectFolder } from './project.ts';
import type { Settings } from './settings.ts';

const inputs = ['bin', 'lib', 'lambdas', 'core', 'web', 'package-lock.json', 'cdk.json', 'tsconfig.json'];
const assemblies = join(cacheFolder, 'assemblies');
const kept = 5;

/**
 * The folder of the assembly for these settings.
 * @throws Error with what the CDK app wrote, where it fails
 */
export async function synthesize(settings: Settings, report: (message: string) => void): Promise<string> {
  const folder = join(assemblies, contentKey(settings));
  if (!existsSync(folder)) report('synthesizing the stack (the first start and after changes)');
  while (!existsSync(folder)) {
    const lock = tryLock(join(assemblies, 'lock.sqlite'));
    if (!lock)
      await delay(100); // another runner makes it, likely the same one
    else await make(folder, settings).finally(lock.release);
  }
  utimesSync(folder, new Date(), new Date());
  return folder;
}

async function make(folder: string, settings: Settings): Promise<void> {
  if (existsSync(folder)) return;
  forgetOld();
  const unfinished = `${folder}.unfinished`;
  await runApp(settings, unfinished);
  renameSync(unfinished, folder);
}

/** The app as `cdk synth` runs it, without the CLI's own second. */
async function runApp(settings: Settings, folder: string): Promise<void> {
  const { app, context } = JSON.parse(readFileSync(join(projectFolder, 'cdk.json'), 'utf8'));
  const [, ...script] = (app as string).split(' ');
  const child = spawn(process.execPath, script, {
    cwd: projectFolder,
    env: {
      ...process.env,
      CDK_OUTDIR: folder,
      CDK_CONTEXT_JSON: JSON.stringify({ ...context, ...settings }),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text) => {
      output += text;
    });
  const end = () => void child.kill();
  process.once('exit', end);
  const [code] = await once(child, 'close').finally(() => process.off('exit', end));
  if (code === 0) return;
  rmSync(folder, { recursive: true, force: true });
  throw new Error(`The CDK app failed:\n${output.trim()}`);
}

function contentKey(settings: Settings): string {
  const hash = createHash('sha256').update(process.version).update(JSON.stringify(settings));
  for (const file of inputs.flatMap((input) => filesIn(input)))
    hash.update(`\0${file}\0`).update(readFileSync(join(projectFolder, file)));
  return hash.digest('hex').slice(0, 20);
}

function filesIn(path: string): string[] {
  const absolute = join(projectFolder, path);
  if (!existsSync(absolute)) return [];
  if (statSync(absolute).isFile()) return [path];
  const names = readdirSync(absolute).filter((name) => name !== 'node_modules');
  return names.sort().flatMap((name) => filesIn(join(path, name)));
}

/** Those that were used last stay; what a killed runner left unfinished goes. */
function forgetOld(): void {
  const folders = readdirSync(assemblies, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => join(assemblies, name));
  const finished = folders.filter((path) => !path.endsWith('.unfinished'));
  const byUse = finished.sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs);
  const stay = new Set(byUse.slice(0, kept));
  for (const path of folders.filter((folder) => !stay.has(folder))) rmSync(path, { recursive: true });
}
