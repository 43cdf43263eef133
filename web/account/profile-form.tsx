import { useId, useState } from 'preact/hooks';
import { call } from '../api/client.ts';
import type { Me } from '../api/types.ts';
import { t } from '../i18n.ts';
import { useAction } from '../ui/action.ts';
import { Field } from '../ui/field.tsx';
import { Trouble } from '../ui/states.tsx';
import { toast } from '../ui/toast.tsx';

const zones = ['UTC', ...Intl.supportedValuesOf('timeZone')];

export function ProfileForm({ me }: { readonly me: Me }) {
  const [name, setName] = useState(me.name ?? '');
  const [timeZone, setTimeZone] = useState(me.timeZone);
  const { busy, problem, run } = useAction();
  const id = useId();
  const submit = (event: Event) => {
    event.preventDefault();
    void run(async () => {
      await call('PATCH', '/v1/me', { body: { timeZone, ...(name.trim() && { name: name.trim() }) } });
      toast(t('account.saved'));
    });
  };
  return (
    <form class="card" onSubmit={submit}>
      <Field label={t('account.name')} value={name} onText={setName} maxLength={100} autocomplete="name" />
      <div class="field">
        <label for={id}>{t('account.timeZone')}</label>
        <select id={id} value={timeZone} onChange={(event) => setTimeZone(event.currentTarget.value)}>
          {[...new Set([timeZone, ...zones])].map((zone) => (
            <option key={zone}>{zone}</option>
          ))}
        </select>
      </div>
      <Trouble problem={problem} />
      <div class="form-foot">
        <button type="submit" class="primary" disabled={busy}>
          {t('save')}
        </button>
      </div>
    </form>
  );
}
