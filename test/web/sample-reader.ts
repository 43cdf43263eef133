/** The reader that comes with the sample newsroom. */
import type { Laptop } from '../e2e/laptop.ts';

/** @returns a token of theirs */
export async function readerToken({ api }: Laptop): Promise<string> {
  const { items } = await api<{ items: { id: string; name?: string }[] }>('GET', '/v1/subscribers');
  const { id } = items.find(({ name }) => name === 'Sample reader')!;
  return (await api<{ token: string }>('POST', `/v1/subscribers/${id}/tokens`, { name: 'sample' })).token;
}
