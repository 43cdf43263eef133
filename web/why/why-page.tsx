/** “Why did I not get this?”: the address of an article, and what became of it here. */
import { useId, useState } from 'preact/hooks';
import type { Problem } from '../api/client.ts';
import type { Watch } from '../api/types.ts';
import { t, untilTime } from '../i18n.ts';
import { useList } from '../resource.ts';
import { navigate } from '../router.tsx';
import { Field } from '../ui/field.tsx';
import { PageFrame } from '../ui/page.tsx';
import { Empty, Skeleton, Trouble } from '../ui/states.tsx';
import { FirstWatch } from '../watches/first-watch.tsx';
import { WatchOptions } from '../watches/watch-options.tsx';
import { useExplanations } from './explanations.ts';
import { Verdict } from './verdict.tsx';

interface WhyPageProps {
  /** Empty: nothing is asked yet. */
  readonly url: string;
  /** Empty: of all watches. */
  readonly watchId: string;
}

export function WhyPage({ url, watchId }: WhyPageProps) {
  const { data: watches, problem: noWatches, reload } = useList<Watch>('/v1/watches');
  const chosen = watches?.filter(({ id }) => watchId === '' || id === watchId);
  const { explained, problem } = useExplanations(url, chosen);
  return (
    <PageFrame title={t('why.title')}>
      <p class="lead">{t('why.lead')}</p>
      <Question key={`${url} ${watchId}`} url={url} watchId={watchId} watches={watches ?? []} />
      <Trouble problem={noWatches} retry={() => void reload()} />
      <Trouble problem={problem} />
      {problem && <Details problem={problem} />}
      <div role="status" class="verdicts">
        {explained && <Verdict explained={explained} />}
      </div>
      {url && !explained && !problem && !noWatches && <Skeleton rows={2} />}
      {watches?.length === 0 && (
        <Empty icon="watch" title={t('watches.empty')}>
          <FirstWatch />
        </Empty>
      )}
    </PageFrame>
  );
}

interface QuestionProps extends WhyPageProps {
  readonly watches: readonly Watch[];
}

function Question({ watches, ...asked }: QuestionProps) {
  const [url, setUrl] = useState(asked.url);
  const [watchId, setWatchId] = useState(asked.watchId);
  const id = useId();
  const submit = (event: Event) => {
    event.preventDefault();
    navigate(`/why?${new URLSearchParams({ url: url.trim(), ...(watchId && { watch: watchId }) })}`);
  };
  return (
    <form class="card" onSubmit={submit}>
      <Field
        label={t('why.url')}
        value={url}
        onText={setUrl}
        placeholder="https://example.com/news/…"
        required
        autocomplete="off"
        autocapitalize="none"
        spellcheck={false}
        inputMode="url"
      />
      <div class="inline">
        <div class="field">
          <label for={id}>{t('why.watch')}</label>
          <select id={id} value={watchId} onChange={(event) => setWatchId(event.currentTarget.value)}>
            <WatchOptions watches={watches} />
          </select>
        </div>
        <button type="submit" class="primary">
          {t('why.ask')}
        </button>
      </div>
    </form>
  );
}

/** How the sources of the article's site are: perhaps one of them is in trouble. */
function Details({ problem: { errors } }: { readonly problem: Problem }) {
  return (
    <ul class="card">
      {errors.map(({ detail }) => (
        <li key={detail}>{detail.replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, untilTime)}</li>
      ))}
    </ul>
  );
}
