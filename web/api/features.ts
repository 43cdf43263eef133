/**
 * What this installation's API offers, by its own OpenAPI document: what is not there is not shown. It is remembered
 * in this browser, so that only the very first visit waits for it.
 */
import { createStore } from '../store.ts';
import { call } from './client.ts';

interface OpenApi {
  readonly paths: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

const key = 'tocsin-api';
const store = createStore<string | undefined>(localStorage.getItem(key) ?? undefined);

/** @throws Problem */
export async function loadFeatures(): Promise<void> {
  const { paths } = await call<OpenApi>('GET', '/v1/openapi.json');
  const routes = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );
  const text = routes.join('\n');
  localStorage.setItem(key, text);
  if (text !== store.read()) store.write(text);
}

/** `offers('POST /v1/me/channels')`. Undefined while it is not known yet. */
export function useFeatures(): ((route: string) => boolean) | undefined {
  const routes = store.use()?.split('\n');
  return routes && ((route) => routes.includes(route));
}
