import { expect, test } from 'vitest';
import {
  budgetMicroUsd,
  budgetMonth,
  codesMonth,
  nextBudget,
  subscriberMonth,
  textPriceMicroUsd,
} from '../../core/delivery/sms-price.ts';

test.each([
  ['', 0],
  ['a', 7_500],
  ['x'.repeat(161), 15_000],
  ['한'.repeat(71), 15_000],
])('%j at 0.0075 USD a part costs %i', (text, microUsd) => {
  expect(textPriceMicroUsd(text, 0.0075)).toBe(microUsd);
});

test.each([
  ['2026-11-30T23:59:59.999Z', '2026-11', '2026-12-01T00:00:00.000Z'],
  ['2026-12-01T00:00:00.000Z', '2026-12', '2027-01-01T00:00:00.000Z'],
  ['2028-02-29T12:00:00.000Z', '2028-02', '2028-03-01T00:00:00.000Z'],
  ['2027-01-31T12:00:00.000Z', '2027-01', '2027-02-01T00:00:00.000Z'],
])('%s is charged to %s, the next budget begins at %s', (now, month, next) => {
  expect(budgetMonth(now)).toBe(month);
  expect(nextBudget(now)).toBe(next);
});

test('a tenth of the budget is kept for codes, and they and each subscriber have an account of their own', () => {
  expect(budgetMicroUsd(10, 'alerts') + budgetMicroUsd(10, 'codes')).toBe(10_000_000);
  expect(budgetMicroUsd(10, 'codes')).toBe(1_000_000);
  expect(codesMonth('2026-11-23T08:00:00.000Z')).toBe('2026-11#CODES');
  expect(subscriberMonth('2026-11-23T08:00:00.000Z', 'ana')).toBe('2026-11#ana');
});
