/** Who follows a list, for its keeper: enough of an address to tell one from another. */
import { useState } from 'preact/hooks';
import type { Page } from '../api/types.ts';
import { t } from '../i18n.ts';
import { useResource } from '../resource.ts';
import { channelIcon } from '../ui/channel-icon.ts';
import { Icon } from '../ui/icons.tsx';
import { Skeleton, Trouble } from '../ui/states.tsx';
import { membersText } from './kept-list.tsx';
import { type List, listPath, type Member } from './list-types.ts';

export function Members({ list }: { readonly list: List }) {
  const [open, setOpen] = useState(false);
  return (
    <section class="card">
      <h2>{t('lists.members')}</h2>
      <p>{membersText(list)}</p>
      <details onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>{t('lists.who')}</summary>
        {open && <FirstMembers path={`${listPath(list)}/members`} />}
      </details>
    </section>
  );
}

/** SNS hands them out a hundred at a time: the first page is enough to look at. */
function FirstMembers({ path }: { readonly path: string }) {
  const { data, problem, reload } = useResource<Page<Member>>(path);
  if (!data)
    return problem ? <Trouble problem={problem} retry={() => void reload()} /> : <Skeleton rows={1} />;
  if (data.items.length === 0) return <p class="hint">{t('subscribers.empty')}</p>;
  return (
    <>
      <ul class="deliveries">
        {data.items.map(({ kind, address, state }, n) => (
          <li key={n}>
            <Icon name={channelIcon(kind)} />
            <span class="address">{address}</span>
            <span class={`state ${state}`}>{t(`channel.${state}`)}</span>
          </li>
        ))}
      </ul>
      {data.next && <p class="hint">{t('lists.andMore')}</p>}
    </>
  );
}
