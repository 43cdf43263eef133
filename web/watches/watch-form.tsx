import { useState } from 'preact/hooks';
import type { Channel, Watch, WatchBody } from '../api/types.ts';
import { t } from '../i18n.ts';
import { Link, navigate } from '../router.tsx';
import { useAction } from '../ui/action.ts';
import { Field } from '../ui/field.tsx';
import { Trouble } from '../ui/states.tsx';
import { toast } from '../ui/toast.tsx';
import { ChannelChoice } from './channel-choice.tsx';
import { PreviewPane } from './preview-pane.tsx';
import { QueryBox } from './query-box.tsx';
import { readQuery } from './reading.ts';
import { TimesChoice } from './times-choice.tsx';

interface WatchFormProps {
  readonly watch?: Watch;
  readonly watchId?: string;
  /** Undefined while they are not known. */
  readonly channels: readonly Channel[] | undefined;
  save(body: WatchBody): Promise<unknown>;
}

const longestName = 100;

const blank: WatchBody = { name: '', query: '', frequency: 'instant', urgent: false, channelIds: [] };

/** A watch without a name is named after its query. */
const nameOf = ({ name, query }: WatchBody) =>
  name.trim() || query.replace(/\s+/g, ' ').trim().slice(0, longestName);

export function WatchForm({ watch, watchId, channels, save }: WatchFormProps) {
  const [body, setBody] = useState<WatchBody>(() => fieldsOf(watch));
  const { busy, problem, run } = useAction();
  const change = (fields: Partial<WatchBody>) => setBody((before) => ({ ...before, ...fields }));
  const reading = readQuery(body.query);
  const submit = (event: Event) => {
    event.preventDefault();
    void run(async () => {
      const named = { ...body, name: nameOf(body) };
      await save(named);
      navigate('/watches');
      toast(t('watches.saved', { name: named.name }));
    });
  };
  return (
    <div class="editor">
      <form onSubmit={submit}>
        <QueryBox text={body.query} reading={reading} onText={(query) => change({ query })} />
        <Field
          label={t('editor.name')}
          value={body.name}
          maxLength={longestName}
          placeholder={nameOf({ ...body, name: '' })}
          autocomplete="off"
          onText={(name) => change({ name })}
        />
        <TimesChoice body={body} change={change} />
        <ChannelChoice
          channels={channels}
          chosen={body.channelIds}
          onChoose={(channelIds) => change({ channelIds })}
        />
        <Trouble problem={problem} />
        <div class="form-foot">
          <button type="submit" class="primary" disabled={busy || reading.kind !== 'read'}>
            {t('save')}
          </button>
          <Link href="/watches" class="button">
            {t('cancel')}
          </Link>
        </div>
      </form>
      <PreviewPane query={body.query} reading={reading} {...(body.query === watch?.query && { watchId })} />
    </div>
  );
}

function fieldsOf(watch: WatchBody = blank): WatchBody {
  const { name, query, frequency, digestTime, digestDay, urgent, channelIds } = watch;
  return { name, query, frequency, digestTime, digestDay, urgent, channelIds };
}
