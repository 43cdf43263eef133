/**
 * Size and import time of each function's bundle, as a cold start meets them. Synthesizes the app, imports each
 * bundle in processes of its own and prints the median. Ends with an error when a bundle is over the limit.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { median } from './measures/median.ts';

const limitKb = 600;
const runs = 9;

interface Bundle {
  readonly step: string;
  readonly file: string;
  readonly environment: Record<string, string>;
}

// biome-ignore lint/suspicious/noExplicitAny: a template is JSON of many shapes
type Json = any;

function synthesize(directory: string): void {
  const { status } = spawnSync('npx', ['cdk', 'synth', '--quiet', '--output', directory], {
    stdio: 'ignore',
  });
  if (status !== 0) throw new Error('cdk synth failed: run `npm run synth` to see why');
}

function readBundles(directory: string): Bundle[] {
  const name = readdirSync(directory).find((file) => file.endsWith('.template.json'))!;
  const template: Json = JSON.parse(readFileSync(join(directory, name), 'utf8'));
  return Object.values<Json>(template.Resources)
    .filter(({ Type }) => Type === 'AWS::Lambda::Function')
    .filter(({ Properties }) => Properties.Environment?.Variables.STEP) // not the CDK's own
    .map(({ Properties, Metadata }) => ({
      step: Properties.Environment.Variables.STEP,
      file: join(directory, Metadata['aws:asset:path'], 'index.mjs'),
      environment: standIns(Properties.Environment.Variables),
    }));
}

/** Handlers read their environment at import: what only a deployment knows gets a value of the same form. */
function standIns(variables: Record<string, unknown>): Record<string, string> {
  const entries = Object.entries(variables).map(([name, value]) => {
    if (typeof value === 'string') return [name, value];
    if (name.endsWith('_URL')) return [name, 'https://sqs.us-east-1.amazonaws.com/000000000000/queue'];
    return [name, 'arn:aws:sns:us-east-1:000000000000:bench'];
  });
  return Object.fromEntries(entries);
}

/** Milliseconds that `import` takes in a new process. */
function measureImport({ file, environment }: Bundle): number {
  const { stdout, stderr } = spawnSync(process.execPath, [import.meta.filename, '--import', file], {
    env: { PATH: process.env.PATH, AWS_REGION: 'us-east-1', ...environment },
    encoding: 'utf8',
  });
  const milliseconds = Number(stdout.trim().split('\n').at(-1) || Number.NaN);
  if (Number.isNaN(milliseconds)) throw new Error(`${file} cannot be imported:\n${stderr}`);
  return milliseconds;
}

async function timeImport(file: string): Promise<void> {
  const start = performance.now();
  await import(file);
  process.stdout.write(`\n${performance.now() - start}\n`, () => process.exit());
}

function bench(): void {
  const directory = mkdtempSync(join(tmpdir(), 'tocsin-bundles-'));
  try {
    synthesize(directory);
    const tooLarge = readBundles(directory).filter((bundle) => {
      const kb = statSync(bundle.file).size / 1024;
      const imports = Array.from({ length: runs }, () => measureImport(bundle));
      const columns = [bundle.step.padEnd(10), `${kb.toFixed(0)} KB`.padStart(8)];
      console.log(...columns, `import ${median(imports).toFixed(0)} ms`.padStart(15));
      return kb >= limitKb;
    });
    if (tooLarge.length === 0) return;
    console.error(`Over ${limitKb} KB: ${tooLarge.map(({ step }) => step).join(', ')}`);
    process.exitCode = 1;
  } finally {
    rmSync(directory, { recursive: true });
  }
}

const [flag, file] = process.argv.slice(2);
if (flag === '--import' && file) await timeImport(file);
else bench();
