import { useState } from 'preact/hooks';
import { call } from '../api/client.ts';
import type { ChannelKind } from '../api/types.ts';
import { t } from '../i18n.ts';
import { useAction } from '../ui/action.ts';
import { Choice, Field } from '../ui/field.tsx';
import { Trouble } from '../ui/states.tsx';
import { toast } from '../ui/toast.tsx';

const kinds: readonly ChannelKind[] = ['email', 'sms', 'webhook'];
const examples: Record<ChannelKind, string> = {
  email: 'ana@example.com',
  sms: '+82 10 1234 5678',
  webhook: 'https://example.com/hooks/tocsin',
};

export function AddChannel({ onAdded }: { readonly onAdded: () => void }) {
  const [kind, setKind] = useState<ChannelKind>('email');
  const [address, setAddress] = useState('');
  const { busy, problem, run } = useAction();
  const submit = (event: Event) => {
    event.preventDefault();
    void run(async () => {
      await call('POST', '/v1/me/channels', { body: { kind, address: address.trim() } });
      toast(t('channels.added', { address: address.trim() }));
      onAdded();
    });
  };
  return (
    <form class="card" onSubmit={submit}>
      <Choice
        label={t('channels.kind')}
        value={kind}
        options={kinds.map((each) => [each, t(`channel.${each}`)])}
        onChoose={setKind}
      />
      <Field
        label={t('channels.address')}
        value={address}
        onText={setAddress}
        placeholder={examples[kind]}
        required
        autocapitalize="none"
        spellcheck={false}
      />
      <Trouble problem={problem} />
      <div class="form-foot">
        <button type="submit" class="primary" disabled={busy}>
          {t('channels.add')}
        </button>
      </div>
    </form>
  );
}
