/**
 * How numbers are written is half of libphonenumber's metadata, and nothing that checking one needs: without them,
 * and packed, it is 80 KB less in the bundle. After an update of the package: `npx vitest run test/lambdas/api/phone-metadata.test.ts -u`.
 */

import { brotliCompressSync, brotliDecompressSync } from 'node:zlib';
import { type MetadataJson, parsePhoneNumberFromString } from 'libphonenumber-js/core';
import examples from 'libphonenumber-js/examples.mobile.json' with { type: 'json' };
import metadata from 'libphonenumber-js/metadata.mobile.json' with { type: 'json' };
import {
  type CountryCode,
  getExampleNumber,
  parsePhoneNumberFromString as parseByWhole,
} from 'libphonenumber-js/mobile';
import { expect, test } from 'vitest';
import packed from '../../../lambdas/api/phone-metadata.json' with { type: 'json' };

const unpacked = brotliDecompressSync(Buffer.from(packed.brotli, 'base64')).toString();
const stripped: MetadataJson = JSON.parse(unpacked);

/** Place of the formats in a country's row: `build/metadata.js` of the package, "formats()". */
const FORMATS = 4;

test('the metadata is that of the package without the formats', async () => {
  const { countries, nonGeographic, ...rest } = structuredClone(metadata) as typeof metadata & {
    nonGeographic: object;
  };
  const rows: unknown[][] = [...Object.values(countries), ...Object.values(nonGeographic)];
  for (const row of rows) row[FORMATS] = 0;
  const expected = JSON.stringify({ ...rest, countries, nonGeographic });
  // Another version of the compressor may write other bytes: only what they say counts.
  const brotli = unpacked === expected ? packed.brotli : brotliCompressSync(expected).toString('base64');
  await expect(`${JSON.stringify({ brotli })}\n`).toMatchFileSnapshot(
    '../../../lambdas/api/phone-metadata.json',
  );
});

test('it says of a mobile number of every country what the whole metadata says', () => {
  const numbers = (Object.keys(metadata.countries) as CountryCode[]).flatMap(
    (country) => getExampleNumber(country, examples)?.number ?? [],
  );
  expect(numbers.length).toBeGreaterThan(200);
  for (const number of numbers) {
    const read = parsePhoneNumberFromString(number, stripped);
    const whole = parseByWhole(number);
    expect([number, read?.country, read?.isValid()]).toEqual([number, whole?.country, true]);
  }
});
