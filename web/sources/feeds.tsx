/** Feeds that can be added. */
import { t } from '../i18n.ts';

export interface Feed {
  readonly url: string;
  readonly title?: string;
}

interface FeedsProps {
  readonly feeds: readonly Feed[];
  readonly busy: boolean;
  readonly onAdd: (feed: Feed) => void;
}

export function Feeds({ feeds, busy, onAdd }: FeedsProps) {
  return (
    <ul class="rows">
      {feeds.map((feed) => (
        <li key={feed.url}>
          <strong>{feed.title ?? feed.url}</strong>
          <span class="hint address">{feed.url}</span>
          <button
            type="button"
            disabled={busy}
            aria-label={`${t('sources.add')}: ${feed.title ?? feed.url}`}
            onClick={() => onAdd(feed)}
          >
            {t('sources.add')}
          </button>
        </li>
      ))}
    </ul>
  );
}
