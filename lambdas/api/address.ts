/**
 * Where alerts may go, in one spelling: an e-mail address that SNS takes, a phone number in an allowed country
 * as E.164, a URL that leads to the public internet.
 */
import { brotliDecompressSync } from 'node:zlib';
import { type MetadataJson, parsePhoneNumberFromString } from 'libphonenumber-js/core';
import * as z from 'zod/mini';
import { PrivateUrlError, refusePrivateUrl } from '../../core/public-url.ts';
import { type Reading, readText } from './fields.ts';
import phoneMetadata from './phone-metadata.json' with { type: 'json' };
import { settings } from './settings.ts';

/** RFC 5321, section 4.5.3.1.3, less the angle brackets. */
const LONGEST_EMAIL = 254;
/** Section 4.5.3.1.1. */
const LONGEST_LOCAL_PART = 64;

/** The local part keeps its case, for the server that minds; nobody may take the other spelling, though. */
export function normaliseEmail(text: string): string | undefined {
  const at = text.lastIndexOf('@');
  const tooLong = text.length > LONGEST_EMAIL || at > LONGEST_LOCAL_PART;
  if (tooLong || !z.regexes.email.test(text)) return undefined;
  return text.slice(0, at) + text.slice(at).toLowerCase();
}

/** Made and checked by `test/lambdas/api/phone-metadata.test.ts`. Packed it is 30 KB less in the bundle, and a millisecond. */
const metadata: MetadataJson = JSON.parse(
  brotliDecompressSync(Buffer.from(phoneMetadata.brotli, 'base64')).toString(),
);

/** Numbers that the North American plan sets aside for fiction: nobody has them, so they serve trials. */
const FICTIONAL = /^\+1[2-9]\d\d55501\d\d$/;

/** ISO 3166 code of the country a number in E.164 belongs to; undefined for none that a text can reach. */
export function countryOf(number: string): string | undefined {
  if (settings.loopback === 'allow' && FICTIONAL.test(number)) return 'US';
  const phone = parsePhoneNumberFromString(number, metadata);
  return phone?.isValid() ? phone.country : undefined;
}

/**
 * Only numbers that a text can reach: the metadata knows mobile numbers, so premium, unassigned and fixed ones
 * are refused where a country tells them apart.
 *
 * @returns E.164, or why not
 */
export function normalisePhone(text: string): Reading<string> {
  const number = parsePhoneNumberFromString(text, metadata)?.number ?? '';
  const country = countryOf(number);
  if (!country) return { refused: 'Not a mobile phone number with its country, such as +821012345678' };
  if (settings.smsCountries.has(country)) return { value: number };
  const allowed = [...settings.smsCountries.keys()].join(', ');
  return { refused: allowed ? `Texts go to ${allowed} only` : 'Texts are turned off here' };
}

function normaliseWebhook(text: string): string {
  refusePrivateUrl(text, settings);
  const url = new URL(text);
  if (url.protocol !== 'https:' && settings.loopback === 'refuse') {
    throw new PrivateUrlError('scheme', 'A webhook needs https');
  }
  url.hash = '';
  return url.href;
}

const email = readText<string>(LONGEST_EMAIL, (given) => {
  const value = normaliseEmail(given);
  return value === undefined ? { refused: 'Not an e-mail address such as ana@example.com' } : { value };
});

const phone = readText<string>(40, normalisePhone);

const webhook = readText<string>(2048, (given) => {
  try {
    return { value: normaliseWebhook(given) };
  } catch (error) {
    if (!(error instanceof PrivateUrlError)) throw error;
    return { refused: error.message };
  }
});

const newEmail = z.strictObject({ kind: z.literal('email'), address: email });
const newSms = z.strictObject({ kind: z.literal('sms'), address: phone });

/** An address that a person reads, and can copy a code from. */
export const reachable = z.discriminatedUnion('kind', [newEmail, newSms]);
export type Reachable = z.infer<typeof reachable>;

const newWebhook = z.strictObject({ kind: z.literal('webhook'), address: webhook });

/** What a topic tells without our help. */
export const subscribable = [newEmail, newWebhook] as const;

/** What makes a channel. */
export const newChannel = z.discriminatedUnion('kind', [newEmail, newSms, newWebhook]);
export type NewChannel = z.infer<typeof newChannel>;
