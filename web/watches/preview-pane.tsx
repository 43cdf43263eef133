/** What a query would have found lately, looked up when its writer pauses. */
import { useEffect, useState } from 'preact/hooks';
import { call, Problem } from '../api/client.ts';
import type { Preview, PreviewedArticle } from '../api/types.ts';
import { relativeTime, t } from '../i18n.ts';
import { Excerpt, Marked } from '../ui/marked.tsx';
import { Trouble } from '../ui/states.tsx';
import { Time } from '../ui/time.tsx';
import { Rang } from './rang.tsx';
import type { Reading } from './reading.ts';

const PAUSE_MS = 500;

interface Found {
  readonly preview?: Preview;
  readonly problem?: Problem;
  readonly busy?: boolean;
}

function usePreview(query: string, readable: boolean): Found {
  const [found, setFound] = useState<Found>({});
  useEffect(() => {
    const aborter = new AbortController();
    if (!readable) return;
    setFound((before) => ({ ...before, busy: true }));
    const timer = setTimeout(async () => {
      try {
        const { signal } = aborter;
        setFound({
          preview: await call<Preview>('POST', '/v1/watches/preview', { body: { query }, signal }),
        });
      } catch (error) {
        if (error instanceof Problem) setFound({ problem: error });
      }
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      aborter.abort();
    };
  }, [query, readable]);
  return found;
}

interface PreviewPaneProps {
  readonly query: string;
  readonly reading: Reading;
  /** Of the watch whose query it is, unchanged. */
  readonly watchId?: string;
}

export function PreviewPane({ query, reading, watchId }: PreviewPaneProps) {
  const readable = reading.kind === 'read';
  const { preview, problem, busy } = usePreview(query, readable);
  const shown = readable ? preview : undefined;
  return (
    <section class="preview" aria-label={t('preview.title')} aria-busy={busy === true && readable}>
      <h2>{t('preview.title')}</h2>
      {reading.kind === 'empty' && <p class="hint">{t('preview.empty')}</p>}
      {reading.kind === 'error' && <p class="hint">{t('preview.fix')}</p>}
      {readable && <Trouble problem={problem} />}
      <div role="status">{shown && <Summary preview={shown} />}</div>
      <ol>
        {shown?.items.map((article) => (
          <PreviewItem key={article.id} article={article} watchId={watchId} />
        ))}
      </ol>
    </section>
  );
}

function Summary({ preview: { articles, matched, since, perDay, warnings } }: { readonly preview: Preview }) {
  if (articles === 0) return <p class="hint">{t('preview.noArticles')}</p>;
  const many = warnings.some(({ code }) => code === 'many-alerts');
  const parts = [
    matched === 0 ? t('preview.none', { n: articles }) : t('preview.some', { m: matched, n: articles }),
    since && isAgo(since) && t('preview.since', { time: relativeTime(since) }),
    perDay !== undefined && t('preview.perDay', { n: perDay }),
  ];
  return (
    <>
      <p class="tally">{parts.filter(Boolean).join(' · ')}</p>
      {many && <p class="warned">{t('warning.many-alerts')}</p>}
      {matched === 0 && <p class="hint">{t('preview.nothing')}</p>}
    </>
  );
}

/** Long enough ago to be worth a word. */
const isAgo = (iso: string) => Date.now() - Date.parse(iso) > 60_000;

function PreviewItem({ article, watchId }: { article: PreviewedArticle; watchId: string | undefined }) {
  const { id, url, title, sourceName, publishedAt, seenAt, highlights, excerpts } = article;
  return (
    <li>
      <h3>
        <a href={url} target="_blank" rel="noreferrer noopener">
          <Marked text={title} spans={highlights} />
        </a>
      </h3>
      {excerpts.slice(0, 1).map((excerpt) => (
        <p key={excerpt}>
          <Excerpt text={excerpt} />
        </p>
      ))}
      <p class="meta">
        {sourceName} <Time iso={publishedAt ?? seenAt} />
      </p>
      {watchId && <Rang articleId={id} url={url} watchId={watchId} />}
    </li>
  );
}
