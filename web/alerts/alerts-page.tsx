/** Alerts, newest first, of all watches or of one. New ones are looked for while the page is in sight. */
import type { Alert, Watch } from '../api/types.ts';
import { t } from '../i18n.ts';
import { useEndlessList, useList } from '../resource.ts';
import { Link, navigate } from '../router.tsx';
import { EndOfList } from '../ui/end-of-list.tsx';
import { PageFrame } from '../ui/page.tsx';
import { Empty, Skeleton, Trouble } from '../ui/states.tsx';
import { AlertItem } from './alert-item.tsx';
import { useNews } from './news.ts';

export function AlertsPage({ watchId }: { readonly watchId: string }) {
  const path = `/v1/alerts?limit=20${watchId && `&watch=${watchId}`}`;
  const alerts = useEndlessList<Alert>(path);
  const watches = useList<Watch>('/v1/watches');
  const { shown, waiting, show } = useNews(path, alerts);
  return (
    <PageFrame
      title={t('alerts.title')}
      actions={<WatchFilter watches={watches.data ?? []} watchId={watchId} />}
    >
      <div class="news" role="status">
        {waiting > 0 && (
          <button type="button" class="primary pill" onClick={show}>
            {t('alerts.new', { n: waiting })}
          </button>
        )}
      </div>
      <Trouble problem={alerts.problem} retry={() => void alerts.refresh()} />
      {!shown && !alerts.problem && <Skeleton />}
      {shown?.length === 0 && !alerts.hasMore && <NoAlerts watchId={watchId} watches={watches.data} />}
      <ol class="alerts">
        {shown?.map((alert) => (
          <AlertItem key={alert.id} alert={alert} />
        ))}
      </ol>
      {shown && <EndOfList list={alerts} text={t('alerts.end')} />}
    </PageFrame>
  );
}

function WatchFilter({ watches, watchId }: { readonly watches: readonly Watch[]; readonly watchId: string }) {
  if (watches.length === 0) return null;
  const choose = (id: string) => navigate(id ? `/?watch=${id}` : '/');
  return (
    <select
      aria-label={t('alerts.ofWatch')}
      value={watchId}
      onChange={(event) => choose(event.currentTarget.value)}
    >
      <option value="">{t('alerts.all')}</option>
      {watches.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </select>
  );
}

interface NoAlertsProps {
  readonly watchId: string;
  readonly watches: readonly Watch[] | undefined;
}

function NoAlerts({ watchId, watches }: NoAlertsProps) {
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
