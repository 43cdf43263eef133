/** @returns the time in ISO 8601, UTC */
export function parseFeedDate(text: string): string | undefined {
  const time = Date.parse(text.trim());
  return Number.isNaN(time) ? undefined : new Date(time).toISOString();
}
