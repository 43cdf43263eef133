/** The operator's sources: what is polled, how it goes, what a person should know. */

import { call } from '../api/client.ts';
import type { Source } from '../api/types.ts';
import { t } from '../i18n.ts';
import { useEndlessList } from '../resource.ts';
import { useAction } from '../ui/action.ts';
import { EndOfList } from '../ui/end-of-list.tsx';
import { PageFrame } from '../ui/page.tsx';
import { Empty, Skeleton, Trouble } from '../ui/states.tsx';
import { useRemoved } from '../ui/undoable.ts';
import { AddSource } from './add-source.tsx';
import { pathOf, SourceCard } from './source-card.tsx';

export function SourcesPage() {
  const list = useEndlessList<Source>('/v1/sources?limit=50');
  const isRemoved = useRemoved();
  const { problem, run } = useAction();
  const shown = list.items?.filter((source) => !isRemoved(pathOf(source)));
  const pause = (source: Source) =>
    run(async () => {
      await call('PATCH', pathOf(source), {
        body: { paused: !source.paused && source.nextPollAt !== undefined },
      });
      await list.refresh();
    });
  return (
    <PageFrame title={t('sources.title')}>
      <AddSource urls={shown?.map(({ url }) => url) ?? []} onAdded={() => void list.refresh()} />
      <Trouble problem={list.problem} retry={() => void list.refresh()} />
      <Trouble problem={problem} />
      {!shown && !list.problem && <Skeleton key="list" />}
      {shown?.length === 0 && !list.hasMore && (
        <Empty icon="sources" title={t('sources.empty')}>
          <p>{t('sources.emptyText')}</p>
        </Empty>
      )}
      <ul class="cards">
        {shown?.map((source) => (
          <SourceCard key={source.id} source={source} onPause={() => void pause(source)} />
        ))}
      </ul>
      {shown && <EndOfList list={list} text="" />}
    </PageFrame>
  );
}
