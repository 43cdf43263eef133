/** What a page shows when it has nothing to show: it loads, there is nothing, or something went wrong. */
import type { ComponentChildren } from 'preact';
import type { Problem } from '../api/client.ts';
import { maybe, t } from '../i18n.ts';
import { Icon, type IconName } from './icons.tsx';

/** Grey lines where a list will be, as tall as its rows. */
export function Skeleton({ rows = 4 }: { readonly rows?: number }) {
  return (
    <div class="skeleton" role="status" aria-label={t('loading')}>
      {Array.from({ length: rows }, (_, row) => (
        <span key={row} />
      ))}
    </div>
  );
}

interface EmptyProps {
  readonly icon: IconName;
  readonly title: string;
  readonly children?: ComponentChildren;
}

export function Empty({ icon, title, children }: EmptyProps) {
  return (
    <div class="empty">
      <Icon name={icon} />
      <h2>{title}</h2>
      {children}
    </div>
  );
}

/** In our words where we have some, else in the API's. */
export function problemText({ slug, message, errors }: Problem): string {
  const details = errors.map(({ detail }) => detail);
  return maybe(`problem.${slug}`) ?? (details.length > 0 ? details.join('. ') : message);
}

interface TroubleProps {
  readonly problem: Problem | undefined;
  readonly retry?: () => void;
}

/** Always in the page, so that what appears in it is read out. */
export function Trouble({ problem, retry }: TroubleProps) {
  return (
    <div role="alert">
      {problem && (
        <p class="trouble">
          <Icon name="warning" />
          <span>{problemText(problem)}</span>
          {retry && (
            <button type="button" onClick={retry}>
              {t('retry')}
            </button>
          )}
        </p>
      )}
    </div>
  );
}
