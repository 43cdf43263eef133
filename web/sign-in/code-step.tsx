import { useState } from 'preact/hooks';
import { t } from '../i18n.ts';
import { Field } from '../ui/field.tsx';
import type { Address } from './address.ts';

interface CodeStepProps {
  readonly busy: boolean;
  readonly address: Address;
  readonly onCode: (code: string) => void;
  readonly onConfirmFirst: () => void;
}

export function CodeStep({ busy, address: { kind, address }, onCode, onConfirmFirst }: CodeStepProps) {
  const [code, setCode] = useState('');
  const submit = (event: Event) => {
    event.preventDefault();
    onCode(code);
  };
  return (
    <form onSubmit={submit}>
      <p role="status">{t('signIn.sent', { address })}</p>
      <Field
        label={t('signIn.code')}
        value={code}
        onText={setCode}
        required
        autocomplete="one-time-code"
        autocapitalize="characters"
        spellcheck={false}
        class="code"
      />
      <button type="submit" class="primary" disabled={busy}>
        {t('signIn.enter')}
      </button>
      {kind === 'email' && (
        <button type="button" class="link" onClick={onConfirmFirst}>
          {t('signIn.askConfirm')}
        </button>
      )}
    </form>
  );
}
