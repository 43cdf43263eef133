/** One story: everything syndication does to a text. Two: one template with other facts, and follow-ups. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fingerprint, sameStory, type Told } from '../../core/story.ts';

const english: Told = {
  title: 'Harbour reopens after storm',
  body: [
    'The harbour of Port Ellis reopened on Monday after a storm had closed it for three days, the authority said.',
    'Forty-one ships had been waiting outside, among them two ferries with 812 passengers on board.',
    'Harbour master Ada Pike said that the breakwater had held, although waves of nine metres were measured.',
    'Fishermen began to clear the quay of driftwood, and the fish market is to open again on Wednesday.',
    'The insurer Northern Mutual put the damage at 14 million crowns, most of it to boats that had torn loose.',
    'Forecasters expect another front by the weekend, but weaker than the last.',
  ].join('\n'),
};
const korean: Told = {
  title: '폭풍 뒤 부산항 다시 열려',
  body: '사흘 동안 닫혀 있던 부산항이 월요일 다시 열렸다고 항만공사가 밝혔다. 바깥에서 기다리던 배는 41척이며 여객선 두 척에는 승객 812명이 타고 있었다. 방파제는 무사했지만 파도는 9미터에 이르렀다. 어민들은 부두의 잔해를 치우기 시작했고 어시장은 수요일에 다시 문을 연다.',
};
const japanese: Told = {
  title: '暴風のあと港が再開',
  body: '三日間閉鎖されていた港が月曜日に再開したと港湾局が発表した。沖合では四十一隻の船が待機しており、そのうち二隻のフェリーには八百十二人の乗客が乗っていた。防波堤は持ちこたえたが、高さ九メートルの波が観測された。漁師たちは岸壁の流木を片付け始め、魚市場は水曜日に再び開く予定だ。',
};
const thai: Told = {
  title: 'ท่าเรือเปิดอีกครั้งหลังพายุ',
  body: 'ท่าเรือที่ปิดมาสามวันกลับมาเปิดอีกครั้งในวันจันทร์ การท่าเรือแถลงว่ามีเรือสี่สิบเอ็ดลำรออยู่ด้านนอก ในจำนวนนั้นมีเรือเฟอร์รี่สองลำพร้อมผู้โดยสารแปดร้อยสิบสองคน เขื่อนกันคลื่นยังแข็งแรงดีแม้คลื่นจะสูงถึงเก้าเมตร ชาวประมงเริ่มเก็บเศษไม้ที่ท่า',
};
const stories = { english, korean, japanese, thai };

const paragraphs = ({ body = '' }: Told) => body.split('\n');
const withBody = (told: Told, body: string) => ({ ...told, body });

describe('one story', () => {
  const edits: [name: string, edit: (told: Told) => Told][] = [
    ['a copy', (told) => told],
    ['a copy in another paper', (told) => ({ ...told, title: `${told.title} | The Daily Example` })],
    ['another headline', (told) => ({ ...told, title: 'What we know so far' })],
    ['dateline and byline', (told) => withBody(told, `By OUR STAFF\nSEOUL, Oct. 28 (Wire) — ${told.body}`)],
    [
      'notices around it',
      (told) => withBody(told, `Advertisement\n${told.body}\nCopyright 2026. All rights reserved.`),
    ],
    [
      'a correction',
      (told) => withBody({ ...told, title: `UPDATE: ${told.title}` }, `${told.body}\nCorrected: a date.`),
    ],
    ['as a summary', ({ title, body }) => ({ title, summary: body ?? '' })],
  ];
  const cases = Object.entries(stories).flatMap(([language, told]) =>
    edits.map(([name, edit]) => [language, name, told, edit(told)] as const),
  );

  test.each(cases)('%s: %s', (_, __, told, edited) => {
    expectOneStory(told, edited);
  });

  test('abridged', () => {
    expectOneStory(english, withBody(english, paragraphs(english).slice(0, 3).join('\n')));
  });

  test('each sentence edited, where letters of a script without spaces meet those of others', () => {
    const body =
      'NHKによるとフェリーのターミナルが月曜日に再開した。エネルギー大手のIPAグループはセンターの復旧に一週間かかるとみている。ニュースを聞いたメンバーはスーパーの前に集まりコーヒーを飲んで再開を祝った。';
    const edited = body
      .replace('再開した', '再開された')
      .replace('とみて', 'と見て')
      .replace('祝った', '喜んだ');
    expectOneStory({ title: '再開', body }, { title: '再開', body: edited });
  });

  test('paragraphs in another order', () => {
    const [first = '', ...rest] = paragraphs(english);
    expectOneStory(english, withBody(english, [...rest, first].join('\n')));
  });

  test('another spelling and typography', () => {
    const british = english.body
      ?.replaceAll('metres', 'meters')
      .replaceAll('’', "'")
      .replace('14 million', '14 mln');
    expectOneStory(english, withBody(english, british ?? ''));
  });

  test('one figure corrected', () => {
    expectOneStory(english, withBody(english, english.body?.replace('812', '821') ?? ''));
  });

  test.each([
    ['Harbour reopens after storm', 'Port Ellis harbour opens again'],
    ['Novalis recalls heaters', 'Novalis recalls heaters | The Daily Example'],
    ['부산항 다시 열려', '폭풍 뒤 부산항 다시 열려'],
    ['Harbour reopens after storm', 'Harbour opened after storm'],
    ['Storm is over: Ellis welcomes its ships', 'Ferries sail again, Pike promises'],
  ])('one summary, and another headline: %s', (a, b) => {
    const summary =
      'The harbour reopened on Monday after a storm had closed it for three days, the authority said.';
    expectOneStory({ title: a, summary }, { title: b, summary });
  });

  function expectOneStory(a: Told, b: Told): void {
    expect(sameStory(a, b)).toBe(true);
    expect(new Set(fingerprint(a).buckets).isDisjointFrom(new Set(fingerprint(b).buckets))).toBe(false);
  }
});

describe('two stories', () => {
  const tail =
    'Residents were advised to stay away from damaged buildings and to expect aftershocks in the coming days. Emergency services were on standby, officials said, and hospitals had been told to prepare. Earthquakes of this size are felt by many people but usually cause limited damage when buildings are well constructed.';
  const templates: [name: string, a: Told, b: Told][] = [
    [
      'earthquakes',
      quake('Chile', '6.1', 'Wednesday', '1:55', 9),
      quake('Crete', '4.7', 'Friday', '15:43', 40),
    ],
    [
      'earthquakes in one place',
      quake('Chile', '6.1', 'Wednesday', '1:55', 9),
      quake('Chile', '5.2', 'Friday', '15:43', 40),
    ],
    [
      'earthquakes of one size in one place',
      quake('Chile', '6.1', 'Wednesday', '1:55', 9),
      quake('Chile', '6.1', 'Wednesday', '3:20', 40),
    ],
    ['earnings', earnings('Initech', 882, '0.58', 20), earnings('Wayne Enterprises', 715, '3.61', 62)],
    ['matches', match('Globex', 'Initech', '5-0', 83), match('Initech', 'Hooli', '3-0', 59)],
    ['지진', koreanQuake('경북 경주', '7.1', 15, 55), koreanQuake('경북 경주', '5.0', 23, 20)],
    ['地震', japaneseQuake('宮城県沖', '5.4', 3, 40), japaneseQuake('熊本県', '3.9', 11, 10)],
  ];

  test.each(templates)('one template: %s', (_, a, b) => {
    expect(sameStory(a, a)).toBe(true);
    expect(sameStory(a, b)).toBe(false);
  });

  test('a follow-up that shares its background', () => {
    const news = [
      'Ada Pike resigned as harbour master on Thursday, a day after the inquiry began.',
      'Her deputy Tom Reed takes over.',
    ];
    const followUp = {
      title: 'Harbour master resigns',
      body: [...news, ...paragraphs(english).slice(2, 4)].join('\n'),
    };
    expect(sameStory(english, followUp)).toBe(false);
  });

  const summary =
    'A loose screw can touch the coil. Owners should unplug them; the company promises refunds from Monday.';
  const headlines: [a: string, b: string][] = [
    ['Novalis Chips recalls 75 thousand heaters', 'Meridian Shipping recalls 12 thousand heaters'],
    ['Züge nach Nordmühlen fahren im Viertelstundentakt', 'Züge nach Grünfurt fahren im Viertelstundentakt'],
    ['반도체 공장 달맞이읍 유치 경쟁 치열', '반도체 공장 해온시 유치 경쟁 치열'],
    ['Novalis recalls 5 heaters', 'Novalis recalls 7 heaters'],
  ];
  test.each(headlines)('one summary, and headlines with other facts: %s', (a, b) => {
    expect(sameStory({ title: a, summary }, { title: b, summary })).toBe(false);
  });

  test('nothing in common', () => {
    expect(
      sameStory(english, {
        title: 'Seal seen',
        body: 'A seal was seen in the basin of the old dock on Sunday morning by two children.',
      }),
    ).toBe(false);
  });

  function quake(place: string, magnitude: string, day: string, time: string, depth: number): Told {
    return {
      title: `Magnitude ${magnitude} earthquake strikes ${place}`,
      body: `A magnitude ${magnitude} earthquake struck ${place} on ${day}, the U.S. Geological Survey said. The quake hit at ${time} local time at a depth of ${depth} kilometres. ${tail}`,
    };
  }

  function earnings(company: string, profit: number, share: string, growth: number): Told {
    return {
      title: `${company} posts third-quarter profit of $${profit} million`,
      body: `${company} on Tuesday reported third-quarter net income of $${profit} million, or $${share} per share. Revenue rose ${growth}%. This report contains forward-looking statements within the meaning of the Private Securities Litigation Reform Act. Such statements are subject to risks and uncertainties that could cause actual results to differ materially from those expressed or implied.`,
    };
  }

  function match(winner: string, loser: string, score: string, minute: number): Told {
    return {
      title: `${winner} beats ${loser} ${score}`,
      body: `${winner} defeated ${loser} ${score} on Thursday at home. The winning goal came in minute ${minute}. The coach said the team had shown character. The fans had waited long for this evening and celebrated until after midnight in the streets around the stadium.`,
    };
  }

  function koreanQuake(place: string, magnitude: string, hour: number, depth: number): Told {
    return {
      title: `${place}에서 규모 ${magnitude} 지진 발생`,
      body: `31일 ${hour}시 16분 ${place}에서 규모 ${magnitude}의 지진이 발생했다고 기상청이 밝혔다. 진앙의 깊이는 ${depth}km다. 현재까지 접수된 피해 신고는 없다. 기상청은 안전에 유의해 달라고 당부했다. 중앙재난안전대책본부는 비상 대응 체제에 들어갔다.`,
    };
  }

  function japaneseQuake(place: string, magnitude: string, hour: number, depth: number): Told {
    return {
      title: `${place}で地震`,
      body: `23日午前${hour}時ごろ、${place}を震源とする地震があった。気象庁によると、震源の深さは約${depth}キロ、地震の規模を示すマグニチュードは${magnitude}と推定される。この地震による津波の心配はない。気象庁は今後の余震に注意するよう呼びかけている。`,
    };
  }
});

describe('whatever the text', () => {
  const told = fc.record({
    title: fc.string({ unit: 'binary' }),
    body: fc.string({ unit: 'binary', maxLength: 300 }),
  });

  test('there are at most 16 short buckets', () => {
    fc.assert(
      fc.property(told, (each) => {
        const { buckets } = fingerprint(each);
        expect(buckets.length).toBeLessThanOrEqual(16);
        for (const bucket of buckets) expect(bucket).toMatch(/^[0-9a-z]{7}$/);
      }),
    );
  });

  test('the order of the two does not matter', () => {
    fc.assert(
      fc.property(told, told, (a, b) => {
        expect(sameStory(a, b)).toBe(sameStory(b, a));
      }),
    );
  });
});
