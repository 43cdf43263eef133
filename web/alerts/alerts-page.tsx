/** Alerts, newest first, of all watches or of one, with some words. New ones are looked for while it is in sight. */
import type { Alert, Watch } from '../api/types.ts';
import { t } from '../i18n.ts';
import { useEndlessList, useList } from '../resource.ts';
import { Link, navigate } from '../router.tsx';
import { EndOfList } from '../ui/end-of-list.tsx';
import { PageFrame } from '../ui/page.tsx';
import { Skeleton, Trouble } from '../ui/states.tsx';
import { WatchOptions } from '../watches/watch-options.tsx';
import { AlertItem } from './alert-item.tsx';
import { type AlertsPlace, apiPathOf, placeOf } from './alerts-place.ts';
import { useNews } from './news.ts';
import { NoAlerts } from './no-alerts.tsx';
import { SearchBox } from './search-box.tsx';

export function AlertsPage(place: AlertsPlace) {
  const path = apiPathOf(place);
  const alerts = useEndlessList<Alert>(path);
  const watches = useList<Watch>('/v1/watches');
  const { shown, waiting, show } = useNews(path, alerts);
  return (
    <PageFrame title={t('alerts.title')} actions={<Filters place={place} watches={watches.data} />}>
      <div class="news" role="status">
        {waiting > 0 && (
          <button type="button" class="primary pill" onClick={show}>
            {t('alerts.new', { n: waiting })}
          </button>
        )}
      </div>
      <Trouble problem={alerts.problem} retry={() => void alerts.refresh()} />
      {!shown && !alerts.problem && <Skeleton />}
      {shown?.length === 0 && !alerts.hasMore && <NoAlerts place={place} watches={watches.data} />}
      <ol class="alerts">
        {shown?.map((alert) => (
          <AlertItem key={alert.id} alert={alert} />
        ))}
      </ol>
      {shown && <EndOfList list={alerts} text={t('alerts.end')} />}
      {shown && (
        <p class="missing">
          <Link href="/why">{t('why.missing')}</Link>
        </p>
      )}
    </PageFrame>
  );
}

interface FiltersProps {
  readonly place: AlertsPlace;
  /** Undefined while they are not known: room is kept for them. */
  readonly watches: readonly Watch[] | undefined;
}

function Filters({ place, watches }: FiltersProps) {
  const choose = (watchId: string) => navigate(placeOf({ ...place, watchId }));
  return (
    <div class="filters">
      <SearchBox
        search={place.search}
        onSearch={(search) => navigate(placeOf({ ...place, search }), { replace: true })}
      />
      {watches?.length !== 0 && (
        <select
          aria-label={t('alerts.ofWatch')}
          value={place.watchId}
          onChange={(event) => choose(event.currentTarget.value)}
        >
          <WatchOptions watches={watches ?? []} />
        </select>
      )}
    </div>
  );
}
