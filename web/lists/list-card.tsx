/** One list among others. */
import type { ComponentChildren } from 'preact';
import { t } from '../i18n.ts';
import { Link } from '../router.tsx';
import type { List } from './list-types.ts';

interface ListCardProps {
  readonly list: List;
  /** What else there is to say, and what can be done. */
  readonly children?: ComponentChildren;
}

export function ListCard({ list, children }: ListCardProps) {
  const { id, name, description, query, frequency, paused } = list;
  return (
    <li class={paused ? 'card paused' : 'card'}>
      <div class="card-head">
        <h2>
          <Link href={`/lists/${id}`}>{name}</Link>
        </h2>
        <span class={paused ? 'state waiting' : 'state'}>
          {paused ? t('watches.paused') : t(`frequency.${frequency}`)}
        </span>
      </div>
      {description && <p>{description}</p>}
      <code>{query}</code>
      {children}
    </li>
  );
}
