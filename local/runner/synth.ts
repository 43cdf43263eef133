/**
 * The assembly that the CDK app synthesizes with the laptop's settings, kept by the content of everything it is
 * made from: what did not change is not made again.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
} from 'node:fs';
import { join } from 'node:path';
import { cacheFolder, projectFolder } from './project.ts';
import type { Settings } from './settings.ts';

const inputs = ['bin', 'lib', 'lambdas', 'core', 'web', 'package-lock.json', 'cdk.json'];
const kept = 5;

/**
 * The folder of the assembly for these settings.
 * @throws Error with what the CDK app wrote, where it fails
 */
export async function synthesize(settings: Settings, report: (message: string) => void): Promise<string> {
  const assemblies = join(cacheFolder, 'assemblies');
  const folder = join(assemblies, contentKey(settings));
  if (existsSync(folder)) {
    utimesSync(folder, new Date(), new Date());
    return folder;
  }
  report('synthesizing the stack (the first start and after changes)');
  mkdirSync(assemblies, { recursive: true });
  const unfinished = `${folder}.${process.pid}`;
  await runApp(settings, unfinished);
  if (existsSync(folder)) rmSync(unfinished, { recursive: true });
  else renameSync(unfinished, folder);
  forgetOld(assemblies);
  return folder;
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
  const [code] = await once(child, 'close');
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

function forgetOld(assemblies: string): void {
  const byAge = readdirSync(assemblies)
    .map((name) => ({ path: join(assemblies, name), usedAt: statSync(join(assemblies, name)).mtimeMs }))
    .sort((a, b) => b.usedAt - a.usedAt);
  for (const { path } of byAge.slice(kept)) rmSync(path, { recursive: true });
}
