/** @returns the public page of a list. @param dashboard URL that ends with a slash */
export function listPage(dashboard: string, listId: string): string {
  return new URL(`lists/${listId}`, dashboard).href;
}
