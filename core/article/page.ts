/** A web page cut down to what an article can be in, with what its head says of it. */
import { escapeUTF8 } from 'entities/escape';
import { Parser } from 'htmlparser2';

export interface ArticlePage {
  /** Well-formed, as the parser that comes with Readability needs it. */
  readonly xhtml: string;
  readonly head: PageHead;
}

export interface PageHead {
  language?: string;
  /** The first `time` element that has a machine-readable value. */
  time?: string;
  /** The content of meta elements by `property`, `name` or `itemprop` in lower case; the first of a name. */
  readonly meta: Map<string, string>;
  /** JSON-LD as written. */
  readonly data: string[];
}

type Attributes = Readonly<Record<string, string>>;

/** What is never part of an article. `form` is not among them: whole pages stand in one. */
const left = new Set(
  (
    'script style noscript template iframe object embed applet canvas svg math audio video map button select textarea ' +
    'nav aside footer figcaption dialog'
  ).split(' '),
);
/** Words in class names for what stands beside the text. */
const leftClass =
  /(?<![a-z])(?:captions?|credits?|cookies?|gdpr|sr-only|visually-hidden|screen-reader-text)(?![a-z])/i;
const voids = new Set('area base br col hr img input link meta source track wbr'.split(' '));
/** Elements that hold whole articles, whatever their class. */
const wide = new Set(['html', 'body', 'main', 'article', 'section']);
const roots = new Set(['html', 'head', 'body']);
const kept = 'class id href rel name property content itemprop role style hidden aria-hidden'.split(' ');

/** Bounds beyond any article; what lies behind them is not read. Readability is quadratic in many siblings. */
const largest = 2 * 1024 * 1024;
const mostElements = 5_000;
const mostText = 200_000;
const deepest = 300;
/** Characters of an attribute: it is matched against patterns. */
const longestValue = 1_000;

interface Cutting {
  readonly head: PageHead;
  readonly out: string[];
  /** The elements that are open and kept. */
  readonly open: string[];
  /** How many elements are open from the first on that is left out. */
  outside: number;
  depth: number;
  elements: number;
  text: number;
  inData: boolean;
}

/** @param html of which a page too large or too deep is read up to there */
export function cutPage(html: string): ArticlePage {
  const head: PageHead = { meta: new Map(), data: [] };
  const cutting: Cutting = {
    head,
    out: [],
    open: [],
    outside: 0,
    depth: 0,
    elements: 0,
    text: 0,
    inData: false,
  };
  const parser = new Parser({
    onopentag(name, attributes) {
      if (isFull(cutting)) parser.pause();
      else enter(cutting, name, attributes);
    },
    ontext: (text) => addText(cutting, text),
    onclosetag: (name) => leave(cutting, name),
  });
  parser.end(html.slice(0, largest));
  const ends = cutting.open.reverse().map((name) => `</${name}>`);
  return { xhtml: `<html><body>${cutting.out.join('')}${ends.join('')}</body></html>`, head };
}

function isFull({ elements, text, depth }: Cutting): boolean {
  return elements >= mostElements || text >= mostText || depth >= deepest;
}

function enter(cutting: Cutting, name: string, attributes: Attributes): void {
  cutting.depth++;
  readHead(cutting.head, name, attributes);
  cutting.inData = name === 'script' && attributes.type === 'application/ld+json';
  if (cutting.outside > 0 || isLeft(name, attributes)) {
    cutting.outside++;
  } else if (!roots.has(name)) {
    cutting.elements++;
    cutting.out.push(`<${name}${keptAttributes(attributes)}${voids.has(name) ? '/' : ''}>`);
    if (!voids.has(name)) cutting.open.push(name);
  }
}

function addText(cutting: Cutting, text: string): void {
  if (cutting.inData) cutting.head.data.push(text);
  if (cutting.outside > 0 || cutting.text >= mostText) return;
  cutting.text += text.length;
  cutting.out.push(escapeUTF8(text.slice(0, mostText)));
}

/** The parser closes what the page leaves open, and void elements too. */
function leave(cutting: Cutting, name: string): void {
  cutting.depth--;
  cutting.inData = false;
  if (cutting.outside > 0) cutting.outside--;
  else if (cutting.open.at(-1) === name) cutting.out.push(`</${cutting.open.pop()}>`);
}

function isLeft(name: string, attributes: Attributes): boolean {
  if (left.has(name)) return true;
  const className = (attributes.class ?? '').slice(0, longestValue).replace(/([a-z])([A-Z])/g, '$1 $2');
  return !wide.has(name) && leftClass.test(className);
}

function keptAttributes(attributes: Attributes): string {
  let text = '';
  for (const name of kept) {
    const value = attributes[name]?.slice(0, longestValue);
    if (value !== undefined) text += ` ${name}="${escapeUTF8(value)}"`;
  }
  return text;
}

function readHead(head: PageHead, name: string, attributes: Attributes): void {
  const { lang, datetime, content } = attributes;
  if (name === 'html' && lang) head.language ??= lang.slice(0, longestValue);
  if (name === 'time' && datetime) head.time ??= datetime.slice(0, longestValue);
  const key = (attributes.property ?? attributes.name ?? attributes.itemprop)?.toLowerCase();
  if (name === 'meta' && key && content && !head.meta.has(key))
    head.meta.set(key, content.slice(0, longestValue));
}
