/** What texts to the reader have cost this month, and what happens when they may cost no more. */
import type { SmsAccount } from '../api/types.ts';
import { t } from '../i18n.ts';
import { useResource } from '../resource.ts';
import { SmsUse } from '../ui/sms-use.tsx';

export function TextBudget() {
  const { data } = useResource<SmsAccount>('/v1/me/sms-budget');
  if (!data) return null; // the channels matter more: no word about it when it cannot be read
  return (
    <section class="card">
      <h2>{t('sms.title')}</h2>
      <SmsUse label={t('sms.mine')} account={data} />
      <p class="hint">{t('sms.whenUsed')}</p>
    </section>
  );
}
