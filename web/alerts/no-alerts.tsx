/** Why there is nothing: nothing is watched for, nothing came yet, or nothing has the words. */
import type { Watch } from '../api/types.ts';
import { t } from '../i18n.ts';
import { Link } from '../router.tsx';
import { Empty } from '../ui/states.tsx';
import type { AlertsPlace } from './alerts-place.ts';

interface NoAlertsProps {
  readonly place: AlertsPlace;
  readonly watches: readonly Watch[] | undefined;
}

export function NoAlerts({ place: { watchId, search }, watches }: NoAlertsProps) {
  if (search)
    return (
      <Empty icon="watch" title={t('alerts.emptySearch', { search })}>
        <p>{t('alerts.emptySearchText')}</p>
        <Link href={watchId ? `/?watch=${watchId}` : '/'} class="button">
          {t('alerts.noSearch')}
        </Link>
      </Empty>
    );
  const begins = watches?.length === 0;
  return (
    <Empty icon="bell" title={watchId ? t('alerts.emptyWatch') : t('alerts.empty')}>
      <p>{begins ? t('alerts.noWatch') : t('alerts.emptyText')}</p>
      {begins && (
        <Link href="/watches/new" class="button primary">
          {t('watches.new')}
        </Link>
      )}
    </Empty>
  );
}
