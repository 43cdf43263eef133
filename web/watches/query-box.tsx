/** The box in which a query is written: what is wrong is underlined where it stands, and said below with a hint. */
import { useId } from 'preact/hooks';
import { maybe, t } from '../i18n.ts';
import type { Span } from '../ui/cut.ts';
import { Icon } from '../ui/icons.tsx';
import { Marked } from '../ui/marked.tsx';
import { QueryHelp } from './query-help.tsx';
import type { Reading } from './reading.ts';

interface QueryBoxProps {
  readonly text: string;
  readonly reading: Reading;
  readonly onText: (text: string) => void;
}

const longestQuery = 4096;

/** At the end of the text there is nothing to underline: its last character is. */
function visible({ start, end }: Span, length: number): Span {
  return start < end && start < length ? { start, end } : { start: Math.max(0, length - 1), end: length };
}

function marksOf(reading: Reading, length: number): Span[] {
  if (reading.kind === 'error') return [visible(reading.error, length)];
  return reading.kind === 'read' ? [...reading.warnings] : [];
}

export function QueryBox({ text, reading, onText }: QueryBoxProps) {
  const id = useId();
  return (
    <div class="field query-box">
      <label for={id}>{t('editor.query')}</label>
      <div class={reading.kind === 'error' ? 'query error' : 'query'}>
        <div class="underlay" aria-hidden="true">
          <Marked text={text} spans={marksOf(reading, text.length)} />{' '}
        </div>
        <textarea
          id={id}
          rows={1}
          value={text}
          maxLength={longestQuery}
          required
          placeholder={t('editor.queryPlaceholder')}
          aria-invalid={reading.kind === 'error'}
          aria-describedby={`${id}-reading`}
          autocapitalize="none"
          autocomplete="off"
          spellcheck={false}
          onInput={(event) => onText(event.currentTarget.value)}
        />
      </div>
      <div class="reading" id={`${id}-reading`} aria-live="polite">
        <ReadingLines reading={reading} />
      </div>
      <QueryHelp />
    </div>
  );
}

function ReadingLines({ reading }: { readonly reading: Reading }) {
  if (reading.kind === 'empty') return null;
  if (reading.kind === 'error') {
    const { message, hint } = reading.error;
    return (
      <p class="wrong">
        <Icon name="warning" />
        <span>
          {message}.{hint && <small> {t('editor.hint', { hint })}</small>}
        </span>
      </p>
    );
  }
  return (
    <>
      <p>
        <small>{t('editor.reading')}</small> <code>{reading.reading}</code>
      </p>
      {reading.warnings.map(({ code, message, start }) => (
        <p key={`${code} ${start}`} class="warned">
          <Icon name="warning" />
          <span>{maybe(`warning.${code}`) ?? message}</span>
        </p>
      ))}
    </>
  );
}
