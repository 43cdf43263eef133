/** The hours in which a channel is left alone, on its reader's clock. */
import { useState } from 'preact/hooks';
import { call } from '../api/client.ts';
import type { Channel } from '../api/types.ts';
import { t } from '../i18n.ts';
import { Field } from '../ui/field.tsx';

const night = { from: '22:00', to: '07:00' };

interface QuietHoursProps {
  readonly channel: Channel;
  act(work: () => Promise<unknown>): void;
}

export function QuietHours({ channel: { id, quietHours }, act }: QuietHoursProps) {
  const [{ from, to }, setHours] = useState(quietHours ?? night);
  const set = (hours: typeof night | null) =>
    act(() => call('PATCH', `/v1/me/channels/${id}`, { body: { quietHours: hours } }));
  const submit = (event: Event) => {
    event.preventDefault();
    set({ from, to });
  };
  return (
    <details>
      <summary>{quietHours ? t('channels.quietNow', quietHours) : t('channels.quiet')}</summary>
      <p class="hint">{t('channels.quietText')}</p>
      <form class="inline" onSubmit={submit}>
        <Field
          label={t('channels.from')}
          type="time"
          required
          value={from}
          onText={(text) => setHours({ from: text, to })}
        />
        <Field
          label={t('channels.to')}
          type="time"
          required
          value={to}
          onText={(text) => setHours({ from, to: text })}
        />
        <button type="submit">{t('save')}</button>
        {quietHours && (
          <button type="button" onClick={() => set(null)}>
            {t('channels.noQuiet')}
          </button>
        )}
      </form>
    </details>
  );
}
