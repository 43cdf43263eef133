/** A laptop with a publisher that it may poll and a webhook that it may post to, and all of it put away again. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Laptop, startLaptop } from './laptop.ts';
import { type Publisher, startPublisher } from './publisher.ts';
import { startWebhook, type Webhook } from './webhook.ts';

export interface Scene {
  readonly publisher: Publisher;
  readonly hook: Webhook;
  readonly laptop: Laptop;
  close(): Promise<void>;
}

export async function startScene(): Promise<Scene> {
  const data = mkdtempSync(join(tmpdir(), 'tocsin-e2e-'));
  const publisher = await startPublisher();
  const hook = await startWebhook();
  const laptop = await startLaptop({ data });
  async function close(): Promise<void> {
    await laptop.stop();
    await publisher.close();
    hook.close();
    rmSync(data, { recursive: true, force: true });
  }
  return { publisher, hook, laptop, close };
}
