/** Why an alert rang, when each step was, where it went, and who else tells the story. */
import { useEffect } from 'preact/hooks';
import type { Alert, AlertDetail } from '../api/types.ts';
import { t } from '../i18n.ts';
import { useResource } from '../resource.ts';
import { Skeleton, Trouble } from '../ui/states.tsx';
import { Because } from './because.tsx';
import { Copies } from './copies.tsx';
import { Deliveries } from './deliveries.tsx';
import { Steps } from './steps.tsx';

export function AlertDetails({ alert }: { readonly alert: Alert }) {
  const { data, problem, reload } = useResource<AlertDetail>(`/v1/alerts/${alert.id}`);
  // Deliveries go on while the details are open: they are looked up again whenever the list was.
  useEffect(() => void reload(), [alert]);
  return (
    <div class="details">
      <section>
        <h3>{t('alerts.because')}</h3>
        <Because watches={alert.watches} />
      </section>
      <section>
        <h3>{t('alerts.steps')}</h3>
        <Steps times={data ?? alert} />
      </section>
      <section>
        <h3>{t('alerts.deliveries')}</h3>
        <Trouble problem={problem} retry={() => void reload()} />
        {data ? <Deliveries deliveries={data.deliveries} /> : !problem && <Skeleton rows={1} />}
      </section>
      <Copies copies={data?.copies ?? []} />
    </div>
  );
}
