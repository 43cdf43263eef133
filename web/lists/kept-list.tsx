/** A list as its keeper sees it: how many follow it, and what can be done with it. */
import { t } from '../i18n.ts';
import { Link } from '../router.tsx';
import { removeLater } from '../ui/undoable.ts';
import { ListCard } from './list-card.tsx';
import { type List, listPath } from './list-types.ts';

interface KeptListProps {
  readonly list: List;
  readonly onPause: () => void;
}

export function KeptList({ list, onPause }: KeptListProps) {
  const { id, name, paused } = list;
  return (
    <ListCard list={list}>
      <div class="card-foot">
        <span class="hint grow">{membersText(list)}</span>
        <Link href={`/lists/${id}/edit`}>{t('watches.edit')}</Link>
        <button type="button" class="link" onClick={onPause}>
          {paused ? t('watches.resume') : t('watches.pause')}
        </button>
        <button
          type="button"
          class="link"
          onClick={() => removeLater(listPath(list), t('watches.removed', { name }))}
        >
          {t('remove')}
        </button>
      </div>
    </ListCard>
  );
}

export function membersText({ members }: List): string {
  if (!members) return '';
  const { confirmed, pending, sms } = members;
  const parts = [
    t('lists.followers', { n: confirmed + sms }),
    sms > 0 && t('lists.phones', { n: sms }),
    pending > 0 && t('lists.pending', { n: pending }),
  ];
  return parts.filter(Boolean).join(' · ');
}
