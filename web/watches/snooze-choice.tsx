/** For how long a watch is to be quiet: a day, a week, or until a date. */
import { useState } from 'preact/hooks';
import { t } from '../i18n.ts';
import { Field } from '../ui/field.tsx';
import { inDays, LONGEST_SNOOZE_DAYS } from './rest.ts';

/** `2026-11-25` on the browser's clock, as a date input has it. */
function dateIn(days: number): string {
  const date = new Date(inDays(days));
  const two = (n: number) => String(n).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

interface SnoozeChoiceProps {
  readonly busy: boolean;
  readonly onSnooze: (until: string) => void;
}

export function SnoozeChoice({ busy, onSnooze }: SnoozeChoiceProps) {
  const [date, setDate] = useState(dateIn(3));
  const submit = (event: Event) => {
    event.preventDefault();
    onSnooze(new Date(`${date}T00:00`).toISOString());
  };
  return (
    <form class="snooze" onSubmit={submit}>
      <p class="hint">{t('snooze.text')}</p>
      <div class="inline">
        <button type="button" disabled={busy} onClick={() => onSnooze(inDays(1))}>
          {t('snooze.day')}
        </button>
        <button type="button" disabled={busy} onClick={() => onSnooze(inDays(7))}>
          {t('snooze.week')}
        </button>
        <Field
          label={t('snooze.until')}
          type="date"
          required
          min={dateIn(1)}
          max={dateIn(LONGEST_SNOOZE_DAYS - 1)}
          value={date}
          onText={setDate}
        />
        <button type="submit" disabled={busy}>
          {t('snooze.set')}
        </button>
      </div>
    </form>
  );
}
