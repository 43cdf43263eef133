/**
 * Texts cost money: each is paid from the month's budget before it is published, and only to countries whose
 * price the operator has given. Without such a country, or without a budget, texts are off.
 */
import { type Ending, later } from '../../core/delivery/delivery.ts';
import {
  budgetMicroUsd,
  budgetMonth,
  microUsdOf,
  nextBudget,
  subscriberMonth,
  textPriceMicroUsd,
} from '../../core/delivery/sms-price.ts';
import type { Channel } from '../../core/model.ts';
import type { DeliverPorts, DeliverSettings, Stored } from './delivery-ports.ts';

export interface Payment {
  readonly spentUsd: number;
  /** For a text that was certainly not sent. */
  readonly refund: () => Promise<void>;
}

const SECONDS_BEFORE_ANOTHER_LOOK = 3600;

/** @returns how long to hold a text that may not be sent whatever it says; SNS is not even asked about its number */
export function holdIfTextsAreOff(ports: DeliverPorts, { endsAt }: Stored, channel: Channel) {
  if (channel.kind !== 'sms' || !textsAreOff(ports, channel)) return undefined;
  const until = later(ports.now(), SECONDS_BEFORE_ANOTHER_LOOK);
  return { kind: 'hold', hold: 'sms-off', until, endsAt } as const;
}

/** Whether no text may go to that phone, whatever it says. */
export function textsAreOff({ settings }: Pick<DeliverPorts, 'settings'>, phone: Channel): boolean {
  return priceOfPart(settings, phone) === undefined;
}

/** @returns USD; undefined while texts are off, in that country or at all */
function priceOfPart({ smsCountries, smsMonthlyBudgetUsd }: DeliverSettings, { country = '' }: Channel) {
  return smsMonthlyBudgetUsd > 0 ? smsCountries.get(country) : undefined;
}

/**
 * From the budget of the channel's owner, where there is one, and from the month's. What dies in between counts as
 * spent.
 *
 * @returns the payment, or how long to hold the text
 */
export async function payForText(
  { budget, settings, now }: DeliverPorts,
  { endsAt }: Pick<Stored, 'endsAt'>,
  channel: Channel,
  text: string,
  claimId: string,
): Promise<Payment | Ending> {
  const at = now();
  const microUsd = textPriceMicroUsd(text, priceOfPart(settings, channel)!);
  const month = budgetMonth(at);
  const own = subscriberMonth(at, channel.subscriberId);
  const { smsSubscriberBudgetUsd, smsMonthlyBudgetUsd } = settings;
  const accounts = [
    ...(smsSubscriberBudgetUsd > 0 ? [{ name: own, limit: microUsdOf(smsSubscriberBudgetUsd) }] : []),
    { name: month, limit: budgetMicroUsd(smsMonthlyBudgetUsd, 'alerts') },
  ];
  const paid: string[] = [];
  const tokenOf = (name: string) => `${claimId}${name === month ? '' : '-own'}`;
  const refund = async () => {
    for (const name of paid) await budget.release(name, microUsd, tokenOf(name));
  };
  for (const { name, limit } of accounts) {
    if (!(await budget.reserve(name, microUsd, limit, tokenOf(name)))) {
      await refund();
      return { kind: 'hold', hold: 'sms-budget', until: nextBudget(at), endsAt };
    }
    paid.push(name);
  }
  return { spentUsd: microUsd / 1_000_000, refund };
}

export function isPayment(result: Payment | Ending): result is Payment {
  return 'refund' in result;
}
