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

describe('declared by a page', () => {
  test.each([
    '<meta charset="euc-kr">',
    "<META CHARSET = 'EUC-KR'>",
    '<meta http-equiv="Content-Type" content="text/html; charset=euc-kr">',
  ])('%s', (meta) => {
    expect(decodeText(Uint8Array.from([...ascii(meta), ...korean]))).toBe(`${meta}한국 대통령`);
  });
});

describe('the declaration counts, not the guess', () => {
  const polish = hex('a3f364bc'); // Łódź, ISO 8859-2
  test.each([
    ['text/xml; charset=iso-8859-2', polish, 'Łódź'],
    [
      'text/xml; charset=x-none',
      Uint8Array.from([...ascii('<?xml encoding="iso-8859-2"?>'), ...polish]),
      'Łódź',
    ],
    [
      'text/xml; charset=utf-8',
      Uint8Array.from([...ascii("<?xml encoding = 'iso-8859-2' ?>"), ...polish]),
      'Łódź',
    ],
    [
      'text/xml; charset=utf-16',
      Uint8Array.from([...ascii('<?xml encoding="iso-8859-2"?>'), ...polish]),
      'Łódź',
    ],
    ['text/xml; charset=iso-2022-jp', hex('1b2442467c4b5c1b2842'), '日本'],
    [
      'text/xml; charset=shift_jis',
      Uint8Array.from([...japanese, ...japanese, 0xff]),
      '日本の首相日本の首相\ufffd',
    ],
  ])('%s', (contentType, bytes, text) => {
    expect(decodeText(bytes, contentType)).toMatch(new RegExp(`${text}$`));
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
    ['UTF-16 LE, by its first tag', hex('3c003f0078003e0048c5'), '<?x>안'],
    ['UTF-16 BE, by its first tag', hex('003c003f0078003ec548'), '<?x>안'],
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
    ['Japanese, EUC', hex('c6fccbdca4cebcf3c1ea'), '日本の首相'],
    ['Russian, KOI8-R', hex('f0d2c5dac9c4c5ced420f2cfd3d3c9c9'), 'Президент России'],
    ['Korean, cut within a character', korean.subarray(0, -1), '한국 대통\ufffd'],
    ['Hebrew', hex('f9ece5ed20f2e5eced'), 'שלום עולם'],
    [
      'Russian without a capital',
      hex('eff0e0e2e8f2e5ebfcf1f2e2ee20f0e0f1f1eceef2f0e8f220eff0e5e4ebeee6e5ede8ff'),
      'правительство рассмотрит предложения',
    ],
    [
      'Greek',
      hex('c1e8deede13a20ef20f0f1f9e8f5f0eff5f1e3fcf220e4deebf9f3e520f7e8e5f2'),
      'Αθήνα: ο πρωθυπουργός δήλωσε χθες',
    ],
    ['Chinese, Big 5', hex('a4a4b0eac160b2ce'), '中國總統'],
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
