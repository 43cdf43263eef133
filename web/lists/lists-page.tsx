/** All lists: for anybody to follow, for the operator to keep. */
import type { JSX } from 'preact';
import { call } from '../api/client.ts';
import { t } from '../i18n.ts';
import { useList } from '../resource.ts';
import { Link } from '../router.tsx';
import type { Role } from '../session.ts';
import { useAction } from '../ui/action.ts';
import { Icon } from '../ui/icons.tsx';
import { PageFrame } from '../ui/page.tsx';
import { Empty, Skeleton, Trouble } from '../ui/states.tsx';
import { useRemoved } from '../ui/undoable.ts';
import { KeptList } from './kept-list.tsx';
import { ListCard } from './list-card.tsx';
import { type List, listPath } from './list-types.ts';

/** @param role undefined: nobody is signed in */
export function ListsPage({ role }: { readonly role: Role | undefined }): JSX.Element {
  const { data, problem, reload } = useList<List>('/v1/lists');
  const isRemoved = useRemoved();
  const { problem: failed, run } = useAction();
  const keeps = role === 'operator';
  const shown = data?.filter((list) => !isRemoved(listPath(list)));
  const pause = (list: List) =>
    void run(async () => {
      await call('PATCH', listPath(list), { body: { paused: !list.paused } });
      await reload();
    });
  return (
    <PageFrame title={t('lists.title')} description={t('lists.lead')} actions={keeps && <NewList />}>
      <p class="lead">{t('lists.lead')}</p>
      <Trouble problem={problem} retry={() => void reload()} />
      <Trouble problem={failed} />
      {!data && !problem && <Skeleton />}
      {shown?.length === 0 && (
        <Empty icon="lists" title={t('lists.empty')}>
          {keeps && <p>{t('lists.emptyText')}</p>}
          {keeps && <NewList />}
        </Empty>
      )}
      <ul class="cards">
        {shown?.map((list) =>
          keeps ? (
            <KeptList key={list.id} list={list} onPause={() => pause(list)} />
          ) : (
            <ListCard key={list.id} list={list} />
          ),
        )}
      </ul>
    </PageFrame>
  );
}

function NewList() {
  return (
    <Link href="/lists/new" class="button primary">
      <Icon name="plus" />
      {t('lists.new')}
    </Link>
  );
}
