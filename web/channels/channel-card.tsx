import { useState } from 'preact/hooks';
import { call } from '../api/client.ts';
import type { Channel } from '../api/types.ts';
import { exactTime, t } from '../i18n.ts';
import { channelIcon } from '../ui/channel-icon.ts';
import { Field } from '../ui/field.tsx';
import { Icon } from '../ui/icons.tsx';
import { QuietHours } from './quiet-hours.tsx';

interface ChannelCardProps {
  readonly channel: Channel;
  /** Does it, shows what went wrong, and what is now. */
  act(work: () => Promise<unknown>): void;
  remove(): Promise<unknown>;
}

export function ChannelCard({ channel, act, remove }: ChannelCardProps) {
  const { id, kind, address, state, disabledUntil } = channel;
  const check = () => call('GET', `/v1/me/channels/${id}`);
  const resend = () => call('POST', '/v1/me/channels', { body: { kind, address } });
  return (
    <li class="card">
      <div class="card-head">
        <h2>
          <Icon name={channelIcon(kind)} />
          <span class="address">{address}</span>
        </h2>
        <span class={`state ${state}`}>{t(`channel.${state}`)}</span>
      </div>
      {state !== 'confirmed' && <p>{t(`channel.${state}.${kind}`)}</p>}
      {state === 'pending' && kind !== 'webhook' && <Confirm {...{ channel, act }} />}
      {disabledUntil && Date.parse(disabledUntil) > Date.now() && (
        <p class="warned">{t('channel.disabled', { time: exactTime(disabledUntil) })}</p>
      )}
      {state === 'confirmed' && <QuietHours channel={channel} act={act} />}
      <div class="card-foot">
        <span class="hint">{t(`channel.${kind}`)}</span>
        <button type="button" class="link" onClick={() => act(check)}>
          {t('channels.check')}
        </button>
        {state !== 'confirmed' && (
          <button type="button" class="link" onClick={() => act(resend)}>
            {t('channels.resend')}
          </button>
        )}
        <button
          type="button"
          class="link"
          aria-label={t('channels.remove', { address })}
          onClick={() => act(remove)}
        >
          {t('remove')}
        </button>
      </div>
    </li>
  );
}

/** The code that a phone was sent, or the link from Amazon's mail. */
function Confirm({ channel: { id, kind }, act }: Omit<ChannelCardProps, 'remove'>) {
  const [text, setText] = useState('');
  const byLink = kind === 'email';
  const path = byLink ? '/v1/channels/confirm' : `/v1/me/channels/${id}/confirm`;
  const submit = (event: Event) => {
    event.preventDefault();
    const body = byLink ? { link: text.trim() } : { code: text.trim() };
    act(async () => {
      await call('POST', path, { body });
      if (byLink) await call('GET', `/v1/me/channels/${id}`); // reads its state anew
    });
  };
  return (
    <form class="inline" onSubmit={submit}>
      <Field
        label={byLink ? t('signIn.link') : t('signIn.code')}
        value={text}
        onText={setText}
        required
        autocomplete={byLink ? 'off' : 'one-time-code'}
      />
      <button type="submit">{t('channels.confirmCode')}</button>
    </form>
  );
}
