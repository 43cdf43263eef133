/** CDK context by its key, such as `{ signUp: 'open' }`. What there is stands in docs/settings.md. */
export type Settings = Readonly<Record<string, string>>;

/** How the stack is set for one person on one machine: everything can be tried, nothing costs anything. */
export const laptopSettings: Settings = {
  signUp: 'open',
  loopback: 'allow',
  shortestPollSeconds: '15',
  smsCountries: 'US=0.0075,CA=0.0075,GB=0.04,DE=0.1,KR=0.03',
  smsMonthlyBudgetUsd: '100',
  data: 'destroy',
};
