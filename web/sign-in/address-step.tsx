import { useState } from 'preact/hooks';
import { t } from '../i18n.ts';
import { Field } from '../ui/field.tsx';

interface AddressStepProps {
  readonly text: string;
  readonly setText: (text: string) => void;
  readonly busy: boolean;
  readonly onSubmit: (isNew: boolean) => void;
}

export function AddressStep({ text, setText, busy, onSubmit }: AddressStepProps) {
  const [isNew, setNew] = useState(false);
  const submit = (event: Event) => {
    event.preventDefault();
    onSubmit(isNew);
  };
  return (
    <form onSubmit={submit}>
      <Field
        label={t('signIn.address')}
        hint={t('signIn.addressHint')}
        value={text}
        onText={setText}
        required
        autocomplete="username"
        autocapitalize="none"
        spellcheck={false}
      />
      <button type="submit" class="primary" disabled={busy}>
        {isNew ? t('signIn.create') : t('signIn.send')}
      </button>
      <button type="button" class="link" onClick={() => setNew(!isNew)}>
        {isNew ? t('signIn.known') : t('signIn.new')}
      </button>
    </form>
  );
}
