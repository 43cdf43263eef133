/**
 * Calls the API of this page's own origin. What it says no to, and a network that is not there, is a `Problem`.
 *
 *     const watch = await call<Watch>('POST', '/v1/watches', { body: { name, query } });
 */
import { readToken, signOut } from '../session.ts';

export interface ProblemError {
  readonly pointer?: string;
  readonly detail: string;
  readonly position?: { readonly start: number; readonly end: number };
  readonly hint?: string;
}

export class Problem extends Error {
  override readonly name = 'Problem';
  /** The anchor of its type, such as `invalid-query`; `offline` when no answer came. */
  readonly slug: string;
  readonly errors: readonly ProblemError[];

  constructor(slug: string, message: string, errors: readonly ProblemError[] = []) {
    super(message);
    this.slug = slug;
    this.errors = errors;
  }
}

export interface CallOptions {
  readonly body?: unknown;
  /** Made only while this is the version of what is changed. */
  readonly version?: number;
  readonly signal?: AbortSignal;
  /** Goes out although the page is being left. */
  readonly keepalive?: boolean;
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** @throws Problem; DOMException when it was aborted */
export async function call<T>(method: Method, path: string, options: CallOptions = {}): Promise<T> {
  const response = await send(method, path, options);
  const answer = await readJson(response);
  if (response.ok) return answer as T;
  throw refused(response.status, answer);
}

/** What is no JSON, such as OPML. @throws Problem */
export async function callText(path: string): Promise<string> {
  const response = await send('GET', path, {});
  if (response.ok) return response.text();
  throw refused(response.status, await readJson(response));
}

/** A token that is good no more signs its reader out. */
function refused(status: number, answer: unknown): Problem {
  const problem = problemOf(status, answer);
  if (problem.slug === 'unauthenticated') signOut();
  return problem;
}

async function send(method: Method, path: string, options: CallOptions): Promise<Response> {
  const { body, version, signal = null, keepalive = false } = options;
  const token = readToken();
  const headers = {
    ...(token && { authorization: `Bearer ${token}` }),
    ...(body !== undefined && { 'content-type': 'application/json' }),
    ...(version !== undefined && { 'if-match': `"${version}"` }),
  };
  const init = {
    method,
    headers,
    signal,
    keepalive,
    ...(body !== undefined && { body: JSON.stringify(body) }),
  };
  try {
    return await fetch(path, init);
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new Problem('offline', String(error));
  }
}

/** An answer that is no JSON is none of the API's. */
async function readJson(response: Response): Promise<unknown> {
  const text = await response.text().catch(() => '');
  try {
    return text === '' ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

interface ProblemBody {
  readonly type?: string;
  readonly title?: string;
  readonly detail?: string;
  readonly errors?: readonly ProblemError[];
}

function problemOf(status: number, answer: unknown): Problem {
  const { type = '', title, detail, errors } = (answer ?? {}) as ProblemBody;
  const slug = type.split('#')[1] ?? (status >= 500 ? 'unavailable' : String(status));
  return new Problem(slug, detail ?? title ?? '', errors);
}

/** Every item of a list, page after page. */
export async function callAll<T>(path: string): Promise<T[]> {
  const items: T[] = [];
  let cursor: string | undefined;
  do {
    const query = new URLSearchParams({ limit: '100', ...(cursor && { cursor }) });
    const page = await call<{ items: readonly T[]; next?: string }>('GET', `${path}?${query}`);
    items.push(...page.items);
    cursor = page.next;
  } while (cursor);
  return items;
}
