/** Which alerts are looked at, as it stands in the address. */
export interface AlertsPlace {
  /** Empty: of all watches. */
  readonly watchId: string;
  /** Words, all of which they have; empty: whatever they say. */
  readonly search: string;
}

const queryOf = ({ watchId, search }: AlertsPlace) =>
  new URLSearchParams({ ...(watchId && { watch: watchId }), ...(search && { search }) }).toString();

export function placeOf(alerts: AlertsPlace): string {
  const query = queryOf(alerts);
  return query ? `/?${query}` : '/';
}

export function apiPathOf(alerts: AlertsPlace): string {
  const query = queryOf(alerts);
  return `/v1/alerts?limit=20${query && `&${query}`}`;
}
