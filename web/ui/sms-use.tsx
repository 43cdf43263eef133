/** One account of texts: what they have cost of what they may cost. */
import type { SmsAccount } from '../api/types.ts';
import { money, t } from '../i18n.ts';
import { Meter } from './meter.tsx';

interface SmsUseProps {
  readonly label: string;
  readonly account: SmsAccount;
}

export function SmsUse({ label, account: { spentUsd, limitUsd } }: SmsUseProps) {
  const spent = money(spentUsd);
  const use =
    limitUsd === undefined ? t('sms.spent', { spent }) : t('sms.spentOf', { spent, limit: money(limitUsd) });
  return <Meter label={`${label}: ${use}`} value={spentUsd} limit={limitUsd} />;
}
