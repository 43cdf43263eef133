import project from '../package.json' with { type: 'json' };
import type { Settings } from './settings.ts';

/** `Tocsin/1.0.0 (+https://example.org/contact)`: who asks, and whom a publisher can write to. */
export function userAgent({ contactUrl }: Pick<Settings, 'contactUrl'>): string {
  return contactUrl === '' ? `Tocsin/${project.version}` : `Tocsin/${project.version} (+${contactUrl})`;
}
