/**
 * The embedded DynamoDB's binary: `DYNOXIDE_BIN`, npm's package for this platform, the PATH, or a copy that is
 * fetched once into `.tocsin/bin`. The lock file can list one platform only (an optional dependency that is not
 * found when the lock is made breaks `npm ci`), so on others it is fetched here.
 */
import { execFile } from 'node:child_process';
import { accessSync, constants, mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { cacheFolder, projectFolder } from './project.ts';

const packageName = `@dynoxide/${process.platform}-${process.arch}`;
const executable = process.platform === 'win32' ? 'dynoxide.exe' : 'dynoxide';
const folder = join(cacheFolder, 'bin');

/**
 * The path of a binary that is there already, undefined where there is none.
 * @throws Error where `DYNOXIDE_BIN` names no program
 */
export function findDynoxide(environment: NodeJS.ProcessEnv = process.env): string | undefined {
  const named = environment.DYNOXIDE_BIN;
  if (named && !isExecutable(named)) throw new Error(`DYNOXIDE_BIN is ${named}, which is no program.`);
  if (named) return named;
  const onPath = (environment.PATH ?? '').split(delimiter).map((part) => join(part, executable));
  return [installed(), ...onPath, fetched()].find(isExecutable);
}

/**
 * The path of the binary, fetching it where it is missing.
 * @throws Error with the one command that installs it
 */
export async function provideDynoxide(report: (message: string) => void): Promise<string> {
  const found = findDynoxide();
  if (found) return found;
  const version = pinnedVersion();
  report(`fetching the embedded DynamoDB for ${process.platform}-${process.arch}`);
  try {
    await install(`${packageName}@${version}`);
    accessSync(fetched(), constants.X_OK);
    return fetched();
  } catch (cause) {
    throw new Error(
      `The embedded DynamoDB is missing and could not be fetched. Install it with\n  npm install --no-save --prefix ${folder} ${packageName}@${version}\nor set DYNOXIDE_BIN to a dynoxide binary.`,
      { cause },
    );
  }
}

function installed(): string {
  try {
    return createRequire(import.meta.url).resolve(`${packageName}/${executable}`);
  } catch {
    return '';
  }
}

const fetched = () => join(folder, 'node_modules', packageName, executable);

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return path !== '';
  } catch {
    return false;
  }
}

/** All platforms have the version that package.json pins for one. */
function pinnedVersion(): string {
  const { optionalDependencies } = JSON.parse(readFileSync(join(projectFolder, 'package.json'), 'utf8'));
  return optionalDependencies['@dynoxide/linux-x64'];
}

async function install(specifier: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const npm = process.env.npm_execpath;
  const command = npm ? [process.execPath, npm] : ['npm'];
  const flags = ['--no-save', '--no-audit', '--no-fund', '--fetch-retries=0', '--prefix', folder];
  await promisify(execFile)(command[0]!, [...command.slice(1), 'install', ...flags, specifier]);
}
