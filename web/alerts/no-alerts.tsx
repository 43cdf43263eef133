/** Why there is nothing: nothing is watched for, nothing came yet, or nothing has the words. */
import type { Watch } from '../api/types.ts';
import { t } from '../i18n.ts';
import { Link } from '../router.tsx';
import { Empty } from '../ui/states.tsx';
import { FirstWatch } from '../watches/first-watch.tsx';
import { type AlertsPlace, placeOf } from './alerts-place.ts';

interface NoAlertsProps {
  readonly place: AlertsPlace;
  readonly watches: readonly Watch[] | undefined;
}

export function NoAlerts({ place: { watchId, search }, watches }: NoAlertsProps) {
  if (search)
    return (
      <Empty icon="watch" title={t('alerts.emptySearch', { search })}>
        <p>{t('alerts.emptySearchText')}</p>
        <Link href={placeOf({ watchId, search: '' })} class="button">
          {t('alerts.noSearch')}
        </Link>
      </Empty>
    );
  const begins = watches?.length === 0;
  return (
    <Empty icon="bell" title={watchId ? t('alerts.emptyWatch') : t('alerts.empty')}>
      {begins ? <FirstWatch /> : <p>{t('alerts.emptyText')}</p>}
    </Empty>
  );
}
