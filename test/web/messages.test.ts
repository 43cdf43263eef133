/** Every language says everything, with the same values put in. */
import { describe, expect, test } from 'vitest';
import { en, type MessageKey, type Plural } from '../../web/messages/en.ts';
import { ko } from '../../web/messages/ko.ts';

const languages = { ko };

const textsOf = (message: string | Plural): string[] =>
  typeof message === 'string' ? [message] : Object.values(message);

const valuesOf = (message: string | Plural): string[] => {
  const found = textsOf(message).flatMap((text) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!));
  return [...new Set(found)].sort();
};

describe.each(Object.entries(languages))('%s', (_, messages) => {
  test.each(Object.keys(en) as MessageKey[])('%s', (key) => {
    expect(valuesOf(messages[key])).toEqual(valuesOf(en[key]));
    expect(textsOf(messages[key]).every((text) => text.trim() !== '')).toBe(true);
  });

  test('says nothing else', () => {
    expect(Object.keys(messages)).toEqual(Object.keys(en));
  });
});
