/** When a watch tells: at once, or in digests of an hour, a day or a week. */
import { useId } from 'preact/hooks';
import type { Frequency, WatchBody } from '../api/types.ts';
import { t, weekdays } from '../i18n.ts';
import { Choice, Field } from '../ui/field.tsx';

const frequencies: readonly Frequency[] = ['instant', 'hourly', 'daily', 'weekly'];
/** What the API takes where nothing is said. */
const standard = { digestTime: '08:00', digestDay: 1 };

/** A list has no urgency: its readers have no quiet hours. */
type Times = Pick<WatchBody, 'frequency' | 'digestTime' | 'digestDay'> & { readonly urgent?: boolean };

interface TimesChoiceProps {
  readonly body: Times;
  change(fields: Partial<Times>): void;
}

export function TimesChoice({ body, change }: TimesChoiceProps) {
  const { frequency, urgent, digestTime = standard.digestTime } = body;
  const hasTime = frequency === 'daily' || frequency === 'weekly';
  return (
    <>
      <Choice
        label={urgent === undefined ? t('lists.frequency') : t('editor.frequency')}
        value={frequency}
        options={frequencies.map((each) => [each, t(`frequency.${each}`)])}
        onChoose={(chosen) => change({ frequency: chosen })}
      />
      {hasTime && (
        <div class="inline">
          {frequency === 'weekly' && <DayChoice body={body} change={change} />}
          <Field
            label={t('editor.digestTime')}
            type="time"
            required
            value={digestTime}
            onText={(time) => change({ digestTime: time })}
          />
        </div>
      )}
      {urgent !== undefined && (
        <div class="checks">
          <label>
            <input
              type="checkbox"
              checked={urgent}
              onChange={(event) => change({ urgent: event.currentTarget.checked })}
            />
            {t('editor.urgent')}
          </label>
        </div>
      )}
    </>
  );
}

function DayChoice({ body: { digestDay = standard.digestDay }, change }: TimesChoiceProps) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{t('editor.digestDay')}</label>
      <select
        id={id}
        value={digestDay}
        onChange={(event) => change({ digestDay: Number(event.currentTarget.value) })}
      >
        {weekdays().map((name, n) => (
          <option key={name} value={n + 1}>
            {name}
          </option>
        ))}
      </select>
    </div>
  );
}
