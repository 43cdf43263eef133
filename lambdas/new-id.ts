import { randomBytes } from 'node:crypto';

const alphabet = 'abcdefghijklmnopqrstuvwxyz234567';

/** A new id: 16 characters of RFC 4648 base32 in lower case, 80 random bits; fit for keys, URLs and SNS topic names. */
export function newId(): string {
  return Array.from(randomBytes(16), (byte) => alphabet[byte & 31]).join('');
}
