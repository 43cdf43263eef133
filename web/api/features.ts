/**
 * What this installation's API offers, by its own OpenAPI document: what is not there is not shown. It is remembered
 * in this browser, so that only the very first visit waits for it, and looked up once an hour at most: it is larger
 * than all else that a visit loads.
 */
import { createStore } from '../store.ts';
import { call } from './client.ts';

interface Operation {
  readonly parameters?: readonly { readonly in: string; readonly name: string }[];
  /** Whose tokens it takes. */
  readonly security?: readonly Readonly<Record<string, unknown>>[];
  readonly requestBody?: {
    readonly content: Readonly<Record<string, { readonly schema: { readonly properties?: object } }>>;
  };
}

interface OpenApi {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

const HOUR_MS = 3_600_000;
const key = 'tocsin-api';
const readKey = 'tocsin-api-read';
const store = createStore<string | undefined>(localStorage.getItem(key) ?? undefined);

/** What can be sent along is offered too, and by whom: `GET /v1/alerts search`, `GET /v1/lists by operator`. */
function detailsOf({ parameters = [], requestBody, security = [] }: Operation): string[] {
  const inQuery = parameters.filter((one) => one.in === 'query').map(({ name }) => name);
  const inBody = Object.keys(requestBody?.content['application/json']?.schema.properties ?? {});
  const roles = security.flatMap((scheme) => Object.keys(scheme)).map((role) => `by ${role}`);
  return [...inQuery, ...inBody, ...roles];
}

function offersOf({ paths }: OpenApi): string[] {
  return Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).flatMap(([method, operation]) => {
      const route = `${method.toUpperCase()} ${path}`;
      return [route, ...detailsOf(operation).map((detail) => `${route} ${detail}`)];
    }),
  );
}

/** @throws Problem */
export async function loadFeatures(): Promise<void> {
  const isNew = Date.now() - Number(localStorage.getItem(readKey)) < HOUR_MS;
  if (isNew && store.read() !== undefined) return;
  const text = offersOf(await call<OpenApi>('GET', '/v1/openapi.json')).join('\n');
  localStorage.setItem(key, text);
  localStorage.setItem(readKey, String(Date.now()));
  if (text !== store.read()) store.write(text);
}

export type Offers = (feature: string) => boolean;

/** `offers('POST /v1/me/channels')`, `offers('GET /v1/alerts search')`. Undefined while it is not known yet. */
export function useFeatures(): Offers | undefined {
  const features = store.use()?.split('\n');
  return features && ((feature) => features.includes(feature));
}
