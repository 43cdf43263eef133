import { describe, expect, test } from 'vitest';
import { decodeText } from '../../core/feed/charset.ts';

const hex = (bytes: string) => Uint8Array.from(bytes.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
const ascii = (text: string) => [...new TextEncoder().encode(text)];

const korean = hex('c7d1b1b920b4ebc5ebb7c9'); // 한국 대통령, KS X 1001
const beyond = hex('8c63b9e6b0a2c7cf20bc84bdc3'); // 똠방각하 펲시, windows-949 only
const japanese = hex('93fa967b82cc8ef191 8a'.replaceAll(' ', '')); // 日本の首相, Shift_JIS
const chinese = hex('d6d0b9fad7dcc0ed'); // 中国总理, GB 2312
const russian = hex('cff0e5e7e8e4e5edf220d0eef1f1e8e8'); // Президент России, windows-1251

describe('declared by the HTTP header', () => {
  test.each([
    ['text/xml; charset=euc-kr', korean, '한국 대통령'],
    ['text/xml; charset="EUC-KR"', beyond, '똠방각하 펲시'],
    ['text/xml; charset=cp949', beyond, '똠방각하 펲시'],
    ['text/xml; charset=shift_jis', japanese, '日本の首相'],
    ['text/xml; charset=gb2312', chinese, '中国总理'],
    ['text/xml; charset=windows-1251', russian, 'Президент России'],
    ['text/xml; charset=iso-8859-1', hex('93e994'), '“é”'],
  ])('%s', (contentType, bytes, text) => {
    expect(decodeText(bytes, contentType)).toBe(text);
  });
});

test('declared by the XML declaration', () => {
  const bytes = Uint8Array.from([...ascii('<?xml version="1.0" encoding="euc-kr"?>'), ...korean]);
  expect(decodeText(bytes)).toMatch(/한국 대통령$/);
});

describe('byte order marks win', () => {
  test.each([
    ['UTF-8', hex('efbbbfec9588'), '안'],
    ['UTF-16 LE', hex('fffe48c5'), '안'],
    ['UTF-16 BE', hex('feffc548'), '안'],
  ])('%s', (_, bytes, text) => {
    expect(decodeText(bytes, 'text/xml; charset=iso-8859-1')).toBe(text);
  });
});

describe('UTF-8 under a wrong name is UTF-8', () => {
  test.each([
    'text/xml; charset=iso-8859-1',
    'text/xml; charset=utf-16',
    'text/xml; charset=x-none',
    'text/xml',
  ])('%s', (contentType) => {
    expect(decodeText(new TextEncoder().encode('한국 Zürich'), contentType)).toBe('한국 Zürich');
  });
});

describe('declared nowhere', () => {
  test.each([
    ['Korean', korean, '한국 대통령'],
    ['Japanese', japanese, '日本の首相'],
    ['Chinese', chinese, '中国总理'],
    ['Russian', russian, 'Президент России'],
    ['German', hex('5afc72696368'), 'Zürich'],
  ])('%s', (_, bytes, text) => {
    expect(decodeText(bytes)).toBe(text);
  });
});

test('a document cut off within a character, or with one bad byte, stays UTF-8', () => {
  const bytes = new TextEncoder().encode('한국어로 쓰인 긴 글'.repeat(3));
  expect(decodeText(bytes.subarray(0, -1))).toMatch(/^한국어로 .*\ufffd$/);
});

test('windows-949 holds every syllable of Hangul', () => {
  const lead = (n: number) => [0x81 + Math.floor(n / 178), 0x41 + (n % 178)];
  expect(decodeText(Uint8Array.from(lead(0)), 'text/xml; charset=euc-kr')).toBe('갂');
  expect(decodeText(hex('c652'), 'text/xml; charset=euc-kr')).toBe('힣');
});
