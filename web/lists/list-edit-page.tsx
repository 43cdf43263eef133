/** A new list, or one that is changed. */
import { call } from '../api/client.ts';
import { t } from '../i18n.ts';
import { useFresh } from '../resource.ts';
import { navigate } from '../router.tsx';
import { PageFrame } from '../ui/page.tsx';
import { Skeleton, Trouble } from '../ui/states.tsx';
import { toast } from '../ui/toast.tsx';
import { type ListBody, ListForm } from './list-form.tsx';
import { type List, listPath } from './list-types.ts';

export function ListEditPage({ listId }: { readonly listId?: string }) {
  const title = listId ? t('lists.edit') : t('lists.new');
  return <PageFrame title={title}>{listId ? <Existing listId={listId} /> : <Fresh />}</PageFrame>;
}

function leaveTo({ id, name }: List): void {
  navigate(`/lists/${id}`);
  toast(t('watches.saved', { name }));
}

/** Its digests are made on the clock of whoever made it. */
function Fresh() {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  const save = async ({ description, ...body }: ListBody) =>
    leaveTo(
      await call<List>('POST', '/v1/lists', {
        body: { ...body, timeZone, ...(description && { description }) },
      }),
    );
  return <ListForm save={save} />;
}

function Existing({ listId }: { readonly listId: string }) {
  const path = listPath({ id: listId });
  const { data: list, problem, reload } = useFresh<List>(path);
  if (!list) return problem ? <Trouble problem={problem} retry={() => void reload()} /> : <Skeleton />;
  const save = async ({ description, ...body }: ListBody) =>
    leaveTo(await call<List>('PATCH', path, { body: { ...body, description: description || null } }));
  return <ListForm key={list.id} list={list} save={save} />;
}
