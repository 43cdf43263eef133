/** Taking everything along, and leaving nothing behind. */
import { useState } from 'preact/hooks';
import { call } from '../api/client.ts';
import { t } from '../i18n.ts';
import { signOut } from '../session.ts';
import { useAction } from '../ui/action.ts';
import { download } from '../ui/download.ts';
import { Trouble } from '../ui/states.tsx';

interface ExportPage {
  readonly alerts: readonly unknown[];
  readonly next?: string;
}

/** All pages of the export in one. */
async function readExport(): Promise<object> {
  const { next, ...first } = await call<ExportPage>('GET', '/v1/me/export');
  const alerts = [...first.alerts];
  for (let cursor = next; cursor; ) {
    const page = await call<ExportPage>('GET', `/v1/me/export?cursor=${encodeURIComponent(cursor)}`);
    alerts.push(...page.alerts);
    cursor = page.next;
  }
  return { ...first, alerts };
}

async function takeAlong(): Promise<void> {
  download('tocsin.json', 'application/json', JSON.stringify(await readExport(), undefined, 2));
}

export function Leaving() {
  const [sure, setSure] = useState(false);
  const { busy, problem, run } = useAction();
  const erase = () =>
    run(async () => {
      await call('DELETE', '/v1/me');
      signOut();
    });
  return (
    <section class="card">
      <h2>{t('account.erase')}</h2>
      <p>{t('account.eraseText')}</p>
      <Trouble problem={problem} />
      <div class="form-foot">
        <button type="button" disabled={busy} onClick={() => void run(takeAlong)}>
          {t('account.export')}
        </button>
        {!sure && (
          <button type="button" class="danger" onClick={() => setSure(true)}>
            {t('account.erase')}
          </button>
        )}
        {sure && (
          <>
            <button type="button" class="danger" disabled={busy} onClick={() => void erase()}>
              {t('account.eraseConfirm')}
            </button>
            <button type="button" onClick={() => setSure(false)}>
              {t('cancel')}
            </button>
          </>
        )}
      </div>
    </section>
  );
}
