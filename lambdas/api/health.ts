/** Whether the API answers at all; it asks nothing of anybody. */
import * as z from 'zod/mini';
import { endpoint } from './endpoint.ts';

export const healthEndpoints = [
  endpoint({
    method: 'GET',
    path: '/v1/health',
    role: 'anyone',
    summary: 'Whether the API is up',
    success: [200],
    answer: z.object({ status: z.literal('ok') }),
    problems: [],
    work: async () => ({ body: { status: 'ok' as const } }),
  }),
];
