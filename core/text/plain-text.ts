/**
 * HTML as a reader sees it, without markup: entities resolved once, scripts and styles gone, blocks on lines of
 * their own. Works on the tokens of HTML, not on its tree, so that no nesting makes it slow.
 *
 *     plainText('<p>Fish &amp; chips</p><script>…</script>')   // 'Fish & chips'
 */
import { Tokenizer } from 'htmlparser2';

const unseen = new Set(
  'script style noscript template iframe object applet head title select textarea'.split(' '),
);
/** What is never text, even where its end is missing. */
const code = new Set(['script', 'style']);
const blocks = new Set(
  (
    'address article aside blockquote br caption center dd details dialog div dl dt fieldset figcaption figure ' +
    'footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section summary table tbody td tfoot th thead tr ul'
  ).split(' '),
);

/** Line breaks stand for blocks; other white space is collapsed. */
export function plainText(html: string): string {
  const marked = html.includes('<') || html.includes('&');
  return collapse(marked ? visibleText(html) : html.replaceAll('\n', ' '));
}

/** The same on one line. */
export function plainLine(html: string): string {
  return plainText(html).replaceAll('\n', ' ');
}

function visibleText(html: string): string {
  let text = '';
  /** The outermost element that hides what is in it, how many of its name are open, and what it hides so far. */
  let hider = '';
  let depth = 0;
  let hidden = '';

  function enter(name: string): void {
    if (depth > 0) depth += name === hider ? 1 : 0;
    else if (unseen.has(name)) [hider, depth, hidden] = [name, 1, ''];
    else if (blocks.has(name)) text += '\n';
  }
  function leave(name: string): void {
    if (depth > 0) depth -= name === hider ? 1 : 0;
    else if (blocks.has(name)) text += '\n';
  }
  function add(seen: string): void {
    const line = seen.replaceAll('\n', ' ');
    if (depth === 0) text += line;
    else hidden += line;
  }
  const nameAt = (start: number, end: number) => html.slice(start, end).toLowerCase();

  const tokenizer = new Tokenizer(
    { decodeEntities: true },
    {
      ...ignored,
      onopentagname: (start, end) => enter(nameAt(start, end)),
      onclosetag: (start, end) => leave(nameAt(start, end)),
      ontext: (start, end) => add(html.slice(start, end)),
      ontextentity: (codePoint) => add(String.fromCodePoint(codePoint)),
    },
  );
  tokenizer.write(html);
  tokenizer.end();
  return depth > 0 && !code.has(hider) ? text + hidden : text;
}

const ignore = () => {};
const ignored = {
  onattribdata: ignore,
  onattribentity: ignore,
  onattribend: ignore,
  onattribname: ignore,
  oncdata: ignore,
  oncomment: ignore,
  ondeclaration: ignore,
  onend: ignore,
  onopentagend: ignore,
  onprocessinginstruction: ignore,
  onselfclosingtag: ignore,
};

function collapse(text: string): string {
  return text
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n[ \n]*/g, '\n')
    .trim();
}
