/** Why an alert rang, when each step was, and where it went. */
import { useEffect } from 'preact/hooks';
import type { Alert, Channel, Delivery, Me } from '../api/types.ts';
import { duration, exactTime, maybe, t } from '../i18n.ts';
import { useResource } from '../resource.ts';
import { channelIcon } from '../ui/channel-icon.ts';
import { Icon } from '../ui/icons.tsx';
import { Skeleton, Trouble } from '../ui/states.tsx';
import { Time } from '../ui/time.tsx';
import { Because } from './because.tsx';

const steps = ['publishedAt', 'seenAt', 'matchedAt', 'sentAt'] as const;

export function AlertDetails({ alert }: { readonly alert: Alert }) {
  const { data, problem, reload } = useResource<Alert & { deliveries: readonly Delivery[] }>(
    `/v1/alerts/${alert.id}`,
  );
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
        <Steps alert={data ?? alert} />
      </section>
      <section>
        <h3>{t('alerts.deliveries')}</h3>
        <Trouble problem={problem} retry={() => void reload()} />
        {data ? <Deliveries deliveries={data.deliveries} /> : !problem && <Skeleton rows={1} />}
      </section>
    </div>
  );
}

/** Each step with its time; after the first, how much later it was. */
function Steps({ alert }: { readonly alert: Alert }) {
  const known = steps.flatMap((step) => (alert[step] ? [{ step, at: alert[step] }] : []));
  return (
    <ol class="steps">
      {known.map(({ step, at }, n) => {
        const before = known[n - 1]?.at;
        const seconds = before ? (Date.parse(at) - Date.parse(before)) / 1000 : 0;
        return (
          <li key={step}>
            <span>{t(`alerts.step.${step}`)}</span> <time dateTime={at}>{exactTime(at)}</time>
            {before && seconds >= 0.05 && <small> +{duration(seconds)}</small>}
          </li>
        );
      })}
    </ol>
  );
}

function Deliveries({ deliveries }: { readonly deliveries: readonly Delivery[] }) {
  const { data: me } = useResource<Me>('/v1/me');
  if (deliveries.length === 0) return <p>{t('alerts.noDeliveries')}</p>;
  return (
    <ul class="deliveries">
      {deliveries.map((delivery) => (
        <DeliveryLine
          key={delivery.channelId}
          delivery={delivery}
          channel={me?.channels.find(({ id }) => id === delivery.channelId)}
        />
      ))}
    </ul>
  );
}

function DeliveryLine({ delivery, channel }: { delivery: Delivery; channel: Channel | undefined }) {
  const { state, why, sentAt, failedAt, withdrawnAt, digestAt, dueAt } = delivery;
  const done = sentAt ?? failedAt ?? withdrawnAt;
  const until = done ? undefined : (digestAt ?? dueAt);
  return (
    <li>
      <Icon name={channelIcon(channel?.kind)} />
      <span class="address">{channel?.address ?? t('alerts.gone')}</span>
      <span class={`state ${state}`}>{t(`delivery.${state}`)}</span>
      {done && <Time iso={done} />}
      {until && <span>{t('delivery.until', { time: exactTime(until) })}</span>}
      {why && <small>{maybe(`why.${why}`) ?? why}</small>}
    </li>
  );
}
