/** Signing in with a token, as operators do. It is tried before it is kept. */
import { useState } from 'preact/hooks';
import { Problem } from '../api/client.ts';
import { t } from '../i18n.ts';
import { roleOf, signIn } from '../session.ts';
import { useAction } from '../ui/action.ts';
import { Field } from '../ui/field.tsx';
import { Trouble } from '../ui/states.tsx';

async function tryToken(token: string): Promise<void> {
  const role = roleOf(token);
  if (!role) throw new Problem('not-a-token', t('signIn.noToken'));
  const authorization = `Bearer ${token}`;
  const path = role === 'operator' ? '/v1/sources?limit=1' : '/v1/me';
  const response = await fetch(path, { headers: { authorization } }).catch(() => undefined);
  if (!response) throw new Problem('offline', '');
  if (response.status === 401) throw new Problem('unauthenticated', '');
  if (!response.ok) throw new Problem('unavailable', '');
  signIn(token);
}

export function ByToken() {
  const [token, setToken] = useState('');
  const { busy, problem, run } = useAction();
  const submit = (event: Event) => {
    event.preventDefault();
    void run(() => tryToken(token.trim()));
  };
  return (
    <form onSubmit={submit}>
      <Field
        label={t('signIn.token')}
        hint={t('signIn.tokenHint')}
        value={token}
        onText={setToken}
        required
        autocomplete="off"
        spellcheck={false}
        class="mono"
      />
      <Trouble problem={problem} />
      <button type="submit" class="primary" disabled={busy}>
        {t('signIn.enter')}
      </button>
    </form>
  );
}
