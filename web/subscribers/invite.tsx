import { useState } from 'preact/hooks';
import { call } from '../api/client.ts';
import { t } from '../i18n.ts';
import { useAction } from '../ui/action.ts';
import { EmailField } from '../ui/email-field.tsx';
import { Field } from '../ui/field.tsx';
import { Trouble } from '../ui/states.tsx';
import { toast } from '../ui/toast.tsx';

export function Invite({ onInvited }: { readonly onInvited: () => void }) {
  const [name, setName] = useState('');
  const [address, setAddress] = useState('');
  const { busy, problem, run } = useAction();
  const submit = (event: Event) => {
    event.preventDefault();
    void run(async () => {
      const channels = [{ kind: 'email', address: address.trim() }];
      await call('POST', '/v1/subscribers', {
        body: { channels, ...(name.trim() && { name: name.trim() }) },
      });
      toast(t('subscribers.invited', { address: address.trim() }));
      setName('');
      setAddress('');
      onInvited();
    });
  };
  return (
    <form class="card add" onSubmit={submit}>
      <div class="inline">
        <EmailField value={address} onText={setAddress} autocomplete="off" />
        <Field
          label={t('subscribers.name')}
          value={name}
          onText={setName}
          maxLength={100}
          autocomplete="off"
        />
        <button type="submit" class="primary" disabled={busy}>
          {t('subscribers.invite')}
        </button>
      </div>
      <Trouble problem={problem} />
    </form>
  );
}
