/**
 * HTML as a reader sees it, without markup: entities resolved once, scripts and styles gone, blocks on lines of
 * their own.
 *
 *     plainText('<p>Fish &amp; chips</p><script>…</script>')   // 'Fish & chips'
 */
import { Parser } from 'htmlparser2';

const unseen = new Set(
  'script style noscript template iframe object embed applet head title select textarea'.split(' '),
);
const blocks = new Set(
  (
    'address article aside blockquote br caption center dd details dialog div dl dt fieldset figcaption figure ' +
    'footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section summary table tbody td tfoot th thead tr ul'
  ).split(' '),
);

/** Line breaks stand for blocks; other white space is collapsed. */
export function plainText(html: string): string {
  return html.includes('<') || html.includes('&') ? collapse(visibleText(html)) : collapse(html);
}

/** The same on one line. */
export function plainLine(html: string): string {
  return plainText(html).replaceAll('\n', ' ');
}

function visibleText(html: string): string {
  let text = '';
  let hidden = 0;
  const parser = new Parser({
    onopentagname(name) {
      if (unseen.has(name)) hidden++;
      if (blocks.has(name)) text += '\n';
    },
    ontext(data) {
      if (hidden === 0) text += data.replaceAll('\n', ' ');
    },
    onclosetag(name) {
      if (unseen.has(name)) hidden--;
      if (blocks.has(name)) text += '\n';
    },
  });
  parser.end(html);
  return text;
}

function collapse(text: string): string {
  return text
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n[ \n]*/g, '\n')
    .trim();
}
