/** Following a list by e-mail, which needs no account: Amazon asks to confirm, and each mail has a link to leave. */
import { useState } from 'preact/hooks';
import { call } from '../api/client.ts';
import { t } from '../i18n.ts';
import { useAction } from '../ui/action.ts';
import { EmailField } from '../ui/email-field.tsx';
import { Trouble } from '../ui/states.tsx';

export function JoinByMail({ listId }: { readonly listId: string }) {
  const [address, setAddress] = useState('');
  const [asked, setAsked] = useState('');
  const { busy, problem, run } = useAction();
  const submit = (event: Event) => {
    event.preventDefault();
    void run(async () => {
      const body = { kind: 'email', address: address.trim() };
      await call('POST', `/v1/lists/${listId}/members`, { body });
      setAsked(body.address);
      setAddress('');
    });
  };
  return (
    <form class="card" onSubmit={submit}>
      <h2>{t('join.mail')}</h2>
      <div class="inline">
        <EmailField value={address} onText={setAddress} autocomplete="email" />
        <button type="submit" class="primary" disabled={busy}>
          {t('join.follow')}
        </button>
      </div>
      <Trouble problem={problem} />
      <p role="status">{asked && t('join.asked', { address: asked })}</p>
      <p class="hint">{t('join.leave')}</p>
    </form>
  );
}
