/** Tokens of the reader: where they are signed in, and what programs use. A new one is shown once. */
import { useState } from 'preact/hooks';
import { call } from '../api/client.ts';
import { relativeTime, t } from '../i18n.ts';
import { useResource } from '../resource.ts';
import { useAction } from '../ui/action.ts';
import { Field } from '../ui/field.tsx';
import { Skeleton, Trouble } from '../ui/states.tsx';

interface Token {
  readonly id: string;
  readonly name: string;
  readonly use: 'session' | 'personal';
  readonly lastUsedAt?: string;
  readonly current: boolean;
}

export function Tokens() {
  const { data, problem, reload } = useResource<{ items: readonly Token[] }>('/v1/me/tokens');
  const { busy, problem: failed, run } = useAction();
  const [name, setName] = useState('');
  const [made, setMade] = useState('');
  const make = (event: Event) => {
    event.preventDefault();
    void run(async () => {
      setMade(
        (await call<{ token: string }>('POST', '/v1/me/tokens', { body: { name: name.trim() } })).token,
      );
      setName('');
      await reload();
    });
  };
  const revoke = (id: string) =>
    run(async () => {
      await call('DELETE', `/v1/me/tokens/${id}`);
      await reload();
    });
  return (
    <section class="card">
      <h2>{t('account.tokens')}</h2>
      <p>{t('account.tokensText')}</p>
      <Trouble problem={problem} retry={() => void reload()} />
      {!data && !problem && <Skeleton rows={1} />}
      <ul class="rows">
        {data?.items.map((token) => (
          <TokenRow key={token.id} token={token} onRevoke={() => void revoke(token.id)} />
        ))}
      </ul>
      <div role="status">
        {made && (
          <p class="secret">
            {t('account.newToken')} <code>{made}</code>
          </p>
        )}
      </div>
      <form class="inline" onSubmit={make}>
        <Field label={t('account.tokenName')} value={name} onText={setName} required maxLength={100} />
        <button type="submit" disabled={busy}>
          {t('account.makeToken')}
        </button>
      </form>
      <Trouble problem={failed} />
    </section>
  );
}

function TokenRow({ token, onRevoke }: { readonly token: Token; readonly onRevoke: () => void }) {
  const { name, use, lastUsedAt, current } = token;
  const used = lastUsedAt ? t('account.used', { time: relativeTime(lastUsedAt) }) : t('account.neverUsed');
  const facts = [use === 'session' && t('account.session'), current ? t('account.current') : used];
  return (
    <li>
      <strong>{name}</strong>
      <span class="hint">{facts.filter(Boolean).join(' · ')}</span>
      <button type="button" class="link" aria-label={t('account.revoke', { name })} onClick={onRevoke}>
        {t('remove')}
      </button>
    </li>
  );
}
