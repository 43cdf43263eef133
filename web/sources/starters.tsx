/** Well-known sources by language, read only when they are wanted. */
import { useState } from 'preact/hooks';
import { t } from '../i18n.ts';
import { useResource } from '../resource.ts';
import { type Feed, Feeds } from './feeds.tsx';

interface Starter {
  readonly name: string;
  readonly url: string;
  readonly language: string;
}

interface StartersProps {
  readonly isFresh: (feed: Feed) => boolean;
  readonly busy: boolean;
  readonly onAdd: (feed: Feed) => void;
}

export function Starters(props: StartersProps) {
  const [open, setOpen] = useState(false);
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('sources.starters')}</summary>
      {open && <StarterList {...props} />}
    </details>
  );
}

function StarterList({ isFresh, busy, onAdd }: StartersProps) {
  const { data } = useResource<{ items: readonly Starter[] }>('/v1/sources/starters');
  const feeds = (data?.items ?? []).map(({ url, name, language }) => ({
    url,
    title: `${name} (${language})`,
  }));
  const add = ({ url, title }: Feed) => onAdd({ url, title: title?.replace(/ \([\w-]+\)$/, '') ?? url });
  return <Feeds feeds={feeds.filter(isFresh)} busy={busy} onAdd={add} />;
}
