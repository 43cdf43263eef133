import { useState } from 'preact/hooks';
import { call } from '../api/client.ts';
import type { Me, Subscriber } from '../api/types.ts';
import { relativeTime, t } from '../i18n.ts';
import { useResource } from '../resource.ts';
import { useAction } from '../ui/action.ts';
import { channelIcon } from '../ui/channel-icon.ts';
import { Icon } from '../ui/icons.tsx';
import { Skeleton, Trouble } from '../ui/states.tsx';
import { toast } from '../ui/toast.tsx';

interface SubscriberCardProps {
  readonly subscriber: Subscriber;
  readonly onErased: () => void;
}

export function SubscriberCard({ subscriber, onErased }: SubscriberCardProps) {
  const { id, timeZone, createdAt } = subscriber;
  const name = subscriber.name ?? t('subscribers.nameless');
  const [open, setOpen] = useState(false);
  return (
    <li class="card">
      <details onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>
          <h2>{name}</h2>
          <span class="hint">
            {t('subscribers.since', { time: relativeTime(createdAt) })} · {timeZone}
          </span>
        </summary>
        {open && <Channels path={`/v1/subscribers/${id}`} />}
        <Erase path={`/v1/subscribers/${id}`} name={name} onErased={onErased} />
      </details>
    </li>
  );
}

function Channels({ path }: { readonly path: string }) {
  const { data, problem, reload } = useResource<Me>(path);
  if (!data)
    return problem ? <Trouble problem={problem} retry={() => void reload()} /> : <Skeleton rows={1} />;
  if (data.channels.length === 0) return <p class="hint">{t('subscribers.noChannels')}</p>;
  return (
    <ul class="deliveries" aria-label={t('subscribers.channels')}>
      {data.channels.map(({ id, kind, address, state }) => (
        <li key={id}>
          <Icon name={channelIcon(kind)} />
          <span class="address">{address}</span>
          <span class={`state ${state}`}>{t(`channel.${state}`)}</span>
        </li>
      ))}
    </ul>
  );
}

interface EraseProps {
  readonly path: string;
  readonly name: string;
  readonly onErased: () => void;
}

function Erase({ path, name, onErased }: EraseProps) {
  const { busy, problem, run } = useAction();
  const erase = () =>
    run(async () => {
      if (!confirm(`${name}: ${t('subscribers.eraseText')}`)) return;
      await call('DELETE', path);
      toast(t('subscribers.erased', { name }));
      onErased();
    });
  return (
    <div class="card-foot">
      <button type="button" class="link" disabled={busy} onClick={() => void erase()}>
        {t('subscribers.erase', { name })}
      </button>
      <Trouble problem={problem} />
    </div>
  );
}
