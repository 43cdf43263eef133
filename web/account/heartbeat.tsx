/** A message each Monday, also when nothing rang: whoever hears nothing knows that nothing is broken. */
import { call } from '../api/client.ts';
import type { Me } from '../api/types.ts';
import { t } from '../i18n.ts';
import { useAction } from '../ui/action.ts';
import { Trouble } from '../ui/states.tsx';
import { toast } from '../ui/toast.tsx';

interface HeartbeatProps {
  readonly me: Me;
  readonly onChanged: (heartbeat: 'weekly' | 'off') => void;
}

export function Heartbeat({ me: { heartbeat }, onChanged }: HeartbeatProps) {
  const { busy, problem, run } = useAction();
  const set = (wanted: 'weekly' | 'off') =>
    run(async () => {
      await call('PATCH', '/v1/me', { body: { heartbeat: wanted } });
      onChanged(wanted);
      toast(t('account.saved'));
    });
  return (
    <section class="card">
      <h2>{t('heartbeat.title')}</h2>
      <div class="checks">
        <label>
          <input
            type="checkbox"
            checked={heartbeat === 'weekly'}
            disabled={busy}
            onChange={(event) => void set(event.currentTarget.checked ? 'weekly' : 'off')}
          />
          {t('heartbeat.wanted')}
        </label>
      </div>
      <p class="hint">{t('heartbeat.text')}</p>
      <Trouble problem={problem} />
    </section>
  );
}
