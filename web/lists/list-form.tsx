import { useId, useState } from 'preact/hooks';
import { t } from '../i18n.ts';
import { Link } from '../router.tsx';
import { useAction } from '../ui/action.ts';
import { Field } from '../ui/field.tsx';
import { Trouble } from '../ui/states.tsx';
import { PreviewPane } from '../watches/preview-pane.tsx';
import { QueryBox } from '../watches/query-box.tsx';
import { readQuery } from '../watches/reading.ts';
import { TimesChoice } from '../watches/times-choice.tsx';
import type { List } from './list-types.ts';

/** What its keeper chooses of a list; an empty description is none. */
export type ListBody = Pick<List, 'name' | 'query' | 'frequency' | 'digestTime' | 'digestDay'> & {
  readonly description: string;
};

interface ListFormProps {
  readonly list?: List;
  save(body: ListBody): Promise<unknown>;
}

const longest = { name: 100, description: 1000 };
const blank: ListBody = { name: '', description: '', query: '', frequency: 'instant' };

function fieldsOf({ name, description = '', query, frequency, digestTime, digestDay }: List): ListBody {
  return { name, description, query, frequency, digestTime, digestDay };
}

export function ListForm({ list, save }: ListFormProps) {
  const [body, setBody] = useState<ListBody>(() => (list ? fieldsOf(list) : blank));
  const { busy, problem, run } = useAction();
  const change = (fields: Partial<ListBody>) => setBody((before) => ({ ...before, ...fields }));
  const reading = readQuery(body.query);
  const submit = (event: Event) => {
    event.preventDefault();
    void run(() =>
      save({ ...body, name: body.name.trim(), description: body.description.replace(/\s+/g, ' ').trim() }),
    );
  };
  return (
    <div class="editor">
      <form onSubmit={submit}>
        <QueryBox text={body.query} reading={reading} onText={(query) => change({ query })} />
        <Field
          label={t('editor.name')}
          value={body.name}
          maxLength={longest.name}
          required
          autocomplete="off"
          onText={(name) => change({ name })}
        />
        <Description text={body.description} onText={(description) => change({ description })} />
        <TimesChoice body={body} change={change} />
        <Trouble problem={problem} />
        <div class="form-foot">
          <button type="submit" class="primary" disabled={busy || reading.kind !== 'read'}>
            {t('save')}
          </button>
          <Link href={list ? `/lists/${list.id}` : '/lists'} class="button">
            {t('cancel')}
          </Link>
        </div>
      </form>
      <PreviewPane query={body.query} reading={reading} />
    </div>
  );
}

function Description({ text, onText }: { readonly text: string; readonly onText: (text: string) => void }) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{t('lists.description')}</label>
      <textarea
        id={id}
        rows={3}
        value={text}
        maxLength={longest.description}
        aria-describedby={`${id}-hint`}
        onInput={(event) => onText(event.currentTarget.value)}
      />
      <p class="hint" id={`${id}-hint`}>
        {t('lists.descriptionHint')}
      </p>
    </div>
  );
}
