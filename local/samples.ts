/** The sample newsroom with its sources, one reader and watches of every kind: what a first run shows. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { type Newsroom, startNewsroom } from './newsroom/newsroom.ts';
import { dataFiles } from './runner/data-folder.ts';
import type { SetUp } from './set-up.ts';

const everySeconds = 4;
/** As often as a source can be polled. */
const intervalSeconds = 15;

/** Starts it where it was on the last run: its feeds keep their URLs. */
export async function openNewsroom(data: string): Promise<Newsroom> {
  const { newsroomPort } = dataFiles(data);
  const port = existsSync(newsroomPort) ? Number(readFileSync(newsroomPort, 'utf8')) : 0;
  try {
    const newsroom = await startNewsroom({ everySeconds, port });
    writeFileSync(newsroomPort, new URL(newsroom.url).port);
    return newsroom;
  } catch (cause) {
    throw new Error(
      `Port ${port}, where the sample newsroom was, is taken. Free it, or start with --fresh or --no-samples.`,
      { cause },
    );
  }
}

export function sampleSetUp({ feeds }: Newsroom): SetUp {
  return {
    subscriber: 'Sample reader',
    sources: feeds.map(({ name, url }) => ({ name, url, intervalSeconds })),
    channels: [
      { kind: 'email', address: 'reader@example.com' },
      { kind: 'sms', address: '+12025550100' },
    ],
    watches: JSON.parse(readFileSync(new URL('newsroom/watches.json', import.meta.url), 'utf8')),
  };
}
