/** The assertions of the corpus on feeds (its README names them), checked against what `parseFeed` made. */
import type { Feed } from '../../core/feed/feed.ts';
import { plainText } from '../../core/text/plain-text.ts';

export interface Assertion {
  readonly path: string;
  readonly op: string;
  readonly value?: string | number;
  readonly plain?: string;
  readonly forbid?: readonly string[];
}

/** The words of the corpus for a feed. */
function corpusShape(feed: Feed) {
  const { url, updatedAt, entries, ...rest } = feed;
  return {
    feed: { ...rest, link: url, updated: updatedAt, date: updatedAt },
    items: entries.map(({ url, publishedAt, updatedAt, ...entry }) => ({
      ...entry,
      link: url,
      published: publishedAt,
      updated: updatedAt,
      date: [publishedAt, updatedAt],
    })),
  };
}

/** @param feed undefined when it was refused */
export function holds(feed: Feed | undefined, assertion: Assertion, strict: boolean): boolean {
  if (assertion.op === 'nocrash') return true;
  if (assertion.op === 'error') return feed === undefined;
  if (feed === undefined) return false;
  if (assertion.op === 'isfeed') return true;
  const shape = corpusShape(feed);
  const actual = valuesAt(shape, assertion.path);
  return checks[assertion.op]?.(actual, assertion, strict) ?? false;
}

type Check = (actual: readonly unknown[], assertion: Assertion, strict: boolean) => boolean;

const checks: Record<string, Check> = {
  text: (actual, { value, plain }, strict) =>
    actual.some((text) => [value, plain].some((wanted) => sameText(text, wanted, strict))),
  url: ([link], { value }) => String(link).replace(/\/$/, '') === String(value).replace(/\/$/, ''),
  exact: ([text], { value }) => text === value,
  date: ([times], { value }) =>
    [times].flat().some((time) => Math.abs(Date.parse(String(time)) - Date.parse(String(value))) < 1000),
  author: ([names], { value }) => nameAndAddress(value).some((part) => squeeze(names).includes(part)),
  has: ([list], { value }) => [list].flat().some((name) => sameText(name, value, false)),
  lang: ([tag], { value }) => String(tag).toLowerCase() === String(value).toLowerCase(),
  count: ([list], { value }) => [list].flat().length === value,
  mincount: ([list], { value }) => [list].flat().length >= Number(value),
  absent: ([value]) => value === undefined || value === '',
  noactive: ([text], { forbid = [] }) =>
    !forbid.some((pattern) => new RegExp(pattern, 'i').test(String(text))),
  nofffd: ([text]) => !String(text).includes('\ufffd'),
};

function sameText(actual: unknown, wanted: unknown, strict: boolean): boolean {
  if (wanted === undefined) return false;
  if (actual === undefined) return wanted === '';
  if (strict) return collapse(actual) === collapse(wanted);
  return squeeze(actual) === squeeze(wanted);
}

const collapse = (text: unknown) => String(text).replace(/\s+/g, ' ').trim();
/** `Jane Doe (jane@example.org)` is there when either is. */
const nameAndAddress = (value: unknown) =>
  String(value)
    .split(/\s*[()]\s*/)
    .map(squeeze)
    .filter(Boolean);
/** Without markup and white space: formats disagree on the space between blocks. */
const squeeze = (text: unknown) => plainText(String(text)).replace(/\s+/g, '');

/** For `summary` and `content` either field may hold what is asked for. */
function valuesAt(shape: object, path: string): unknown[] {
  const paths = /\.(summary|content)$/.test(path)
    ? [path.replace(/\w+$/, 'summary'), path.replace(/\w+$/, 'content')]
    : [path];
  return paths.map((each) =>
    each
      .split(/[.[\]]+/)
      .filter(Boolean)
      .reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], shape),
  );
}
