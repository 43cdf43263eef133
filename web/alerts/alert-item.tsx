/** One alert: the story with the words that matched, and on demand why it rang, when each step was, where it went. */
import { useId, useMemo, useState } from 'preact/hooks';
import type { Alert } from '../api/types.ts';
import { t } from '../i18n.ts';
import { Link } from '../router.tsx';
import { Icon } from '../ui/icons.tsx';
import { Marked } from '../ui/marked.tsx';
import { Time } from '../ui/time.tsx';
import { AlertDetails } from './alert-details.tsx';
import { highlights } from './highlights.ts';

export function AlertItem({ alert }: { readonly alert: Alert }) {
  const { article, watches, seenAt, publishedAt } = alert;
  const [open, setOpen] = useState(false);
  const details = useId();
  const marks = useMemo(() => highlights(alert), [alert]);
  return (
    <li class="alert">
      <p class="meta">
        {article.sourceName ?? new URL(article.url).hostname} <Time iso={publishedAt ?? seenAt} />
      </p>
      <h2>
        <a href={article.url} target="_blank" rel="noreferrer noopener" lang={article.language}>
          <Marked text={article.title} spans={marks.title} />
        </a>
      </h2>
      {article.summary && (
        <p class="summary" lang={article.language}>
          <Marked text={article.summary} spans={marks.summary} />
        </p>
      )}
      <div class="alert-foot">
        <ul class="tags" aria-label={t('alerts.matched')}>
          {watches.map(({ watchId, name }) => (
            <li key={watchId}>
              <Link href={`/?watch=${watchId}`}>{name}</Link>
            </li>
          ))}
        </ul>
        <button
          type="button"
          class="quiet fold"
          aria-expanded={open}
          aria-controls={details}
          onClick={() => setOpen(!open)}
        >
          {t('alerts.why')}
          <Icon name="chevron" />
        </button>
      </div>
      <div id={details} hidden={!open}>
        {open && <AlertDetails alert={alert} />}
      </div>
    </li>
  );
}
