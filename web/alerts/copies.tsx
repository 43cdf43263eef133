/** Who else tells a story, each with a link to how they tell it. */
import type { Copy } from '../api/types.ts';
import { t } from '../i18n.ts';
import { Time } from '../ui/time.tsx';

export function Copies({ copies }: { readonly copies: readonly Copy[] }) {
  if (copies.length === 0) return null;
  return (
    <section>
      <h3>{t('alerts.copies')}</h3>
      <ul class="copies">
        {copies.map(({ id, url, title, sourceName, seenAt }) => (
          <li key={id}>
            <a href={url} target="_blank" rel="noreferrer noopener">
              {title}
            </a>{' '}
            <span class="meta">
              {sourceName ?? new URL(url).hostname} <Time iso={seenAt} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
