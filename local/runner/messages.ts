/** What a function's process and the runner tell each other. */

export interface Invocation {
  readonly requestId: string;
  readonly event: unknown;
  readonly functionArn: string;
  /** When the runner will end the process, in ms since 1970. */
  readonly deadline: number;
}

/** As Lambda reports a function's error. */
export interface FunctionFailure {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace?: readonly string[];
}

export type Answer =
  /** The bundle is loaded. */
  | { readonly type: 'ready' }
  /** `payload` is JSON, absent where the handler returned nothing. */
  | { readonly type: 'done'; readonly payload?: string }
  | { readonly type: 'failed'; readonly failure: FunctionFailure };
