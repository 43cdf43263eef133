/**
 * Addresses for people whom they do not concern: enough to tell one from another, too little to write to it. The path of
 * a webhook may be its secret.
 *
 *     masked('email', 'ana@example.com');    // 'a•••@example.com'
 *     masked('sms', '+821012345678');        // '+82•••78'
 */
import type { PersonalKind } from '../../core/model.ts';

const DOTS = '•••';

export function masked(kind: PersonalKind, address: string): string {
  switch (kind) {
    case 'email':
      return address.slice(0, 1) + DOTS + address.slice(address.lastIndexOf('@'));
    case 'sms':
      return address.slice(0, 3) + DOTS + address.slice(-2);
    case 'webhook':
      return `${new URL(address).origin}/${DOTS}`;
  }
}
