/** Decides what one entry is: a new article, a change of one, one that another source had first, or nothing. */
import { isRecurrence } from '../../core/article/article.ts';
import type { Article, Source } from '../../core/model.ts';
import { addQuietSource, addSource, breakSilence, type Mark } from '../article/article-sources.ts';
import { type ArticleItem, changeArticle, insertArticle, readArticle } from '../article/article-store.ts';
import type { UnreadArticle } from '../article/read-queue.ts';
import { readEnvironment } from '../environment.ts';
import { type KnownEntry, writeEntry } from './entry-store.ts';

const { retentionDays } = readEnvironment('retentionDays');

export interface Candidate {
  readonly entryHash: string;
  readonly contentHash: string;
  /** Its id is that of the same article from whatever source. */
  readonly article: Article;
  /** The id it takes when that one is another article of the same source. */
  readonly ownId: string;
}

export interface Acceptance {
  readonly articleId: string;
  readonly change: 'new' | 'changed' | 'shared' | 'none';
  /** Whether the article was marked, and is to be matched. */
  readonly marked: boolean;
  /** Its page is to be read first. */
  readonly unread?: UnreadArticle | undefined;
}

export interface Accepting {
  readonly source: Source;
  readonly now: Date;
  /** Store it and alert nobody. */
  readonly silent: boolean;
}

/** How long an article waits for its page at most: less than the alarm for unmatched articles allows. */
const pageMs = 5 * 60_000;

/** Days that an article outlives its alerts, and that an entry is remembered beyond. */
const spareDays = { article: 7, entry: 365 };

/**
 * 1. writes the article; 2. last, remembers the entry. Dying in between does the same again and finds the article.
 *
 * @param known what the source said of the entry before
 */
export async function acceptEntry(
  candidate: Candidate,
  known: KnownEntry | undefined,
  accepting: Accepting,
): Promise<Acceptance> {
  const { entryHash, contentHash, article } = candidate;
  const acceptance = known
    ? await acceptChange(candidate, await readArticle(known.articleId), accepting)
    : await acceptNew(candidate, accepting);
  const articleId = acceptance.articleId || (known?.articleId ?? article.id);
  const entry = { entryHash, contentHash, articleId };
  await writeEntry(accepting.source.id, entry, inDays(spareDays.entry, accepting.now));
  return { ...acceptance, articleId };
}

async function acceptNew(candidate: Candidate, accepting: Accepting): Promise<Acceptance> {
  const { article, ownId, entryHash, contentHash } = candidate;
  const mark = accepting.silent ? undefined : newMark(article, accepting);
  if (await insert(candidate, mark, accepting)) return accepted('new', article, mark);
  const existing = await readArticle(article.id);
  if (existing === undefined) return acceptNew(candidate, accepting); // It expired this very moment.
  const own = existing.sourceId === accepting.source.id;
  if (own && existing.entryHash === entryHash) return acceptChange(candidate, existing, accepting);
  const other = isRecurrence(existing, article) || (own && existing.contentHash !== contentHash);
  if (other && article.id !== ownId) {
    return acceptNew({ ...candidate, article: { ...article, id: ownId } }, accepting);
  }
  return own
    ? { articleId: article.id, change: 'none', marked: false }
    : share(candidate, existing, accepting);
}

function accepted(change: 'new' | 'shared', { id, url }: Article, mark: Mark | undefined): Acceptance {
  const unread = mark?.readBy === undefined ? undefined : { id, url, readBy: mark.readBy };
  return { articleId: id, change, marked: mark !== undefined, unread };
}

/** An entry without a page of its own leads to its source. */
function newMark({ url }: Article, { source, now }: Accepting, known?: ArticleItem): Mark {
  const isToRead = source.fullText && url !== source.url && known?.readAt === undefined;
  const readBy = isToRead ? new Date(now.getTime() + pageMs).toISOString() : undefined;
  return { unmatchedAt: now.toISOString(), readBy };
}

function insert(
  { article, entryHash, contentHash }: Candidate,
  mark: Mark | undefined,
  { silent, now }: Accepting,
): Promise<boolean> {
  const seenAt = now.toISOString();
  const item = { ...article, storyId: article.id, seenAt, contentHash, silent, entryHash, ...mark };
  return insertArticle(item, inDays(spareDays.article, now));
}

/** Another source had it first. Whoever follows this source alone is alerted too; what was silent is news now. */
async function share(
  { article, entryHash }: Candidate,
  existing: ArticleItem,
  accepting: Accepting,
): Promise<Acceptance> {
  const { source, silent } = accepting;
  const { id, name } = source;
  if (silent || existing.quietSources?.includes(id)) {
    await addQuietSource(article.id, id);
    return { articleId: article.id, change: 'none', marked: false };
  }
  const mark = newMark(existing, accepting, existing);
  const marked = existing.silent
    ? await breakSilence(existing, { source: { id, name }, entryHash }, mark)
    : await addSource(article.id, { id, name }, mark);
  return accepted('shared', existing, marked ? mark : undefined);
}

/** Only the entry that the article was made of changes it. A silent one stays silent. */
async function acceptChange(
  { article, entryHash, contentHash }: Candidate,
  existing: ArticleItem | undefined,
  { source, now }: Accepting,
): Promise<Acceptance> {
  const owner = existing?.sourceId === source.id && existing.entryHash === entryHash;
  if (!owner || existing.contentHash === contentHash) {
    return { articleId: existing?.id ?? '', change: 'none', marked: false };
  }
  const { id, silent } = existing;
  const change = { article, contentHash, unmatchedAt: silent ? undefined : now.toISOString() };
  const changed = await changeArticle(existing, change, inDays(spareDays.article, now));
  return { articleId: id, change: changed ? 'changed' : 'none', marked: changed && !silent };
}

function inDays(spare: number, now: Date): Date {
  return new Date(now.getTime() + (retentionDays + spare) * 86_400_000);
}
