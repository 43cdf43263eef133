/**
 * What publishers call XML, made into XML that feedsmith reads right: elements closed, entities resolved, bad
 * characters gone, names canonical, links under `xml:base` absolute, and every text an escaped piece of HTML.
 *
 *     repairFeed('<rss><channel><title>A & B<item>…', 'https://example.org/feed')
 *     // { format: 'rss', xml: '<rss version="2.0"><channel><title>A &amp; B</title><item>…</item></channel></rss>' }
 */
import { decodeHTMLStrict } from 'entities/decode';
import { escapeUTF8 } from 'entities/escape';
import { Parser } from 'htmlparser2';
import { type Attributes, decodeAttributes, writeAttributes } from './attributes.ts';
import { bounds, longestIn } from './bounds.ts';
import { FeedError } from './error.ts';
import * as names from './names.ts';
import { fromBase64, legibleCharacters, type TextKind, textKind, toHtml } from './text.ts';

export interface RepairedFeed {
  readonly format: 'rss' | 'atom';
  readonly xml: string;
}

/** An element of the feed that is open. */
interface Frame {
  readonly name: string;
  readonly namespaces: names.Namespaces;
  /** Absent where no `xml:base` is in force. */
  readonly base: string | undefined;
  readonly kind: TextKind;
  /** The text so far, as HTML. */
  html: string;
  /** How many elements of HTML are open in it. */
  markup: number;
  /** Where in the output its last link is. */
  linkAt?: number;
}

/** An element the parser has open: one of the feed, or HTML within the text of one. */
interface Opened {
  readonly frame: Frame;
  readonly tag?: string;
}

interface Repair {
  readonly url: string;
  root?: names.Root;
  inCdata: boolean;
  language?: string;
  elements: number;
  /** Of the element being read. */
  attributes: number;
  entries: number;
  readonly frames: Frame[];
  readonly opened: (Opened | undefined)[];
  readonly out: string[];
}

/** @throws FeedError when the document is no feed, or nested beyond any feed */
export function repairFeed(document: string, url: string): RepairedFeed {
  const repair: Repair = {
    url,
    inCdata: false,
    elements: 0,
    attributes: 0,
    entries: 0,
    frames: [],
    opened: [],
    out: [],
  };
  const parser = new Parser(
    {
      onattribute() {
        if (++repair.attributes > bounds.attributes) parser.pause();
      },
      onopentag(tag, attributes) {
        if (isFull(repair)) parser.pause();
        else open(repair, tag, attributes);
      },
      ontext: (data) => addText(repair, data),
      oncdatastart: () => setCdata(repair, true),
      oncdataend: () => setCdata(repair, false),
      onclosetag: () => close(repair),
    },
    { xmlMode: true, decodeEntities: false, lowerCaseTags: true, lowerCaseAttributeNames: true },
  );
  parser.end(legibleCharacters(document));
  if (repair.frames[0]) closeThrough(repair, repair.frames[0]);
  if (repair.root === undefined)
    throw new FeedError('not-a-feed', 'The document has no element that begins a feed');
  return wrap(repair.root, repair.language, repair.out.join(''));
}

function isFull({ elements, entries }: Repair): boolean {
  return elements >= bounds.elements || entries > bounds.entries;
}

function wrap(root: names.Root, language: string | undefined, body: string): RepairedFeed {
  const lang = language === undefined ? '' : ` xml:lang="${escapeUTF8(language)}"`;
  if (root !== 'feed')
    return { format: 'rss', xml: `<rss version="2.0"><channel${lang}>${body}</channel></rss>` };
  return { format: 'atom', xml: `<feed xmlns="http://www.w3.org/2005/Atom"${lang}>${body}</feed>` };
}

function open(repair: Repair, tag: string, written: Attributes): void {
  repair.elements++;
  repair.attributes = 0;
  const tooDeep = repair.opened.length >= bounds.depth;
  const outer = repair.frames.at(-1)?.namespaces ?? {};
  const namespaces = names.declaredOn(written, outer);
  const canonical = names.canonicalName(tag, namespaces);
  repair.root ??= names.rootOf(canonical);
  if (tooDeep)
    throw new FeedError(
      repair.root ? 'too-deep' : 'not-a-feed',
      `Nested deeper than ${bounds.depth} elements`,
    );
  if (repair.root === undefined) {
    repair.opened.push(undefined);
    return;
  }
  let name = names.feedsmithName(canonical, repair.root);
  if (names.entryNames.has(name)) beginEntry(repair, name);
  const around = repair.frames.at(-1);
  if (around) name = names.nameWithin(around.name, name);
  const attributes = decodeAttributes(written, namespaces);
  if (around && !names.holdsElements(around.name, name)) openMarkup(repair, around, tag);
  else openElement(repair, repair.root, name, namespaces, attributes);
}

/** HTML that the publisher did not escape. */
function openMarkup(repair: Repair, frame: Frame, tag: string): void {
  const local = tag.replace(/^.*:/, '');
  frame.html += `<${local}>`;
  frame.markup++;
  repair.opened.push({ frame, tag: local });
}

function openElement(
  repair: Repair,
  root: names.Root,
  name: string,
  namespaces: names.Namespaces,
  attributes: Attributes,
): void {
  const parent = repair.frames.at(-1);
  const outer = parent?.base;
  const base =
    attributes['xml:base'] === undefined ? outer : resolve(attributes['xml:base'], outer ?? repair.url);
  const frame: Frame = {
    name,
    namespaces,
    base,
    kind: textKind(root, name, attributes),
    html: '',
    markup: 0,
  };
  repair.frames.push(frame);
  repair.opened.push({ frame });
  if (names.shells.has(name)) repair.language ??= attributes['xml:lang'];
  else repair.out.push(`<${name}${writeAttributes(attributes, base)}>`);
  if (name === 'category') frame.html = attributes.text ?? '';
  if (name === 'link' && root === 'rss' && attributes.rel === undefined) frame.html = attributes.href ?? '';
  const about = name === 'item' ? attributes['rdf:about'] : undefined;
  if (about) repair.out.push(`<guid>${escapeUTF8(about)}</guid>`);
}

/** Of several links the last counts, as in other readers. */
function keepLastLink({ out, frames }: Repair): void {
  const parent = frames.at(-1);
  const pieces = 3;
  if (parent?.linkAt !== undefined) out.fill('', parent.linkAt, parent.linkAt + pieces);
  if (parent !== undefined) parent.linkAt = out.length - 1;
}

function addText(repair: Repair, all: string): void {
  const frame = repair.frames.at(-1);
  if (frame === undefined) return;
  const room = longestIn(frame.name) - frame.html.length;
  if (room <= 0) return;
  const data = all.slice(0, room);
  const text = repair.inCdata ? data : decodeHTMLStrict(data);
  frame.html += toHtml(text, frame.markup > 0 ? 'literal' : frame.kind);
}

function setCdata(repair: Repair, inCdata: boolean): void {
  repair.inCdata = inCdata;
}

/** The parser closes what is left open inside an element before the element itself. */
function close(repair: Repair): void {
  const opened = repair.opened.pop();
  if (opened === undefined || !repair.frames.includes(opened.frame)) return;
  const { frame, tag } = opened;
  if (tag === undefined) {
    closeThrough(repair, frame);
  } else {
    frame.markup--;
    frame.html += `</${tag}>`;
  }
}

/** An entry cannot be in an entry, nor in a title: what is around it was never closed. */
function beginEntry(repair: Repair, name: string): void {
  repair.entries++;
  const around = repair.frames.find((frame) => !names.shells.has(frame.name));
  if (around && (around.name === name || !names.entryNames.has(around.name))) closeThrough(repair, around);
}

function closeThrough(repair: Repair, frame: Frame): void {
  for (let last = repair.frames.pop(); last !== undefined; last = repair.frames.pop()) {
    writeEnd(repair, last);
    if (last === frame) return;
  }
}

function writeEnd(repair: Repair, { name, base, kind, html }: Frame): void {
  if (names.shells.has(name)) return;
  if (name === 'link' && repair.root === 'rss' && html.trim() !== '') keepLastLink(repair);
  if (!names.holdsElements(name, ''))
    repair.out.push(escapeUTF8(finishText(repair, { name, base, kind, html })));
  repair.out.push(`</${name}>`);
}

function finishText(
  repair: Repair,
  { name, base, kind, html }: Pick<Frame, 'name' | 'base' | 'kind' | 'html'>,
): string {
  if (kind === 'base64') return fromBase64(html);
  if (base !== undefined && html.trim() && repair.root && names.isLink(name, repair.root))
    return resolve(html, base);
  return html;
}

function resolve(link: string, base: string): string {
  return URL.parse(link.trim(), base)?.href ?? link;
}
