/** Tocsin's own HTTP API, as any program would call it. */
import type { Tocsin } from './runner/tocsin.ts';

export interface ApiClient {
  /** @throws ApiError for any answer but a 2xx */
  call<T>(method: string, path: string, body?: object): Promise<T>;
}

/** An answer that is a problem (RFC 9457). */
export class ApiError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.name = 'ApiError';
    this.status = status;
  }
}

/** @param tocsin answers in this process: the set-up comes before others are let in */
export function createApiClient(tocsin: Pick<Tocsin, 'answer'>, token: string): ApiClient {
  return {
    async call<T>(method: string, path: string, body?: object): Promise<T> {
      const answer = await tocsin.answer({
        method,
        target: path,
        rawHeaders: ['authorization', `Bearer ${token}`, 'content-type', 'application/json'],
        body: Buffer.from(body ? JSON.stringify(body) : ''),
        sourceIp: '127.0.0.1',
      });
      const content = answer.body.length === 0 ? undefined : JSON.parse(String(answer.body));
      if (answer.status >= 300) throw new ApiError(answer.status, describe(content, `${method} ${path}`));
      return content as T;
    },
  };
}

interface Problem {
  readonly title?: string;
  readonly detail?: string;
  readonly message?: string;
  readonly errors?: readonly { readonly detail: string }[];
}

/** `That is no phone number: +1` rather than `400 Bad Request`. */
function describe(problem: Problem | undefined, request: string): string {
  const details = problem?.errors?.map(({ detail }) => detail) ?? [];
  const parts = [problem?.title ?? problem?.message, problem?.detail, ...details].filter(Boolean);
  return `${request}: ${parts.join('. ')}`;
}
