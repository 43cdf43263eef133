/** What texts have cost this month, of what they may cost. */
import type { SmsAccount } from '../api/types.ts';
import { t } from '../i18n.ts';
import { useResource } from '../resource.ts';
import { SmsUse } from '../ui/sms-use.tsx';
import { Skeleton, Trouble } from '../ui/states.tsx';

interface Budget {
  readonly alerts: SmsAccount;
  readonly codes: SmsAccount;
}

export function Texts() {
  const { data, problem, reload } = useResource<Budget>('/v1/sms-budget');
  return (
    <section class="card">
      <h2>{t('sms.title')}</h2>
      <Trouble problem={problem} retry={() => void reload()} />
      {!data && !problem && <Skeleton rows={2} />}
      {data && <Accounts budget={data} />}
    </section>
  );
}

function Accounts({ budget: { alerts, codes } }: { readonly budget: Budget }) {
  if (alerts.limitUsd === 0) return <p class="hint">{t('sms.off')}</p>;
  return (
    <>
      <SmsUse label={t('sms.alerts')} account={alerts} />
      <SmsUse label={t('sms.codes')} account={codes} />
    </>
  );
}
