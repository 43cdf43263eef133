/**
 * Signing up and in by a code to an address. Nobody learns here whether an address is known, so every step can be
 * reached from every other: a mail may hold a code, or ask to confirm the address first.
 */
import { useState } from 'preact/hooks';
import { call, Problem } from '../api/client.ts';
import { t } from '../i18n.ts';
import { signIn } from '../session.ts';
import { useAction } from '../ui/action.ts';
import { Trouble } from '../ui/states.tsx';
import { type Address, addressOf } from './address.ts';
import { AddressStep } from './address-step.tsx';
import { CodeStep } from './code-step.tsx';
import { ConfirmStep } from './confirm-step.tsx';

type Step = 'address' | 'confirm' | 'code';

async function signUp(channel: Address): Promise<void> {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  try {
    await call('POST', '/v1/subscribers', { body: { timeZone, channels: [channel] } });
  } catch (error) {
    const invited = error instanceof Problem && ['unauthenticated', 'forbidden'].includes(error.slug);
    throw invited ? new Problem('by-invitation', t('signIn.invited')) : error;
  }
}

const askForCode = (address: Address) => call('POST', '/v1/sessions', { body: address });

export function ByCode() {
  const [step, setStep] = useState<Step>('address');
  const [text, setText] = useState('');
  const { busy, problem, run } = useAction();
  const address = addressOf(text);
  const begin = (isNew: boolean) =>
    run(async () => {
      await (isNew ? signUp(address) : askForCode(address));
      setStep(isNew && address.kind === 'email' ? 'confirm' : 'code');
    });
  const confirm = (link: string) =>
    run(async () => {
      if (link) await call('POST', '/v1/channels/confirm', { body: { link } });
      await askForCode(address);
      setStep('code');
    });
  const enter = (code: string) =>
    run(async () => {
      const body = { ...address, code: code.trim() };
      signIn((await call<{ token: string }>('POST', '/v1/sessions/verify', { body })).token);
    });
  return (
    <>
      {step === 'address' && (
        <AddressStep {...{ text, setText, busy }} onSubmit={(isNew) => void begin(isNew)} />
      )}
      {step === 'confirm' && <ConfirmStep busy={busy} onConfirm={(link) => void confirm(link)} />}
      {step === 'code' && (
        <CodeStep
          busy={busy}
          address={address}
          onCode={(code) => void enter(code)}
          onConfirmFirst={() => setStep('confirm')}
        />
      )}
      <Trouble problem={problem} />
      {step !== 'address' && (
        <button type="button" class="link" onClick={() => setStep('address')}>
          {t('signIn.again')}
        </button>
      )}
    </>
  );
}
