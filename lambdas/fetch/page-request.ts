/** One GET for an article's page, and the article on it. */
import { type ExtractedArticle, extractArticle } from '../../core/article-extractor.ts';
import { decodeText } from '../../core/feed/charset.ts';
import type { Loopback } from '../../core/public-url.ts';
import { FetchError } from './fetch-error.ts';
import { fetchUrl } from './fetcher.ts';

export type PageAnswer =
  | { readonly kind: 'page'; readonly page: ExtractedArticle }
  | { readonly kind: 'unreadable' | 'rate-limited'; readonly error: string };

const accept = 'text/html, application/xhtml+xml;q=0.9, */*;q=0.1';

/** Smaller than for feeds: a page that large holds its article in its first part, or none. */
const limits = { totalMs: 15_000, bytes: 5 * 1024 * 1024 };

/** @returns what cannot be fetched or read as `unreadable`: expected of publishers, and no fault of ours */
export async function requestPage(
  url: string,
  { userAgent, loopback }: { readonly userAgent: string; readonly loopback: Loopback },
): Promise<PageAnswer> {
  try {
    const options = { headers: { accept }, userAgent, loopback, limits };
    const { status, headers, body, url: address } = await fetchUrl(url, options);
    const error = `HTTP ${status}`;
    if (status === 429 || status === 503) return { kind: 'rate-limited', error };
    if (status !== 200) return { kind: 'unreadable', error };
    const contentType = headers['content-type'];
    if (contentType && !/html/i.test(contentType)) return { kind: 'unreadable', error: 'No HTML' };
    const page = extractArticle(decodeText(body, contentType), address);
    return page.text === ''
      ? { kind: 'unreadable', error: 'No article on the page' }
      : { kind: 'page', page };
  } catch (error) {
    if (error instanceof FetchError)
      return { kind: 'unreadable', error: `${error.reason}: ${error.message}` };
    throw error;
  }
}
