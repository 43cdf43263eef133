/** The public page of a list: what it finds, how to follow it and how to leave, and what it told lately. */
import type { Page } from '../api/types.ts';
import { t } from '../i18n.ts';
import { useResource } from '../resource.ts';
import { Link } from '../router.tsx';
import type { Role } from '../session.ts';
import { PageFrame } from '../ui/page.tsx';
import { Skeleton, Trouble } from '../ui/states.tsx';
import { Time } from '../ui/time.tsx';
import { JoinByMail } from './join-by-mail.tsx';
import { JoinByPhone } from './join-by-phone.tsx';
import type { List, Story } from './list-types.ts';
import { Members } from './members.tsx';

interface ListPageProps {
  readonly listId: string;
  /** Undefined: nobody is signed in. */
  readonly role: Role | undefined;
}

export function ListPage({ listId, role }: ListPageProps) {
  const { data: list, problem, reload } = useResource<List>(`/v1/lists/${listId}`);
  const keeps = role === 'operator';
  if (!list)
    return (
      <PageFrame title={t('lists.one')}>
        {problem ? <Trouble problem={problem} retry={() => void reload()} /> : <Skeleton />}
      </PageFrame>
    );
  return (
    <PageFrame
      title={list.name}
      description={list.description ?? t('lists.finds', { query: list.query })}
      actions={
        keeps && (
          <Link href={`/lists/${listId}/edit`} class="button">
            {t('watches.edit')}
          </Link>
        )
      }
    >
      {list.description && <p class="lead">{list.description}</p>}
      <div class="list-page">
        <About list={list} />
        <div class="cards">
          <JoinByMail listId={listId} />
          {role === 'subscriber' && <JoinByPhone list={list} onChanged={() => void reload()} />}
          {keeps && <Members list={list} />}
        </div>
        <Lately listId={listId} />
      </div>
    </PageFrame>
  );
}

function About({ list: { reading, query, frequency, paused } }: { readonly list: List }) {
  return (
    <section class="card">
      <h2>{t('lists.about')}</h2>
      <code>{reading ?? query}</code>
      <p class="hint">{paused ? t('lists.paused') : t(`lists.${frequency}`)}</p>
    </section>
  );
}

function Lately({ listId }: { readonly listId: string }) {
  return (
    <section class="lately">
      <h2>{t('lists.lately')}</h2>
      <Stories path={`/v1/lists/${listId}/alerts?limit=20`} />
    </section>
  );
}

function Stories({ path }: { readonly path: string }) {
  const { data, problem, reload } = useResource<Page<Story>>(path);
  if (!data)
    return problem ? <Trouble problem={problem} retry={() => void reload()} /> : <Skeleton rows={2} />;
  if (data.items.length === 0) return <p class="hint">{t('lists.nothingYet')}</p>;
  return (
    <ol>
      {data.items.map(({ id, title, url, sourceName, publishedAt, alertedAt }) => (
        <li key={id}>
          <h3>
            <a href={url} target="_blank" rel="noreferrer noopener">
              {title}
            </a>
          </h3>
          <p class="meta">
            {sourceName} <Time iso={publishedAt ?? alertedAt} />
          </p>
        </li>
      ))}
    </ol>
  );
}
