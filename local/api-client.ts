/** Tocsin's own HTTP API, as any program would call it. */

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

export function createApiClient(url: string, token: string): ApiClient {
  return {
    async call<T>(method: string, path: string, body?: object): Promise<T> {
      const response = await fetch(url + path, {
        method,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        ...(body ? { body: JSON.stringify(body) } : {}),
      });
      const text = await response.text();
      const answer = text === '' ? undefined : JSON.parse(text);
      if (!response.ok) throw new ApiError(response.status, describe(answer, `${method} ${path}`));
      return answer as T;
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
