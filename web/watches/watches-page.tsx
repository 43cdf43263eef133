/** All watches: what they listen for, how they tell, and whether they do. */
import type { Watch } from '../api/types.ts';
import { t } from '../i18n.ts';
import { useList } from '../resource.ts';
import { Link } from '../router.tsx';
import { Icon } from '../ui/icons.tsx';
import { PageFrame } from '../ui/page.tsx';
import { Empty, Skeleton, Trouble } from '../ui/states.tsx';
import { useRemoved } from '../ui/undoable.ts';
import { watchPath } from './rest.ts';
import { WatchCard } from './watch-card.tsx';

export function WatchesPage() {
  const { data, problem, reload, change } = useList<Watch>('/v1/watches');
  const isRemoved = useRemoved();
  const shown = data?.filter((watch) => !isRemoved(watchPath(watch)));
  const changed = (watch: Watch) => change((all) => all.map((one) => (one.id === watch.id ? watch : one)));
  return (
    <PageFrame title={t('watches.title')} actions={<NewWatch />}>
      <Trouble problem={problem} retry={() => void reload()} />
      {!data && !problem && <Skeleton />}
      {shown?.length === 0 && (
        <Empty icon="watch" title={t('watches.empty')}>
          <p>{t('watches.emptyText')}</p>
          <NewWatch />
        </Empty>
      )}
      <ul class="cards">
        {shown?.map((watch) => (
          <WatchCard key={watch.id} watch={watch} onChanged={changed} />
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
