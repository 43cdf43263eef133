/**
 * A written day: what five invented papers publish from 14:00 UTC to the next day's 14:00 UTC. A story that several
 * tell has one name. Each title has its own page; the same title once more is that page, corrected.
 */

/** Papers by name; `guid` changes when a paper renews the ids of all its entries. */
export const papers = ['harbour', 'ledger', 'orbit', 'wire', 'saebyeok'] as const;
export type Paper = (typeof papers)[number];

export interface Told {
  /** Name of the story. */
  readonly story: string;
  readonly paper: Paper;
  /** UTC: `15:02`; what is before 14:00 is of the second date. */
  readonly at: string;
  readonly title: string;
  readonly text: string;
}

const dockers =
  'Dockers at Port Selwyn will lay down work from Friday after night talks with the terminal owners ended without a ' +
  'result. The strike is the first in nine years. Ines Calloway, who speaks for the crane drivers, said that three ' +
  'berths would stay closed until the owners withdraw the new rota. Shipping lines have begun to send vessels to Eastmere.';

const written: readonly Told[] = [
  {
    story: 'strike',
    paper: 'harbour',
    at: '15:02',
    title: 'Dockers’ strike to close Port Selwyn from Friday',
    text: dockers,
  },
  {
    story: 'strike',
    paper: 'ledger',
    at: '15:02',
    title: 'Port Selwyn cranes to stand still as dockers strike',
    text: dockers,
  },
  {
    story: 'budget',
    paper: 'ledger',
    at: '15:40',
    title: 'Marrowby council agrees on its budget at last',
    text: 'After eleven hours the council of Marrowby passed its budget for next year by a single vote. Libraries stay open on Saturdays; the swimming hall closes for repairs from March until the autumn.',
  },
  {
    story: 'quake-ko',
    paper: 'saebyeok',
    at: '17:00',
    title: '은파군 앞바다에서 규모 5.1 지진',
    text: '은파군 앞바다에서 새벽 두 시쯤 규모 5.1의 지진이 일어났다. 달맞이읍 주민들은 운동장으로 대피했고, 다친 사람은 아직 알려지지 않았다. 기상 당국은 여진이 이어질 수 있다고 밝혔다.',
  },
  {
    story: 'quake',
    paper: 'wire',
    at: '17:04',
    title: 'Magnitude 5.1 earthquake off Eunpa shakes the coast',
    text: 'An earthquake of magnitude 5.1 struck off Eunpa county early in the morning, the weather office said. People in Dalmaji ran into the streets; no injuries were known an hour later. Two trains were stopped and their passengers taken on by bus.',
  },
  {
    story: 'probe',
    paper: 'orbit',
    at: '17:30',
    title: 'Lantern probe wakes after fourteen months of sleep',
    text: 'Engineers at the Calder Bay station received the first signal from the Lantern space probe since it was put to sleep last autumn. The probe will pass the asteroid Tamsin in February and send pictures of its night side.',
  },
  {
    story: 'ferry',
    paper: 'harbour',
    at: '19:30',
    title: 'Night ferry runs aground outside Skarvik',
    text: 'The night ferry from Thornquay ran aground on a sandbank outside Skarvik with 212 people on board. Nobody was hurt. Tugs are to pull the ship free with the next high tide; passengers were brought ashore by pilot boats.',
  },
  {
    story: 'ferry',
    paper: 'harbour',
    at: '20:10',
    title: 'Night ferry runs aground outside Skarvik',
    text: 'The night ferry from Thornquay ran aground on a sandbank outside Skarvik with 221 people on board, not 212 as first reported. Nobody was hurt, and an inquiry has begun. Tugs are to pull the ship free with the next high tide; passengers were brought ashore by pilot boats.',
  },
  {
    story: 'tanker',
    paper: 'harbour',
    at: '23:15',
    title: 'Tanker waits outside Wintersea for its papers',
    text: 'A tanker with forty thousand tonnes of palm oil has been waiting outside Wintersea since Thursday because its certificate of insurance is missing. Customs officers went aboard in the evening; its owner, Meridian Shipping, promises the papers for Tuesday.',
  },
  {
    story: 'walkout',
    paper: 'ledger',
    at: '01:20',
    title: 'Tram drivers in Grünfurt walk out over timetable',
    text: 'A walkout of tram drivers left Grünfurt without trams on Sunday night. The drivers refuse a timetable that gives them four minutes at the end of the line. The operator speaks of a wildcat strike and wants to go to court.',
  },
  { story: 'strike', paper: 'wire', at: '02:30', title: 'Port Selwyn dockers to strike', text: dockers },
  {
    story: 'collision',
    paper: 'harbour',
    at: '04:45',
    title: 'Two freighters touch in fog near Hollin Ford',
    text: 'Two freighters touched in thick fog at the mouth of the Hollin on Monday morning. The collision tore a hole above the waterline of the smaller one, which reached the yard under its own power. Visibility was below eighty metres.',
  },
  {
    story: 'telescope',
    paper: 'orbit',
    at: '06:10',
    title: 'Mountain telescope finds a ring around a small moon',
    text: 'Astronomers have found a thin ring around one of the smallest moons known, with a telescope that was built for something else. The ring is nine kilometres wide and, they think, younger than the pyramids.',
  },
  {
    story: 'lighthouse',
    paper: 'wire',
    at: '08:05',
    title: 'Old lighthouse of Dunmallet to be lit once more',
    text: 'For one night in December the lighthouse of Dunmallet, dark since 1988, will be lit again. Its last keeper, now eighty-four, is to throw the switch. The village hopes for a clear sky and many visitors.',
  },
];

/** Quarterly reports of one morning, all in one poll: company, profit, sales, town. */
const results: readonly [company: string, profit: string, sales: string, town: string][] = [
  ['Larkspur Energy', '41', '612', 'Marrowby'],
  ['Brightwater Foods', '18', '207', 'Eastmere'],
  ['Kestrel Robotics', '73', '955', 'Calder Bay'],
  ['Novalis Chips', '126', '1,480', 'Thornquay'],
  ['Oakroot Bank', '88', '731', 'Wintersea'],
  ['Pallas Labs', '9', '64', 'Skarvik'],
  ['Haldane Paper', '27', '344', 'Dunmallet'],
  ['Quillon Glass', '33', '298', 'Hollin Ford'],
  ['Tamarack Timber', '52', '817', 'Nordheim'],
  ['Vesper Airways', '15', '1,960', 'Grünfurt'],
  ['Ironbridge Tools', '61', '402', 'Haselsund'],
  ['Saltmarsh Salt', '7', '83', 'Altwerder'],
];

const morning = results.map(
  ([company, profit, sales, town], n): Told => ({
    story: `results-${n + 1}`,
    paper: 'ledger',
    at: '09:00',
    title: `${company} results: profit of ${profit} million`,
    text: `${company} of ${town} earned ${profit} million on sales of ${sales} million in its third quarter, according to the results that it published on Monday.`,
  }),
);

export const news: readonly Told[] = [...written, ...morning];

/** What each paper had on its page before it was watched: nobody is told of it. */
export const yesterday: readonly Told[] = papers.map((paper) => ({
  story: `old-${paper}`,
  paper,
  at: '14:00',
  title: `Yesterday: strike, earthquake, ferry and results in ${paper}`,
  text: `All that ${paper} had to say of the strike, the earthquake, the ferry and the results of the day before.`,
}));

/** A paper that cannot be reached, and one whose entries all get new ids. */
export const orbitIsDown = { from: '16:00', to: '19:00' };
export const wireRenewsIdsAt = '05:00';
