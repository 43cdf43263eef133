/** A new watch, or one that is changed: the form, and beside it what it would have found. */
import { call } from '../api/client.ts';
import type { Me, Watch } from '../api/types.ts';
import { t } from '../i18n.ts';
import { useFresh, useResource } from '../resource.ts';
import { PageFrame } from '../ui/page.tsx';
import { Skeleton, Trouble } from '../ui/states.tsx';
import { FeedCard } from './feed-card.tsx';
import { WatchForm } from './watch-form.tsx';

export function EditPage({ watchId }: { readonly watchId?: string }) {
  const title = watchId ? t('editor.edit') : t('editor.new');
  return <PageFrame title={title}>{watchId ? <Existing watchId={watchId} /> : <Fresh />}</PageFrame>;
}

function Fresh() {
  const { data: me } = useResource<Me>('/v1/me');
  return <WatchForm channels={me?.channels} save={(body) => call('POST', '/v1/watches', { body })} />;
}

function Existing({ watchId }: { readonly watchId: string }) {
  const path = `/v1/watches/${watchId}`;
  const { data: me } = useResource<Me>('/v1/me');
  const { data: watch, problem, reload } = useFresh<Watch>(path);
  if (!watch) return problem ? <Trouble problem={problem} retry={() => void reload()} /> : <Skeleton />;
  return (
    <>
      <WatchForm
        key={watch.version}
        channels={me?.channels}
        watch={watch}
        watchId={watchId}
        save={(body) => call('PATCH', path, { body, version: watch.version })}
      />
      <FeedCard watchId={watchId} />
    </>
  );
}
