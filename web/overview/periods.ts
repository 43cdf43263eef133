/** What happened in each hour, gathered into as many bars as can be told apart. */
export interface Hour {
  /** Its beginning. */
  readonly at: string;
  readonly articlesSeen: number;
  readonly articlesMatched: number;
  readonly alertsSent: number;
  readonly deliveriesFailed: number;
}

/** Hours looked back at, and hours in a bar. */
export const spans = {
  day: { hours: 24, hoursInBar: 1 },
  week: { hours: 168, hoursInBar: 6 },
  month: { hours: 720, hoursInBar: 24 },
} as const;

export type SpanName = keyof typeof spans;

const HOUR_MS = 3_600_000;

/** Hours up to now in which nothing happened, as far as is known yet: what is read takes their place, and none other. */
export function nothing(hours: number, now = Date.now()): Hour[] {
  const last = Math.floor(now / HOUR_MS);
  return Array.from({ length: hours }, (_, n) => ({
    at: new Date((last - hours + 1 + n) * HOUR_MS).toISOString(),
    articlesSeen: 0,
    articlesMatched: 0,
    alertsSent: 0,
    deliveriesFailed: 0,
  }));
}

/** @returns sums, oldest first, of hours that are in one bar of the reader's own day: of each quarter, or of all of it */
export function gather(hours: readonly Hour[], hoursInBar: number): Hour[] {
  const barOf = ({ at }: Hour) => {
    const time = new Date(at);
    return `${time.toDateString()} ${Math.floor(time.getHours() / hoursInBar)}`;
  };
  return [...Map.groupBy(hours, barOf).values()].map(sum);
}

/** Of at least one hour; it begins with the first. */
export function sum(hours: readonly Hour[]): Hour {
  return hours.reduce((all, hour) => ({
    at: all.at,
    articlesSeen: all.articlesSeen + hour.articlesSeen,
    articlesMatched: all.articlesMatched + hour.articlesMatched,
    alertsSent: all.alertsSent + hour.alertsSent,
    deliveriesFailed: all.deliveriesFailed + hour.deliveriesFailed,
  }));
}

/** The top of a scale that has whole numbers at its top and in its middle. */
export function roundUp(most: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(most, 1)));
  return power * [2, 4, 6, 8, 10].find((step) => step * power >= most)!;
}

/** What stands under a bar: few enough that each has room. */
export function hasTick({ at }: Hour, span: SpanName, n: number): boolean {
  const hour = new Date(at).getHours();
  if (span === 'month') return n % 7 === 1;
  return span === 'week' ? hour === 0 : hour % 4 === 0;
}
