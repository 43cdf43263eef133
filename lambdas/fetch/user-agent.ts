import project from '../../package.json' with { type: 'json' };

/** `Tocsin/1.0.0 (+https://example.org/contact)`: who asks, and whom a publisher can write to. */
export function userAgent(contactUrl: string): string {
  return contactUrl === '' ? `Tocsin/${project.version}` : `Tocsin/${project.version} (+${contactUrl})`;
}
