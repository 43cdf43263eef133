/** What the runner keeps in its data folder, and how to forget it. */
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

export const dataFiles = (folder: string) => ({
  dynamo: join(folder, 'dynamo.db'),
  logs: join(folder, 'logs'),
  outputs: join(folder, 'outputs.json'),
  operatorToken: join(folder, 'operator-token'),
  newsroomPort: join(folder, 'newsroom-port'),
});

/** Only what is ours: the folder may hold other things, and the default one holds caches that stay. */
const ours =
  /^(dynamo\.db|(sqs|sns|s3)\.sqlite|logs$|outputs\.json|operator-token|newsroom-port|.*\.(pem|key)$)/;

export function forgetData(folder: string): void {
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder).filter((entry) => ours.test(entry)))
    rmSync(join(folder, name), { recursive: true });
}
