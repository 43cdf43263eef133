/** The schemas that several resources share. Every string and count is bounded; unknown fields are refused. */
import * as z from 'zod';

/** Ids are ours, opaque, and never contain `#`, which separates the parts of keys. */
export const id = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, 'Not an id');

export const time = z.string().meta({ format: 'date-time', examples: ['2026-11-23T08:00:00.000Z'] });

/**
 * Names reach subjects, texts and logs: no control characters or line breaks, nothing that turns the
 * direction of the text around it, and no half of a surrogate pair.
 */
const UNFIT = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u;

export const name = z
  .string()
  .trim()
  .min(1)
  .max(100)
  .refine((text) => !UNFIT.test(text), 'Must not contain control characters or line breaks');

const MOST_A_PAGE = 100;

/** How far a list was read: the last item's id and, in lists by time, its time. */
export interface Place {
  readonly id: string;
  readonly at?: string;
}

const place = z.strictObject({ id, at: z.iso.datetime().optional() });

/** Opaque to clients. It names no partition: whose list goes on is always the caller's own. */
export function toCursor(at: Place | undefined): string | undefined {
  return at && Buffer.from(JSON.stringify(at)).toString('base64url');
}

const cursor = z
  .string()
  .max(300)
  .transform((text, context): Place => {
    const read = place.safeParse(readJson(Buffer.from(text, 'base64url').toString()));
    if (read.success) return read.data;
    context.addIssue({ code: 'custom', message: 'Not a cursor of this list' });
    return z.NEVER;
  });

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export const pageQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(MOST_A_PAGE).default(50),
  cursor: cursor.optional(),
});
export type PageQuery = z.infer<typeof pageQuery>;

/** A list's answer; `next` is absent on the last page. */
export function pageOf<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item), next: z.string().optional() });
}
