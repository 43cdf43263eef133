import { t } from '../i18n.ts';
import { Field } from './field.tsx';

interface EmailFieldProps {
  readonly value: string;
  readonly onText: (text: string) => void;
  /** `email`: the reader's own, which the browser may know. */
  readonly autocomplete: 'email' | 'off';
}

export function EmailField(props: EmailFieldProps) {
  return (
    <Field label={t('subscribers.email')} type="email" placeholder="ana@example.com" required {...props} />
  );
}
