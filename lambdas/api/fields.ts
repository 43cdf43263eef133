/** The schemas that several resources share. Every string and count is bounded; unknown fields are refused. */

import * as z from 'zod/mini';
import en from 'zod/v4/locales/en.js';
import { unfitForLine } from '../../core/text/line-signs.ts';

/** `zod/mini` is a third of `zod` and speaks no language by itself. */
z.config(en());

/** Ids are ours, opaque, and never contain `#`, which separates the parts of keys. */
export const id = z.string().check(z.regex(/^[A-Za-z0-9_-]{1,64}$/, 'Not an id'));

export const time = z.string().check(z.meta({ format: 'date-time', examples: ['2026-11-23T08:00:00.000Z'] }));

/** A time of day. */
export const clock = z.string().check(z.regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'Not a time such as 08:00'));

/**
 * Names reach subjects, texts and logs: no control characters or line breaks, nothing that turns the
 * direction of the text around it, and no half of a surrogate pair.
 */
const UNFIT = new RegExp(`[${unfitForLine}]`, 'u');

const line = (longest: number) =>
  z.string().check(
    z.trim(),
    z.minLength(1),
    z.maxLength(longest),
    z.refine((text) => !UNFIT.test(text), 'Must not contain control characters or line breaks'),
  );

export const name = line(100);

/** A sentence or a few. */
export const description = line(1_000);

/** What was read from a text, or why nothing can be. */
export type Reading<T> = { readonly value: T } | { readonly refused: string };

/** A text of 1 to `longest` characters that is more than its characters. */
export function readText<T>(longest: number, read: (text: string) => Reading<T>) {
  const text = z.string().check(z.minLength(1), z.maxLength(longest));
  return z.pipe(
    text,
    z.transform((given: string, { issues }): T => {
      const reading = read(given);
      if ('value' in reading) return reading.value;
      issues.push({ code: 'custom', message: reading.refused, input: given });
      return z.NEVER;
    }),
  );
}

/** All may be absent, but not all of them. */
export function changeOf<T extends z.core.$ZodLooseShape>(fields: T) {
  return z
    .partial(z.strictObject(fields))
    .check(z.refine((change) => Object.keys(change).length > 0, 'Nothing to change'));
}

const MOST_A_PAGE = 100;

/** How far a list was read: the last item's id and, in lists by time, its time. */
export interface Place {
  readonly id: string;
  readonly at?: string;
}

const place = z.strictObject({ id, at: z.optional(z.iso.datetime()) });

/** Opaque to clients. It names no partition: whose list goes on is always the caller's own. */
export function toCursor(at: Place | undefined): string | undefined {
  return at && Buffer.from(JSON.stringify(at)).toString('base64url');
}

const cursor = readText<Place>(300, (text) => {
  const { success, data } = place.safeParse(readJson(Buffer.from(text, 'base64url').toString()));
  return success ? { value: data } : { refused: 'Not a cursor of this list' };
});

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export const pageQuery = z.strictObject({
  limit: z._default(z.coerce.number().check(z.int(), z.gte(1), z.lte(MOST_A_PAGE)), 50),
  cursor: z.optional(cursor),
});
export type PageQuery = z.infer<typeof pageQuery>;

/** A list's answer; `next` is absent on the last page. */
export function pageOf<T extends z.ZodMiniType>(item: T) {
  return z.object({ items: z.array(item), next: z.optional(z.string()) });
}
