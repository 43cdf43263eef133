/** The operator's token for this data folder: made once, by the program that makes it for a deployed stack too. */
import { execFile } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { dataFiles } from './runner/data-folder.ts';
import { region } from './runner/names.ts';
import { projectFolder } from './runner/project.ts';
import { operator } from './runner/rights.ts';
import type { Tocsin } from './runner/tocsin.ts';

export async function provideOperatorToken({ data, url }: Pick<Tocsin, 'data' | 'url'>): Promise<string> {
  const files = dataFiles(data);
  if (existsSync(files.operatorToken)) return readFileSync(files.operatorToken, 'utf8').trim();
  const args = ['bin/token.ts', '--outputs', files.outputs, '--name', 'laptop'];
  const { stdout } = await promisify(execFile)(process.execPath, args, {
    cwd: projectFolder,
    env: {
      PATH: process.env.PATH,
      AWS_ENDPOINT_URL: url,
      AWS_REGION: region,
      AWS_ACCESS_KEY_ID: operator,
      AWS_SECRET_ACCESS_KEY: 'local',
      AWS_EC2_METADATA_DISABLED: 'true',
    },
  });
  const token = stdout.trim();
  writeFileSync(files.operatorToken, `${token}\n`, { mode: 0o600 });
  return token;
}
