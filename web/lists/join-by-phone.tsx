/** Following a list by text, with a phone that one has confirmed as a channel. */
import { call } from '../api/client.ts';
import type { Me } from '../api/types.ts';
import { t } from '../i18n.ts';
import { useResource } from '../resource.ts';
import { Link } from '../router.tsx';
import { useAction } from '../ui/action.ts';
import { Icon } from '../ui/icons.tsx';
import { Trouble } from '../ui/states.tsx';
import { toast } from '../ui/toast.tsx';
import { type List, listPath } from './list-types.ts';

interface JoinByPhoneProps {
  readonly list: List;
  readonly onChanged: () => void;
}

export function JoinByPhone({ list, onChanged }: JoinByPhoneProps) {
  const { data: me } = useResource<Me>('/v1/me');
  const { busy, problem, run } = useAction();
  const phones = me?.channels.filter(({ kind, state }) => kind === 'sms' && state === 'confirmed') ?? [];
  const path = `${listPath(list)}/members`;
  const join = (channelId: string, address: string) =>
    run(async () => {
      await call('POST', path, { body: { channelId } });
      toast(t('join.joined', { address }));
      onChanged();
    });
  const leave = (channelId: string, address: string) =>
    run(async () => {
      await call('DELETE', `${path}/${channelId}`);
      toast(t('join.left', { address }));
      onChanged();
    });
  return (
    <section class="card">
      <h2>{t('join.phone')}</h2>
      {me && phones.length === 0 && (
        <p class="hint">
          {t('join.noPhone')} <Link href="/channels">{t('nav.channels')}</Link>
        </p>
      )}
      <ul class="deliveries">
        {phones.map(({ id, address }) => {
          const follows = list.joined?.includes(id);
          return (
            <li key={id}>
              <Icon name="text" />
              <span class="address">{address}</span>
              {follows && <span class="state confirmed">{t('join.follows')}</span>}
              <button
                type="button"
                aria-label={`${follows ? t('join.end') : t('join.follow')}: ${address}`}
                disabled={busy}
                onClick={() => void (follows ? leave(id, address) : join(id, address))}
              >
                {follows ? t('join.end') : t('join.follow')}
              </button>
            </li>
          );
        })}
      </ul>
      <Trouble problem={problem} />
    </section>
  );
}
