/**
 * How numbers are written is half of libphonenumber's metadata, and nothing that checking one needs: 50 KB less in
 * the bundle. After an update of the package: `npx vitest run test/lambdas/api/phone-metadata.test.ts -u`.
 */

import { type MetadataJson, parsePhoneNumberFromString } from 'libphonenumber-js/core';
import examples from 'libphonenumber-js/examples.mobile.json' with { type: 'json' };
import metadata from 'libphonenumber-js/metadata.mobile.json' with { type: 'json' };
import {
  type CountryCode,
  getExampleNumber,
  parsePhoneNumberFromString as parseByWhole,
} from 'libphonenumber-js/mobile';
import { expect, test } from 'vitest';
import stripped from '../../../lambdas/api/phone-metadata.json' with { type: 'json' };

/** Place of the formats in a country's row: `build/metadata.js` of the package, "formats()". */
const FORMATS = 4;

test('the metadata is that of the package without the formats', async () => {
  const { countries, nonGeographic, ...rest } = structuredClone(metadata) as typeof metadata & {
    nonGeographic: object;
  };
  const rows: unknown[][] = [...Object.values(countries), ...Object.values(nonGeographic)];
  for (const row of rows) row[FORMATS] = 0;
  const expected = `${JSON.stringify({ ...rest, countries, nonGeographic })}\n`;
  await expect(expected).toMatchFileSnapshot('../../../lambdas/api/phone-metadata.json');
});

test('it says of a mobile number of every country what the whole metadata says', () => {
  const numbers = (Object.keys(metadata.countries) as CountryCode[]).flatMap(
    (country) => getExampleNumber(country, examples)?.number ?? [],
  );
  expect(numbers.length).toBeGreaterThan(200);
  for (const number of numbers) {
    const read = parsePhoneNumberFromString(number, stripped as unknown as MetadataJson);
    const whole = parseByWhole(number);
    expect([number, read?.country, read?.isValid()]).toEqual([number, whole?.country, true]);
  }
});
