/** All watches: what they listen for, how they tell, and whether they do. */
import { call } from '../api/client.ts';
import type { Watch } from '../api/types.ts';
import { t } from '../i18n.ts';
import { useList } from '../resource.ts';
import { Link } from '../router.tsx';
import { useAction } from '../ui/action.ts';
import { Icon } from '../ui/icons.tsx';
import { PageFrame } from '../ui/page.tsx';
import { Empty, Skeleton, Trouble } from '../ui/states.tsx';
import { removeLater, useRemoved } from '../ui/undoable.ts';

const pathOf = ({ id }: Watch) => `/v1/watches/${id}`;

export function WatchesPage() {
  const { data, problem, reload, change } = useList<Watch>('/v1/watches');
  const isRemoved = useRemoved();
  const { problem: failed, run } = useAction();
  const shown = data?.filter((watch) => !isRemoved(pathOf(watch)));
  const pause = (watch: Watch) =>
    run(async () => {
      const changed = await call<Watch>('PATCH', pathOf(watch), { body: { paused: !watch.paused } });
      change((all) => all.map((one) => (one.id === watch.id ? changed : one)));
    });
  return (
    <PageFrame title={t('watches.title')} actions={<NewWatch />}>
      <Trouble problem={problem} retry={() => void reload()} />
      <Trouble problem={failed} />
      {!data && !problem && <Skeleton />}
      {shown?.length === 0 && (
        <Empty icon="watch" title={t('watches.empty')}>
          <p>{t('watches.emptyText')}</p>
          <NewWatch />
        </Empty>
      )}
      <ul class="cards">
        {shown?.map((watch) => (
          <WatchCard key={watch.id} watch={watch} onPause={() => void pause(watch)} />
        ))}
      </ul>
    </PageFrame>
  );
}

function NewWatch() {
  return (
    <Link href="/watches/new" class="button primary">
      <Icon name="plus" />
      {t('watches.new')}
    </Link>
  );
}

function WatchCard({ watch, onPause }: { readonly watch: Watch; readonly onPause: () => void }) {
  const { id, name, query, frequency, paused, reading } = watch;
  return (
    <li class={paused ? 'card paused' : 'card'}>
      <div class="card-head">
        <h2>
          <Link href={`/watches/${id}`}>{name}</Link>
        </h2>
        <span class={paused ? 'state waiting' : 'state'}>
          {paused ? t('watches.paused') : t(`frequency.${frequency}`)}
        </span>
      </div>
      <code>{query}</code>
      {!reading && <p class="hint">{t('watches.unreadable')}</p>}
      <div class="card-foot">
        <Link href={`/?watch=${id}`}>{t('watches.alerts')}</Link>
        <Link href={`/watches/${id}`}>{t('watches.edit')}</Link>
        <button type="button" class="link" onClick={onPause}>
          {paused ? t('watches.resume') : t('watches.pause')}
        </button>
        <button
          type="button"
          class="link"
          onClick={() => removeLater(pathOf(watch), t('watches.removed', { name }))}
        >
          {t('remove')}
        </button>
      </div>
    </li>
  );
}
