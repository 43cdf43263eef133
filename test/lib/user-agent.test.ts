import { expect, test } from 'vitest';
import { userAgent } from '../../lib/user-agent.ts';
import project from '../../package.json' with { type: 'json' };

test.each([
  ['', `Tocsin/${project.version}`],
  ['https://example.org/contact', `Tocsin/${project.version} (+https://example.org/contact)`],
])('a contact at %j makes %s', (contactUrl, expected) => expect(userAgent({ contactUrl })).toBe(expected));
