/**
 * The paragraphs of an article out of what Readability found: without the captions, notices, links to other articles
 * and lines of names and dates that publishers put among them.
 */

/** A piece of text on lines of its own. */
interface Block {
  text: string;
  /** How many of its characters are in links. */
  linked: number;
}

const blockTags = new Set(
  'ADDRESS ARTICLE BLOCKQUOTE BR CENTER DD DETAILS DIV DL DT FIELDSET FORM H1 H2 H3 H4 H5 H6 HEADER HR LI MAIN OL P PRE SECTION SUMMARY TABLE TBODY TD TFOOT TH THEAD TR UL'.split(
    ' ',
  ),
);

/** Words in class names and ids for what surrounds an article. */
const surroundings = new Set(
  (
    'ad ads advert advertisement advertorial affiliate author bio breadcrumb breadcrumbs byline caption captions cookie ' +
    'cookies comment comments copyright credit credits dateline disqus donate gdpr infobox meta metadata ' +
    'more newsletter outbrain pagination paywall popular post-meta promo promotion rating readmore recirc recommended ' +
    'related share sharedaddy sharing signup sidebar slideshow social sponsor sponsored subscribe subscription taboola tags ' +
    'teaser timestamp toc toolbar trending widget'
  ).split(' '),
);
/** A large part of the text is the article itself, whatever its name. */
const mostOfSurroundings = 0.25;

/** @param title taken out where the text repeats it */
export function articleText(content: ReadabilityNode, title: string | undefined): string {
  const total = content.textContent?.length ?? 0;
  const blocks: Block[] = [];
  collect(content, { blocks, total, inLink: false });
  return trimmed(
    blocks.map(tidy).filter(({ text }) => text !== ''),
    title,
  )
    .map(({ text }) => text)
    .join('\n');
}

interface Walk {
  readonly blocks: Block[];
  readonly total: number;
  readonly inLink: boolean;
}

function collect(element: ReadabilityNode, walk: Walk): void {
  for (const node of element.childNodes) {
    if (node.nodeType === 3) addText(node.textContent ?? '', walk);
    else if (node.nodeType === 1) enter(node, walk);
  }
}

function enter(element: ReadabilityNode, walk: Walk): void {
  const tag = element.tagName;
  if (tag === 'FIGURE' || isSurrounding(element, walk.total)) return;
  const isBlock = blockTags.has(tag);
  if (isBlock) startBlock(walk);
  collect(element, { ...walk, inLink: walk.inLink || tag === 'A' });
  if (isBlock) startBlock(walk);
}

function isSurrounding(element: ReadabilityNode, total: number): boolean {
  const names = `${element.className} ${element.id}`
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z]+/);
  if (!names.some((name) => surroundings.has(name))) return false;
  return (element.textContent?.length ?? 0) <= total * mostOfSurroundings;
}

function startBlock({ blocks }: Walk): Block {
  const block = { text: '', linked: 0 };
  blocks.push(block);
  return block;
}

function addText(text: string, walk: Walk): void {
  const block = walk.blocks.at(-1) ?? startBlock(walk);
  block.text += text;
  if (walk.inLink) block.linked += lettersIn(text);
}

function tidy(block: Block): Block {
  return { ...block, text: block.text.replace(/\s+/g, ' ').trim() };
}

/** Without links to other articles, and without the lines of names, dates and buttons before and after. */
function trimmed(blocks: readonly Block[], title: string | undefined): readonly Block[] {
  const own = blocks.filter((block) => !isElsewhere(block) && !repeats(block, title));
  const first = own.findIndex(({ text }) => text.length >= longestDateline || isSentence(text));
  const last = own.findLastIndex(({ text }) => text.length >= longestButton || isSentence(text));
  return own.slice(Math.max(first, 0), last + 1);
}

const longestDateline = 50;
const longestButton = 25;

/** Characters of scripts without spaces say more, so few of them can be a sentence. */
function isSentence(text: string): boolean {
  return /[\p{L}\p{N}] .*[.!?…»”"’'):;]$/u.test(text) || /[。！？」』…]$/.test(text);
}

/** Four words, or as much in scripts without spaces. */
const isHeadline = /(?:\S+ ){3}\S|[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]{10}/u;
const labelled = /^[^:：]{1,20}[:：] ?/;
const nearlyAll = 0.9;
const lettersIn = (text: string) => text.replace(/\s/g, '').length;

/** `Read more: Chip makers fall`, and lines that are nothing but a headline with a link. A linked sentence is text. */
function isElsewhere({ text, linked }: Block): boolean {
  if (linked === 0 || /[.。]$/.test(text)) return false;
  const label = labelled.exec(text)?.[0] ?? '';
  const headline = linked >= lettersIn(text) * nearlyAll ? text : text.slice(label.length);
  return linked >= lettersIn(headline) * nearlyAll && isHeadline.test(headline);
}

function repeats({ text }: Block, title = ''): boolean {
  const same = (each: string) => each.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');
  return same(text) === same(title);
}
