/**
 * Texts cost money: each is paid from the month's budget before it is published, and only to countries whose
 * price the operator has given. Without such a country, or without a budget, texts are off.
 */
import { type Ending, later } from '../core/delivery.ts';
import type { Channel } from '../core/model.ts';
import { budgetMonth, nextBudget, textPriceMicroUsd } from '../core/sms-price.ts';
import type { DeliverPorts, Stored } from './delivery-ports.ts';

export interface Payment {
  readonly spentUsd: number;
  /** For a text that was certainly not sent. */
  readonly refund: () => Promise<void>;
}

const SECONDS_BEFORE_ANOTHER_LOOK = 3600;

/** @returns the payment, or how long to hold the text */
export async function payForText(
  { budget, settings, now }: DeliverPorts,
  { endsAt }: Stored,
  { country = '' }: Channel,
  text: string,
  claimId: string,
): Promise<Payment | Ending> {
  const at = now();
  const price = settings.smsCountries.get(country);
  if (price === undefined || settings.smsMonthlyBudgetUsd === 0) {
    return { kind: 'hold', hold: 'sms-off', until: later(at, SECONDS_BEFORE_ANOTHER_LOOK), endsAt };
  }
  const month = budgetMonth(at);
  const microUsd = textPriceMicroUsd(text, price);
  const limit = Math.round(settings.smsMonthlyBudgetUsd * 1_000_000);
  const paid = await budget.reserve(month, microUsd, limit, claimId);
  if (!paid) return { kind: 'hold', hold: 'sms-budget', until: nextBudget(at), endsAt };
  return { spentUsd: microUsd / 1_000_000, refund: () => budget.release(month, microUsd, claimId) };
}

export function isPayment(result: Payment | Ending): result is Payment {
  return 'refund' in result;
}
