/**
 * Dispatch, poll and match against real tables, a publisher on loopback and recorded queues, at times that the test
 * names.
 */
import { createHash } from 'node:crypto';
import { DeleteCommand, GetCommand, PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { index } from '../../core/indexes.ts';
import type { Source, SourceState, StoredArticle } from '../../core/model.ts';
import type { Log } from '../../lambdas/logger.ts';
import type { MatchMessage, PollMessage } from '../../lambdas/messages.ts';
import { watchCalls } from '../aws-calls.ts';
import { type Answer, type Item, rss, startFeedServer } from '../feed-server.ts';
import { startSnapshots } from '../snapshots.ts';
import { startTables } from '../tables.ts';

export const queues = {
  poll: 'https://sqs.test/poll',
  read: 'https://sqs.test/read',
  match: 'https://sqs.test/match',
  deliver: 'https://sqs.test/deliver',
};

const silent: Log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

export type SourceItem = Source & SourceState & { readonly dueKey?: string; readonly dueAt?: string };
export type ArticleItem = StoredArticle & { readonly unmatchedKey?: string; readonly unmatchedAt?: string };

/** An answer with a feed of these entries. */
export const feed = (...items: Item[]): Answer => ({ body: rss(items) });

export type Newsdesk = Awaited<ReturnType<typeof startNewsdesk>>;

export async function startNewsdesk() {
  const tables = await startTables();
  const snapshots = await startSnapshots();
  const publisher = await startFeedServer();
  Object.assign(process.env, {
    POLL_QUEUE_URL: queues.poll,
    READ_QUEUE_URL: queues.read,
    MATCH_QUEUE_URL: queues.match,
    DELIVER_QUEUE_URL: queues.deliver,
    RETENTION_DAYS: '30',
    SHORTEST_POLL_SECONDS: '15',
    LOOPBACK: 'allow',
    USER_AGENT: 'Tocsin/1.0 (+https://example.org/contact)',
  });
  const [{ dynamo }, { keys, partition }, { sqs }, { dispatchPolls }, { pollHost }] = await Promise.all([
    import('../../lambdas/aws/dynamo.ts'),
    import('../../lambdas/keys.ts'),
    import('../../lambdas/aws/queue.ts'),
    import('../../lambdas/dispatch.ts'),
    import('../../lambdas/poll.ts'),
  ]);
  const aws = watchCalls(dynamo, sqs);
  const logs: Record<string, unknown>[] = [];
  const info: Log['info'] = (message, ...data) => void logs.push({ message, ...(data[0] as object) });
  const log: Log = { ...silent, info };

  async function addSource(id: string, now: Date, parts: Partial<SourceItem> = {}): Promise<void> {
    const source: Source & SourceState = {
      id,
      url: `${publisher.url}/feed.xml`,
      name: 'The Morning Bell',
      intervalSeconds: 60,
      paused: false,
      createdAt: now.toISOString(),
      nextPollAt: now.toISOString(),
      failures: 0,
      seen: [],
      ...parts,
    };
    const { pk, sk } = index.registryDue;
    const due = { [pk]: partition.sourcesDue, [sk]: source.nextPollAt };
    const url = keys.sourceUrl(createHash('sha256').update(source.url).digest('hex'));
    for (const Item of [
      { ...source, ...due, ...keys.source(id) },
      { ...url, sourceId: id },
    ]) {
      await dynamo.send(new PutCommand({ TableName: 'REGISTRY_TABLE', Item }));
    }
  }

  async function read<T>(TableName: string, Key: { pk: string; sk: string }): Promise<T | undefined> {
    return (await dynamo.send(new GetCommand({ TableName, Key }))).Item as T | undefined;
  }

  /** Dispatches at a time and works off the PollQueue, each message at the time it is due; one that fails is received again. */
  async function tick(now: Date): Promise<void> {
    await dispatchPolls(log, now);
    await workPolls(now);
  }

  async function workPolls(now: Date): Promise<void> {
    for (let sent = aws.take(queues.poll); sent.length > 0; sent = aws.take(queues.poll)) {
      for (const { body, delaySeconds } of sent) {
        now = new Date(now.getTime() + delaySeconds * 1000);
        await pollHost(body as PollMessage, log, { now: () => now, random: () => 0 }).catch((error) => {
          aws.sent.push({ queueUrl: queues.poll, body, delaySeconds: 0 });
          throw error;
        });
      }
    }
  }

  /** Adds the source `s` and polls it once for each answer, when its time has come. */
  async function pollThrough(start: Date, ...answers: Answer[]): Promise<void> {
    await addSource('s', start);
    for (const answer of answers) {
      publisher.answer = () => answer;
      await tick(new Date((await source('s')).nextPollAt));
    }
  }

  const source = async (id: string) => (await read<SourceItem>('REGISTRY_TABLE', keys.source(id)))!;

  async function articles(): Promise<ArticleItem[]> {
    const { Items = [] } = await dynamo.send(new ScanCommand({ TableName: 'ARTICLES_TABLE' }));
    return (Items as (ArticleItem & { pk: string })[]).filter(({ pk }) => pk.startsWith('ARTICLE#'));
  }

  /** As DynamoDB does with what is long past its time. */
  async function expireArticles(): Promise<void> {
    for (const { id } of await articles()) {
      await dynamo.send(new DeleteCommand({ TableName: 'ARTICLES_TABLE', Key: keys.article(id) }));
    }
  }

  async function clear(): Promise<void> {
    for (const TableName of ['REGISTRY_TABLE', 'ARTICLES_TABLE']) {
      const { Items = [] } = await dynamo.send(new ScanCommand({ TableName }));
      const remove = (Key: object) => dynamo.send(new DeleteCommand({ TableName, Key: { ...Key } }));
      await Promise.all(Items.map(({ pk, sk }) => remove({ pk, sk })));
    }
    aws.sent.length = 0;
    aws.calls.length = 0;
    logs.length = 0;
    publisher.requests.length = 0;
  }

  return {
    aws,
    publisher,
    log,
    logs,
    addSource,
    tick,
    workPolls,
    articles,
    expireArticles,
    clear,
    source,
    pollThrough,
    titles: async () => (await articles()).map(({ title }) => title).sort(),
    lease: (host = new URL(publisher.url).host) =>
      read<Record<string, unknown>>('REGISTRY_TABLE', keys.hostLease(host)),
    /** Ids of the articles in the MatchQueue, each time it was sent. */
    queued: () => aws.take(queues.match).map(({ body }) => (body as MatchMessage).articleId),
    /** What the last poll logged. */
    lastPoll: () => logs.findLast(({ message }) => message === 'polled'),
    snapshots,
    async stop() {
      publisher.stop();
      await snapshots.stop();
      tables.stop();
    },
  };
}
