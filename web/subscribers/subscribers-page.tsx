/** Who is subscribed, as the operator sees them: names and channels, no watches and no alerts. */
import type { Subscriber } from '../api/types.ts';
import { t } from '../i18n.ts';
import { useEndlessList } from '../resource.ts';
import { EndOfList } from '../ui/end-of-list.tsx';
import { PageFrame } from '../ui/page.tsx';
import { Empty, Skeleton, Trouble } from '../ui/states.tsx';
import { Invite } from './invite.tsx';
import { SubscriberCard } from './subscriber-card.tsx';

export function SubscribersPage() {
  const list = useEndlessList<Subscriber>('/v1/subscribers?limit=50');
  return (
    <PageFrame title={t('subscribers.title')}>
      <Invite onInvited={() => void list.refresh()} />
      <Trouble problem={list.problem} retry={() => void list.refresh()} />
      {!list.items && !list.problem && <Skeleton />}
      {list.items?.length === 0 && !list.hasMore && (
        <Empty icon="subscribers" title={t('subscribers.empty')}>
          <p>{t('subscribers.emptyText')}</p>
        </Empty>
      )}
      <ul class="cards">
        {list.items?.map((subscriber) => (
          <SubscriberCard key={subscriber.id} subscriber={subscriber} onErased={() => void list.refresh()} />
        ))}
      </ul>
      {list.items && <EndOfList list={list} text="" />}
    </PageFrame>
  );
}
