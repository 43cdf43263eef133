/** What texts have cost this month, and what they may cost. */
import * as z from 'zod/mini';
import {
  budgetMicroUsd,
  budgetMonth,
  codesMonth,
  microUsdOf,
  subscriberMonth,
} from '../../core/delivery/sms-price.ts';
import { readSpent } from '../delivery/sms-budget.ts';
import { endpoint } from './endpoint.ts';
import { settings } from './settings.ts';

const account = z.object({
  spentUsd: z.number(),
  /** Absent: no limit of one's own. */
  limitUsd: z.optional(z.number()),
});
const month = z.string();

async function show(name: string, limitMicroUsd?: number) {
  const limitUsd = limitMicroUsd === undefined ? undefined : limitMicroUsd / 1_000_000;
  return { spentUsd: (await readSpent(name)) / 1_000_000, limitUsd };
}

export const smsBudgetEndpoints = [
  endpoint({
    method: 'GET',
    path: '/v1/sms-budget',
    role: 'operator',
    summary: 'What texts have cost this month, and may cost: alerts and codes',
    success: [200],
    answer: z.object({ month, alerts: account, codes: account }),
    problems: [],
    work: async ({ now }) => {
      const limitOf = (use: 'alerts' | 'codes') => budgetMicroUsd(settings.smsMonthlyBudgetUsd, use);
      const alerts = await show(budgetMonth(now), limitOf('alerts'));
      const codes = await show(codesMonth(now), limitOf('codes'));
      return { body: { month: budgetMonth(now), alerts, codes } };
    },
  }),
  endpoint({
    method: 'GET',
    path: '/v1/me/sms-budget',
    role: 'subscriber',
    summary: 'What texts to you have cost this month, and may cost',
    success: [200],
    answer: z.extend(account, { month }),
    problems: [],
    work: async ({ subscriberId, now }) => {
      const usd = settings.smsSubscriberBudgetUsd;
      const own = await show(subscriberMonth(now, subscriberId), usd > 0 ? microUsdOf(usd) : undefined);
      return { body: { month: budgetMonth(now), ...own } };
    },
  }),
];
