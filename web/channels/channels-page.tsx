/** Where alerts reach the reader: each channel with its state, and what to do about it. */
import { useState } from 'preact/hooks';
import { call, Problem } from '../api/client.ts';
import type { Channel, Me } from '../api/types.ts';
import { t } from '../i18n.ts';
import { useResource } from '../resource.ts';
import { useAction } from '../ui/action.ts';
import { PageFrame } from '../ui/page.tsx';
import { Empty, Skeleton, Trouble } from '../ui/states.tsx';
import { toast } from '../ui/toast.tsx';
import { AddChannel } from './add-channel.tsx';
import { ChannelCard } from './channel-card.tsx';
import { TextBudget } from './text-budget.tsx';

async function removeChannel({ id, address }: Channel): Promise<void> {
  const path = `/v1/me/channels/${id}`;
  try {
    await call('DELETE', path);
  } catch (error) {
    const isLast = error instanceof Problem && error.slug === 'last-channel';
    if (!isLast) throw error;
    if (!confirm(t('channels.last'))) return;
    await call('DELETE', `${path}?last=true`);
  }
  toast(t('channels.removed', { address }));
}

export function ChannelsPage() {
  const { data: me, problem, reload } = useResource<Me>('/v1/me');
  const { problem: failed, run } = useAction();
  const [adding, setAdding] = useState(false);
  const act = (work: () => Promise<unknown>) =>
    run(async () => {
      await work();
      await reload();
    });
  const added = () => {
    setAdding(false);
    void reload();
  };
  return (
    <PageFrame
      title={t('channels.title')}
      actions={
        <button type="button" class="primary" aria-expanded={adding} onClick={() => setAdding(!adding)}>
          {t('channels.add')}
        </button>
      }
    >
      <p class="lead">{t('channels.lead')}</p>
      {adding && <AddChannel onAdded={added} />}
      <Trouble problem={problem} retry={() => void reload()} />
      <Trouble problem={failed} />
      {!me && !problem && <Skeleton rows={2} />}
      {me?.channels.length === 0 && (
        <Empty icon="channels" title={t('channels.empty')}>
          <p>{t('channels.emptyText')}</p>
        </Empty>
      )}
      <ul class="cards">
        {me?.channels.map((channel) => (
          <ChannelCard
            key={channel.id}
            channel={channel}
            act={(work) => void act(work)}
            remove={() => removeChannel(channel)}
          />
        ))}
      </ul>
      {me?.channels.some(({ kind }) => kind === 'sms') && <TextBudget />}
    </PageFrame>
  );
}
