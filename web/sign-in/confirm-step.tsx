import { useState } from 'preact/hooks';
import { t } from '../i18n.ts';
import { Field } from '../ui/field.tsx';

interface ConfirmStepProps {
  readonly busy: boolean;
  /** Without a link: it was followed already. */
  readonly onConfirm: (link: string) => void;
}

export function ConfirmStep({ busy, onConfirm }: ConfirmStepProps) {
  const [link, setLink] = useState('');
  const submit = (event: Event) => {
    event.preventDefault();
    onConfirm(link.trim());
  };
  return (
    <form onSubmit={submit}>
      <h2>{t('signIn.confirmTitle')}</h2>
      <p>{t('signIn.confirmText')}</p>
      <Field label={t('signIn.link')} type="url" value={link} onText={setLink} required autocomplete="off" />
      <button type="submit" class="primary" disabled={busy}>
        {t('signIn.confirm')}
      </button>
      <button type="button" class="link" disabled={busy} onClick={() => onConfirm('')}>
        {t('signIn.confirmed')}
      </button>
    </form>
  );
}
