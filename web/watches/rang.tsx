/** Whether an article rang for a watch and, where it did not, why not. Looked up when it is asked. */
import { useState } from 'preact/hooks';
import { call } from '../api/client.ts';
import type { Explanation } from '../api/types.ts';
import { maybe, t } from '../i18n.ts';
import { Link } from '../router.tsx';
import { useAction } from '../ui/action.ts';
import { Trouble } from '../ui/states.tsx';

interface RangProps {
  readonly articleId: string;
  readonly url: string;
  readonly watchId: string;
}

export function Rang({ articleId, url, watchId }: RangProps) {
  const [found, setFound] = useState<Explanation>();
  const { busy, problem, run } = useAction();
  const ask = () =>
    run(async () =>
      setFound(await call<Explanation>('GET', `/v1/explain?article=${articleId}&watch=${watchId}`)),
    );
  return (
    <div>
      {!found && (
        <button type="button" class="link" disabled={busy} onClick={() => void ask()}>
          {t('explain.ask')}
        </button>
      )}
      <p role="status" class="hint">
        {found && (
          <>
            {maybe(`explain.${found.outcome}`) ?? found.why}{' '}
            <Link href={`/why?${new URLSearchParams({ url, watch: watchId })}`}>{t('explain.more')}</Link>
          </>
        )}
      </p>
      <Trouble problem={problem} />
    </div>
  );
}
