/** The language as tables: the query, and beside it what it finds and what it does not. */
import { describe, expect, test } from 'vitest';
import { matches } from '../../core/matches.ts';
import type { Article } from '../../core/model.ts';
import { Percolator } from '../../core/percolator.ts';
import { parseQuery } from '../../core/query.ts';

const articleOf = (body: string, more: Partial<Article> = {}): Article => ({
  id: 'a',
  url: 'https://www.koreaherald.com/view/1',
  title: '',
  sourceId: 'herald',
  body,
  ...more,
});

type Row = [query: string, finds: string[], not: string[]];

const tables: Record<string, Row[]> = {
  'words and their forms': [
    ['ai', ['AI rules', 'an AI.', 'A.I. rules', '(ai)'], ['rain', 'said', 'air']],
    ['sanction', ['sanctions', 'SANCTION', 'Sanction’s'], ['sanctioned', 'unsanction']],
    ['sanctions', ['a sanction'], ['sanctioning']],
    ['country', ['countries', "the country's"], ['counties', 'countryside']],
    ['crises', ['a crisis'], ['crise']],
    ['man', ['men', 'man'], ['mane', 'manes']],
    ['women', ['a woman'], ['man']],
    ['children', ['child', 'grandchild children'], ['childish']],
    ['new', ['a new one'], ['the news']],
    ['news', ['the news'], ['a new one']],
    ['gas', ['gases'], ['ga']],
    ['bus', ['buses'], ['bu']],
    ['house', ['houses'], ['hous']],
    ['church', ['churches'], ['churche']],
    ['movie', ['movies'], ['movy']],
    ['hero', ['heroes'], ['her']],
    ['shoe', ['shoes'], ['sho']],
    ['virus', ['viruses'], ['viru']],
    ['Hamas', ['Hamas said'], ['Hama, Syria']],
    ['Williams', ['Williams won'], ['William won']],
    ['economic', ['economic growth'], ['economics']],
    ['Paris', ['Paris'], ['pari']],
    ['US', ['the US.', 'U.S. troops', 'the US’s', 'us'], ['use', 'bus']],
    ['PC', ['two PCs'], ['pcx']],
    ['Iraqi', ['two Iraqis'], ['Iraq']],
    ['leaf', ['leaves'], ['leave']],
  ],
  'accents, case and typography': [
    ['são', ['Sao Paulo', 'SÃO', 'sa\u0303o'], ['sa o']],
    ['Zurich', ['Zürich', 'ZÜRICH'], ['Zuerich']],
    ['strasse', ['Straße', 'STRAẞE'], ['strase']],
    ['Lodz', ['Łódź'], []],
    ['Orsted', ['Ørsted'], []],
    ['ISTANBUL', ['istanbul', 'İstanbul', 'ıstanbul'], []],
    ['Diyarbakir', ['Diyarbakır'], []],
    ['ΟΔΟΣ', ['οδός', 'οδοσ'], ['οδο']],
    ['Αθήνα', ['ΑΘΗΝΑ'], []],
    ['елка', ['ёлка', 'ЁЛКА'], []],
    ['мой', ['Мой'], ['мои']],
    ['замок', ['за\u0301мок'], []],
    ['Da Nang', ['Đà Nẵng'], []],
    ['"Viet Nam"', ['Việt Nam'], []],
    ['naive', ['naïve'], []],
    ['cooperate', ['co\u00adoperate', 'cooper\u200bate'], []],
    ['find', ['ﬁnd', 'ＦＩＮＤ'], []],
    ['CO2', ['CO₂ emissions'], []],
    ['Russia', ['Russia’s', "RUSSIA'S", 'Russia`s'], ['Russian']],
    ["O'Neill", ['O’Neill', "O'NEILL"], ['Neill']],
    ["don't", ['don’t'], ['don t']],
    ['hell', ['hell'], ["he'll"]],
    ['Iran', ['l’Iran', "dell'Iran", 'd’Iran'], ['Tirana']],
    ['محمد', ['مُحَمَّد', 'محـــمد'], []],
    ['احمد', ['أحمد'], []],
    ['שלום', ['שָׁלוֹם'], []],
    ['צה"ל', ['צה״ל', 'צה"ל', 'צהל'], ['צה']],
    ['हिन्दी', ['हिन्दी समाचार'], ['हिन्द']],
    ['कमल', ['कमल'], ['कमला', 'कमाल']],
  ],
  'numbers and initials': [
    ['1000', ['1,000', '１,０００', '١٠٠٠'], ['10000', '1,000,000', '1000.5']],
    ['1,000', ['1000'], ['1 000']],
    ['3.5', ['3.5%', '(3.5)'], ['3', '35', '3.55']],
    ['500', ['$500', '500.'], ['5000', '1,500']],
    ['2', ['2'], ['10½', 'x2']],
    ['"S. Korea"', ['S. Korea said', 'S Korea'], ['South Korea']],
    ['"U.S. troops"', ['US troops', 'U.S. troops'], ['us, the troops']],
    ['e.g.', ['e.g. this', 'eg'], ['egg']],
    ['5G', ['中国5G用户', 'a 5G phone'], ['15G', '5 G']],
  ],
  phrases: [
    [
      '"north korean troops"',
      ['North Korean troops', 'north-korean\ntroops'],
      ['north korean troop', 'korean north troops'],
    ],
    ['"first ever"', ['first-ever', 'first, ever', 'first‑ever'], ['first and ever']],
    ['first-ever', ['the first ever', 'First–Ever'], ['firstever', 'first']],
    ['AC/DC', ['AC/DC', 'ac dc'], ['DC AC']],
    ['amazon.com', ['Amazon.com', 'amazon com'], ['amazon']],
    ['"to be or not to be"', ['To be, or not to be'], ['to be or to be']],
    ['"north kor*"', ['north Korea', 'North Koreans'], ['north of Korea']],
    ['“north korea”', ['North Korea'], ['north of korea']],
    ['«северная корея»', ['Северная Корея'], []],
    ['„north korea“', ['north korea'], ['korea north']],
  ],
  'in quotation marks': [
    ['"sanction"', ['a sanction', 'SANCTION', 'sanction’s'], ['sanctions']],
    ['"sanctions"', ['sanctions'], ['sanction']],
    ['=sanction', ['sanction'], ['sanctions', 'Sanction']],
    ['「東京 都」', ['東京都', '東京 都'], ['東京', '都']],
    ['"OR"', ['or'], ['ore']],
  ],
  'exact letters': [
    ['=US', ['the US', "US's"], ['us', 'U.S.', 'Us']],
    ['="Apple"', ['Apple said'], ['apple', 'APPLE', 'Apples']],
    ['=são', ['são', 'sa\u0303o'], ['sao', 'São']],
    ['="Bank of America"', ['Bank of America'], ['bank of America']],
    ['=한국', ['한국은'], ['한글']],
  ],
  prefixes: [
    ['deploy*', ['deployed', 'Deployment', 'deploy'], ['redeployed', 'deplo']],
    ['Luxemb*', ['Luxembourg', 'Luxemburgish'], ['luxe']],
    ["o'n*", ["O'Neill"], ['on', 'o neill']],
    ['한국*', ['한국은행', '대한국'], ['한글']],
  ],
  operators: [
    ['a1 b1', ['b1 a1'], ['a1']],
    ['a1 OR b1 AND c1', ['a1', 'b1 c1'], ['b1', 'c1']],
    ['(a1 OR b1) c1', ['a1 c1'], ['a1 b1']],
    ['a1 | b1', ['b1'], ['c1']],
    ['a1 -b1', ['a1'], ['a1 b1', 'c1']],
    ['a1 –b1', ['a1'], ['a1 b1']],
    ['a1 NOT b1 OR c1', ['a1', 'c1 b1'], ['a1 b1']],
    ['-(a1 b1) c1', ['c1', 'c1 a1'], ['c1 a1 b1']],
    ['（a1　ＯＲ　b1）　－c1', ['a1', 'b1'], ['a1 c1']],
    ['a1 && b1', ['a1 b1'], ['a1']],
    ['Goldman & Sachs', ['Sachs and Goldman'], ['Goldman']],
  ],
  near: [
    ['a1 NEAR/2 b1', ['a1 x x b1', 'b1 a1'], ['a1 x x x b1', 'a1']],
    ['a1 ONEAR/2 b1', ['a1 x b1'], ['b1 x a1']],
    ['a1 NEAR/0 b1', ['b1 a1'], ['a1 x b1']],
    ['a1 NEAR/5 a1', ['a1 x a1'], ['a1']],
    ['a1 NEAR/1 b1 NEAR/1 c1', ['a1 b1 c1', 'c1 a1 x b1'], ['a1 b1 x x c1']],
    ['(a1 OR b1) NEAR/1 c1', ['a1 c1', 'c1 x b1', 'a1 x x x b1 c1'], ['a1 b1', 'c1', 'a1 x x c1']],
    ['a1 NEAR/1 (c1 OR "b1 x1")', ['b1 x1 y a1', 'a1 c1'], ['b1 x1 y y a1', 'b1 a1']],
    ['a1 NEAR/1 "b1 c1 d1"', ['b1 c1 d1 x a1', 'a1 x b1 c1 d1'], ['b1 c1 d1 x x a1', 'a1 b1 c1']],
    ['"b1 c1 d1" NEAR/1 a1', ['b1 c1 d1 x a1', 'a1 x b1 c1 d1'], ['b1 c1 d1 x x a1']],
    ['a1 NEAR/1 b1', ['b1 x x x a1 b1', 'b1 x x x b1 a1'], ['b1 x x a1', 'b1 x x x a1 x x b1']],
    ['"a1 b1" NEAR/3 b1', ['a1 b1 b1', 'b1 a1 b1'], ['a1 b1']],
    ['"a1 b1" NEAR/3 "b1 c1"', ['b1 c1 a1 b1'], ['a1 b1 c1']],
    ['a1 ONEAR/0 b1', ['a1 b1'], ['b1 a1', 'a1 x b1']],
    ['a1 NEAR/1 (b1 NEAR/1 c1)', ['a1 x b1 c1', 'c1 x b1 x a1'], ['a1 x x b1 c1', 'a1 b1 x x c1']],
    ['a1 NEAR/1 depl*', ['deployed a1', 'a1 x deploy'], ['a1 x x deploy']],
    ['東 NEAR/1 都', ['東京都', '都東'], ['東京の都']],
  ],
  signs: [
    ['C++', ['C++ developers', '(C++)'], ['C developers', 'c+']],
    ['C#', ['C# code'], ['C code']],
    ['C+', ['C+ grade', 'C＋'], ['C++', 'C', 'C +']],
    ['C++17', ['C++17', 'C++ 17'], ['C17', 'C 17', 'C+17']],
    ['"see C++"', ['see C++'], ['see C', 'see++ C']],
    ['.NET', ['the .NET runtime', '(.NET)', '.net'], ['the net', '..NET', 'example.net', 'ASP.NET', '5.NET']],
    ['ASP.NET', ['ASP.NET', 'asp net'], ['.NET']],
    ['.5', ['.5', '5'], ['0.5']],
    ['AT&T', ['AT&T said', 'AT＆T', 'AT&T’s'], ['at t', 'AT-T', 'AT& T', 'AT &T']],
    ['2+2', ['2+2 talks'], ['2 2', '2-2', '2 +2', '2+ 2', '2++2']],
    ['#한국', ['#한국은'], ['한국']],
    ['c#', ['C#.'], ['C ##', 'C##']],
    ['S&P 500', ['the S&P 500'], ['s p 500']],
    ['$TSLA', ['buy $TSLA'], ['TSLA']],
    ['TSLA', ['$TSLA', 'TSLA'], ['TSLAX']],
    ['#nato', ['the #NATO summit'], ['NATO']],
    ['nato', ['#nato'], []],
    ['@reuters', ['via @Reuters'], ['Reuters']],
    ['Disney', ['Disney+'], []],
    ['€5', ['€5'], ['$5', '5']],
    ['joe@example.com', ['joe@example.com'], ['joe example com']],
  ],
  'scripts without spaces': [
    ['한국', ['한국은', '대한국'], ['한 국']],
    ['삼성전자', ['삼성전자가', '(삼성전자)'], ['삼성 전자']],
    ['"한미 동맹"', ['한미동맹', '한미 동맹을'], ['한미의 동맹']],
    ['東京', ['東京都', 'in 東京.'], ['京東', '東の京']],
    ['食べる', ['食べるとき'], ['食べた']],
    ['トヨタ', ['ﾄﾖﾀ自動車'], ['トヨ']],
    ['がぎ', ['か\u3099き\u3099', 'ｶﾞ がぎ'], ['かき']],
    ['カ゛', ['ガ'], ['カ']],
    ['กรุงเทพ', ['กรุงเทพมหานคร'], ['กรุง เทพ']],
    ['น', ['นา'], ['น้า']],
    ['SK하이닉스', ['SK하이닉스가'], ['하이닉스']],
    ['BTS', ['BTS의 새 앨범'], ['BTSX']],
    ['iPhone', ['苹果iPhone销量'], []],
    ['한국', ['\u1112\u1161\u11ab\u1100\u116e\u11a8'], []],
    ['💩', ['a 💩!', '💩中國'], ['👍']],
    ['❤', ['❤️', '❤'], ['💙']],
    ['👍🏽', ['👍🏽👍🏽'], ['👍', '👍🏿']],
    ['👨‍👩‍👧', ['👨‍👩‍👧!'], ['👨', '👨‍👩‍👦']],
    ['🇰🇷', ['go 🇰🇷 go'], ['🇰🇵']],
    ['𠮷野家', ['𠮷野家は'], ['吉野家']],
  ],
};

for (const [name, rows] of Object.entries(tables)) {
  describe(name, () => {
    for (const [query, finds, not] of rows) {
      for (const text of finds)
        test(`${query} finds ${text}`, () => expectMatch(query, articleOf(text), true));
      for (const text of not)
        test(`${query} does not find ${text}`, () => expectMatch(query, articleOf(text), false));
    }
  });
}

function expectMatch(query: string, article: Article, expected: boolean): void {
  expect(matches(parseQuery(query), article) !== null).toBe(expected);
  const { watchIds } = Percolator.build([{ id: 'w', query }]).percolate(article);
  expect(watchIds).toEqual(expected ? ['w'] : []);
}
