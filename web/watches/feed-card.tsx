/** A watch as a feed, for feed readers. Its address is a secret that is shown once. */
import { useState } from 'preact/hooks';
import { call } from '../api/client.ts';
import { t } from '../i18n.ts';
import { useAction } from '../ui/action.ts';
import { Trouble } from '../ui/states.tsx';

export function FeedCard({ watchId }: { readonly watchId: string }) {
  const [address, setAddress] = useState('');
  const { busy, problem, run } = useAction();
  const make = () =>
    run(async () => {
      const { atom } = await call<{ atom: string }>('POST', `/v1/watches/${watchId}/feed`);
      setAddress(new URL(atom, location.origin).href);
    });
  return (
    <section class="card">
      <h2>{t('feed.title')}</h2>
      <p class="hint">{t('feed.text')}</p>
      <div role="status" class="secret">
        {address && (
          <p>
            {t('account.newToken')} <code>{address}</code>
          </p>
        )}
      </div>
      <Trouble problem={problem} />
      <div class="form-foot">
        <button type="button" disabled={busy} onClick={() => void make()}>
          {t('feed.make')}
        </button>
      </div>
    </section>
  );
}
