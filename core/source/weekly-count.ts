/**
 * How many articles a source brought in the last seven days, kept as counts by day (UTC) so that it forgets.
 *
 *     countDay({ '2026-11-22': 3 }, 2, now)   // { '2026-11-22': 3, '2026-11-23': 2 }
 */

export type DayCounts = Readonly<Record<string, number>>;

const dayMs = 86_400_000;
const days = 7;

/** @returns the counts of today and the six days before, with some more today */
export function countDay(before: DayCounts, count: number, now: Date): DayCounts {
  const dayOf = (time: number) => new Date(time).toISOString().slice(0, 10);
  const [today, first] = [dayOf(now.getTime()), dayOf(now.getTime() - (days - 1) * dayMs)];
  const kept = Object.entries(before).filter(([day]) => day >= first && day <= today);
  const counts = Object.fromEntries(kept);
  return count > 0 ? { ...counts, [today]: (counts[today] ?? 0) + count } : counts;
}

export function inWeek(counts: DayCounts, now: Date): number {
  return Object.values(countDay(counts, 0, now)).reduce((sum, count) => sum + count, 0);
}
