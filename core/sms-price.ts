/** What texts cost, in micro-dollars: whole numbers, so that sums are exact. */

import { later } from './delivery.ts';
import { segments } from './sms.ts';

/** @param usd price of one part */
export function textPriceMicroUsd(text: string, usd: number): number {
  return segments(text).segments * Math.round(usd * 1_000_000);
}

/** The month a text is charged to, in UTC as SNS counts: `2026-11`. */
export function budgetMonth(now: string): string {
  return now.slice(0, 7);
}

/** When the next month's budget begins. */
export function nextBudget(now: string): string {
  return `${budgetMonth(later(`${budgetMonth(now)}-01T00:00:00.000Z`, 31 * 86_400))}-01T00:00:00.000Z`;
}
