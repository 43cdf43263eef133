import { expect, test } from 'vitest';
import { canonicalUrl } from '../../core/article/canonical-url.ts';
import { refusePrivateUrl } from '../../core/public-url.ts';
import { starterSources } from '../../core/source/starter-sources.ts';

test.each(starterSources)('$name can be added as a source', ({ name, url, language }) => {
  expect(() => refusePrivateUrl(url)).not.toThrow();
  expect(new URL(url).href).toBe(url);
  expect(url).toMatch(/^https:/);
  expect(name.trim()).toBe(name);
  expect(Intl.getCanonicalLocales(language)).toEqual([language]);
});

test('each stands there once', () => {
  expect(new Set(starterSources.map(({ url }) => canonicalUrl(url))).size).toBe(starterSources.length);
  expect(new Set(starterSources.map(({ name }) => name)).size).toBe(starterSources.length);
});
