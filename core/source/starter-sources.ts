/**
 * Well-known news feeds to begin with, for an operator to choose from. Facts only, and none of them is polled unless
 * somebody adds it. Publishers move their feeds: a permanent redirect is followed, and one that is gone becomes a
 * finding.
 */

export type StarterTopic = 'world' | 'national' | 'business' | 'technology' | 'science' | 'official';

export interface StarterSource {
  readonly name: string;
  readonly url: string;
  /** BCP 47. */
  readonly language: string;
  readonly topic: StarterTopic;
}

type Row = readonly [name: string, topic: StarterTopic, url: string];

const byLanguage: Readonly<Record<string, readonly Row[]>> = {
  en: [
    ['BBC News, World', 'world', 'https://feeds.bbci.co.uk/news/world/rss.xml'],
    ['The Guardian, World', 'world', 'https://www.theguardian.com/world/rss'],
    ['The New York Times, World', 'world', 'https://rss.nytimes.com/services/xml/rss/nyt/World.xml'],
    ['Al Jazeera English', 'world', 'https://www.aljazeera.com/xml/rss/all.xml'],
    ['Deutsche Welle, English', 'world', 'https://rss.dw.com/rdf/rss-en-all'],
    ['France 24, English', 'world', 'https://www.france24.com/en/rss'],
    ['NPR News', 'national', 'https://feeds.npr.org/1001/rss.xml'],
    ['CBC News', 'national', 'https://www.cbc.ca/webfeed/rss/rss-topstories'],
    ['ABC News Australia', 'national', 'https://www.abc.net.au/news/feed/51120/rss.xml'],
    ['The Hindu', 'national', 'https://www.thehindu.com/news/national/feeder/default.rss'],
    ['Yonhap News, English', 'national', 'https://en.yna.co.kr/RSS/news.xml'],
    ['The Japan Times', 'national', 'https://www.japantimes.co.jp/feed/'],
    ['BBC News, Business', 'business', 'https://feeds.bbci.co.uk/news/business/rss.xml'],
    ['CNBC', 'business', 'https://www.cnbc.com/id/100003114/device/rss/rss.html'],
    ['Ars Technica', 'technology', 'https://feeds.arstechnica.com/arstechnica/index'],
    ['TechCrunch', 'technology', 'https://techcrunch.com/feed/'],
    ['The Verge', 'technology', 'https://www.theverge.com/rss/index.xml'],
    ['Hacker News', 'technology', 'https://news.ycombinator.com/rss'],
    ['Nature', 'science', 'https://www.nature.com/nature.rss'],
    ['NASA', 'science', 'https://www.nasa.gov/feed/'],
    ['UN News', 'official', 'https://news.un.org/feed/subscribe/en/news/all/rss.xml'],
    ['WHO News', 'official', 'https://www.who.int/rss-feeds/news-english.xml'],
    ['Federal Reserve', 'official', 'https://www.federalreserve.gov/feeds/press_all.xml'],
    ['European Central Bank', 'official', 'https://www.ecb.europa.eu/rss/press.html'],
    ['CISA Advisories', 'official', 'https://www.cisa.gov/cybersecurity-advisories/all.xml'],
    [
      'USGS Earthquakes above 4.5',
      'official',
      'https://earthquake.usgs.gov/earthquakes/feed/v1.0/summary/4.5_day.atom',
    ],
  ],
  ko: [
    ['연합뉴스', 'national', 'https://www.yna.co.kr/rss/news.xml'],
    ['한겨레', 'national', 'https://www.hani.co.kr/rss/'],
    ['경향신문', 'national', 'https://www.khan.co.kr/rss/rssdata/total_news.xml'],
    ['동아일보', 'national', 'https://rss.donga.com/total.xml'],
    ['조선일보', 'national', 'https://www.chosun.com/arc/outboundfeeds/rss/?outputType=xml'],
    ['매일경제', 'business', 'https://www.mk.co.kr/rss/30000001/'],
  ],
  ja: [
    ['NHKニュース', 'national', 'https://www3.nhk.or.jp/rss/news/cat0.xml'],
    ['朝日新聞', 'national', 'https://www.asahi.com/rss/asahi/newsheadlines.rdf'],
    ['ITmedia NEWS', 'technology', 'https://rss.itmedia.co.jp/rss/2.0/news_bursts.xml'],
  ],
  zh: [
    ['BBC 中文', 'world', 'https://feeds.bbci.co.uk/zhongwen/simp/rss.xml'],
    ['德国之声', 'world', 'https://rss.dw.com/rdf/rss-chi-all'],
  ],
  es: [
    ['El País', 'national', 'https://feeds.elpais.com/mrss-s/pages/ep/site/elpais.com/portada'],
    ['El Mundo', 'national', 'https://e00-elmundo.uecdn.es/elmundo/rss/portada.xml'],
    ['BBC Mundo', 'world', 'https://feeds.bbci.co.uk/mundo/rss.xml'],
  ],
  pt: [
    ['G1', 'national', 'https://g1.globo.com/rss/g1/'],
    ['BBC Brasil', 'world', 'https://feeds.bbci.co.uk/portuguese/rss.xml'],
  ],
  fr: [
    ['Le Monde', 'national', 'https://www.lemonde.fr/rss/une.xml'],
    ['franceinfo', 'national', 'https://www.francetvinfo.fr/titres.rss'],
    ['RFI', 'world', 'https://www.rfi.fr/fr/rss'],
  ],
  de: [
    ['tagesschau', 'national', 'https://www.tagesschau.de/index~rss2.xml'],
    ['Der Spiegel', 'national', 'https://www.spiegel.de/schlagzeilen/index.rss'],
    ['heise online', 'technology', 'https://www.heise.de/rss/heise-atom.xml'],
  ],
  it: [['ANSA', 'national', 'https://www.ansa.it/sito/ansait_rss.xml']],
  nl: [['NOS', 'national', 'https://feeds.nos.nl/nosnieuwsalgemeen']],
  sv: [['SVT Nyheter', 'national', 'https://www.svt.se/nyheter/rss.xml']],
  nb: [['NRK', 'national', 'https://www.nrk.no/toppsaker.rss']],
  da: [['DR', 'national', 'https://www.dr.dk/nyheder/service/feeds/senestenyt']],
  fi: [['Yle', 'national', 'https://yle.fi/rss/uutiset/paauutiset']],
  uk: [['Українська правда', 'national', 'https://www.pravda.com.ua/rss/']],
  ru: [
    ['Медуза', 'national', 'https://meduza.io/rss/all'],
    ['Русская служба Би-би-си', 'world', 'https://feeds.bbci.co.uk/russian/rss.xml'],
  ],
  tr: [['BBC Türkçe', 'world', 'https://feeds.bbci.co.uk/turkce/rss.xml']],
  ar: [['بي بي سي عربي', 'world', 'https://feeds.bbci.co.uk/arabic/rss.xml']],
  fa: [['بی‌بی‌سی فارسی', 'world', 'https://feeds.bbci.co.uk/persian/rss.xml']],
  hi: [['बीबीसी हिंदी', 'world', 'https://feeds.bbci.co.uk/hindi/rss.xml']],
  id: [['ANTARA', 'national', 'https://www.antaranews.com/rss/terkini.xml']],
  vi: [['VnExpress', 'national', 'https://vnexpress.net/rss/tin-moi-nhat.rss']],
  th: [['บีบีซีไทย', 'world', 'https://feeds.bbci.co.uk/thai/rss.xml']],
};

export const starterSources: readonly StarterSource[] = Object.entries(byLanguage).flatMap(
  ([language, rows]) => rows.map(([name, topic, url]) => ({ name, url, language, topic })),
);
