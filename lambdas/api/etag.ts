/** Versions as entity tags: `"3"` (RFC 9110, sections 8.8.3 and 13.1.1). */

export function toEtag(version: number): string {
  return `"${version}"`;
}

/** @param ifMatch the header, a list of tags or `*`; absent means any version */
export function matchesVersion(ifMatch: string | undefined, version: number): boolean {
  if (ifMatch === undefined || ifMatch.trim() === '*') return true;
  return ifMatch.split(',').some((tag) => tag.trim() === toEtag(version));
}
