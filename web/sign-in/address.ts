/** Where a code can be sent. */
export interface Address {
  readonly kind: 'email' | 'sms';
  readonly address: string;
}

/** Whoever writes an @ means an e-mail address. */
export function addressOf(text: string): Address {
  const address = text.trim();
  return { kind: address.includes('@') ? 'email' : 'sms', address };
}
