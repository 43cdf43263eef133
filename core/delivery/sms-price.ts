/** What texts cost, in micro-dollars: whole numbers, so that sums are exact. */

import { segments } from '../sms.ts';
import { later } from './delivery.ts';

/** @param usd price of one part */
export function textPriceMicroUsd(text: string, usd: number): number {
  return segments(text).segments * microUsdOf(usd);
}

/** The month a text is charged to, in UTC as SNS counts: `2026-11`. */
export function budgetMonth(now: string): string {
  return now.slice(0, 7);
}

/** Codes and alerts each have their share, so that neither a flood of sign-ups nor of news uses up the other's. */
const CODES = 0.1;

/** @param usd of the month, for both */
export function budgetMicroUsd(usd: number, use: 'alerts' | 'codes'): number {
  return microUsdOf(usd * (use === 'codes' ? CODES : 1 - CODES));
}

/** The name of the codes' own account of a month: `2026-11#CODES`. */
export function codesMonth(now: string): string {
  return `${budgetMonth(now)}#CODES`;
}

/** The name of a subscriber's own account of a month. */
export function subscriberMonth(now: string, subscriberId: string): string {
  return `${budgetMonth(now)}#${subscriberId}`;
}

export function microUsdOf(usd: number): number {
  return Math.round(usd * 1_000_000);
}

/** When the next month's budget begins. */
export function nextBudget(now: string): string {
  return `${budgetMonth(later(`${budgetMonth(now)}-01T00:00:00.000Z`, 31 * 86_400))}-01T00:00:00.000Z`;
}
