/** Adding sources: by the address of any page of a site, or from those that are well known. */
import { useState } from 'preact/hooks';
import { call } from '../api/client.ts';
import { t } from '../i18n.ts';
import { useAction } from '../ui/action.ts';
import { Field } from '../ui/field.tsx';
import { Trouble } from '../ui/states.tsx';
import { toast } from '../ui/toast.tsx';
import { type Feed, Feeds } from './feeds.tsx';
import { Opml } from './opml.tsx';
import { Starters } from './starters.tsx';

interface AddSourceProps {
  /** Those that are polled already. */
  readonly urls: readonly string[];
  readonly onAdded: () => void;
}

/** A site is often written without its scheme. */
const withScheme = (text: string) => (/^https?:\/\//i.test(text) ? text : `https://${text}`);

export function AddSource({ urls, onAdded }: AddSourceProps) {
  const [text, setText] = useState('');
  const [feeds, setFeeds] = useState<readonly Feed[]>();
  const { busy, problem, run } = useAction();
  const add = ({ url, title }: Feed) =>
    run(async () => {
      const body = { url, ...(title && { name: title.slice(0, 100) }) };
      const { name } = await call<{ name: string }>('POST', '/v1/sources', { body });
      toast(t('sources.added', { name }));
      onAdded();
    });
  const submit = (event: Event) => {
    event.preventDefault();
    const url = withScheme(text.trim());
    void run(async () => {
      setFeeds(
        (await call<{ feeds: readonly Feed[] }>('POST', '/v1/sources/discover', { body: { url } })).feeds,
      );
    });
  };
  const fresh = (feed: Feed) => !urls.includes(feed.url);
  return (
    <section class="card add">
      <form class="inline" onSubmit={submit}>
        <Field
          label={t('sources.url')}
          value={text}
          onText={setText}
          placeholder="koreaherald.com"
          required
          autocapitalize="none"
          spellcheck={false}
        />
        <button type="submit" class="primary" disabled={busy}>
          {t('sources.find')}
        </button>
      </form>
      <Trouble problem={problem} />
      <div role="status">
        {feeds && <p class="hint">{feeds.length > 0 ? t('sources.found') : t('sources.noneFound')}</p>}
      </div>
      {feeds && <Feeds feeds={feeds.filter(fresh)} busy={busy} onAdd={(feed) => void add(feed)} />}
      <Starters isFresh={fresh} busy={busy} onAdd={(feed) => void add(feed)} />
      <Opml onAdded={onAdded} />
    </section>
  );
}
