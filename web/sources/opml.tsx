/** All sources to a file that feed readers read, and from one. */
import { call, callText } from '../api/client.ts';
import { t } from '../i18n.ts';
import { useAction } from '../ui/action.ts';
import { download } from '../ui/download.ts';
import { Trouble } from '../ui/states.tsx';
import { toast } from '../ui/toast.tsx';

const path = '/v1/sources/opml';

export function Opml({ onAdded }: { readonly onAdded: () => void }) {
  const { busy, problem, run } = useAction();
  const take = () => run(async () => download('tocsin.opml', 'text/x-opml', await callText(path)));
  const bring = (file: File | undefined) =>
    run(async () => {
      if (!file) return;
      const body = { opml: await file.text() };
      const { added } = await call<{ added: readonly string[] }>('POST', path, { body });
      toast(t('sources.imported', { n: added.length }));
      onAdded();
    });
  return (
    <div>
      <div class="form-foot">
        <label class="button">
          {t('sources.import')}
          <input
            type="file"
            class="unseen"
            accept=".opml,.xml"
            disabled={busy}
            onChange={(event) => void bring(event.currentTarget.files?.[0])}
          />
        </label>
        <button type="button" disabled={busy} onClick={() => void take()}>
          {t('sources.export')}
        </button>
      </div>
      <Trouble problem={problem} />
    </div>
  );
}
