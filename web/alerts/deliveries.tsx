/** Where an alert went, and where it waits. */
import type { Channel, Delivery, Me } from '../api/types.ts';
import { maybe, t, untilTime } from '../i18n.ts';
import { useResource } from '../resource.ts';
import { channelIcon } from '../ui/channel-icon.ts';
import { Icon } from '../ui/icons.tsx';
import { Skeleton } from '../ui/states.tsx';
import { Time } from '../ui/time.tsx';

export function Deliveries({ deliveries }: { readonly deliveries: readonly Delivery[] }) {
  const { data: me, problem } = useResource<Me>('/v1/me');
  if (deliveries.length === 0) return <p>{t('alerts.noDeliveries')}</p>;
  if (!me && !problem) return <Skeleton rows={1} />; // a channel is not called removed before that is known
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
      {until && <span>{t('delivery.until', { time: untilTime(until) })}</span>}
      {why && <small>{maybe(`why.${why}`) ?? why}</small>}
    </li>
  );
}
