/**
 * The article on a web page: Readability finds where it is, what is no part of its text is taken out again.
 *
 *     extractArticle(html, 'https://example.org/2026/storm').text
 */
import { Readability } from '@mozilla/readability';
import JSDOMParser from '@mozilla/readability/JSDOMParser.js';
import { articleText } from './article/blocks.ts';
import { articleData, authorOf, languageOf, publishedAtOf, titleOf } from './article/head.ts';
import { cutPage } from './article/page.ts';
import { plainText } from './text/plain-text.ts';

export interface ExtractedArticle {
  readonly title?: string;
  /** Paragraphs end in line breaks; empty when the page has no article. */
  readonly text: string;
  readonly author?: string;
  readonly publishedAt?: string;
  readonly language?: string;
}

/** Classes tell captions from text; the tree spares writing HTML only to read it again. */
const options = { keepClasses: true, disableJSONLD: true, serializer: (node: ReadabilityNode) => node };
/** A page with less text than this has its article elsewhere: in its data, until scripts have run. */
const leastText = 250;

/** Never throws: of a page that cannot be read the text is empty. */
export function extractArticle(html: string, url: string): ExtractedArticle {
  const { xhtml, head } = cutPage(html);
  const data = articleData(head);
  const found = findArticle(xhtml, url);
  const title = titleOf(found?.title || textOf(data?.headline), head, url);
  const text = found?.content ? articleText(found.content, title) : '';
  const body = text.length < leastText ? textOf(data?.articleBody) : '';
  const rest = {
    title,
    author: authorOf(data, found?.byline),
    publishedAt: publishedAtOf(data, head),
    language: languageOf(head),
  };
  const known = Object.fromEntries(Object.entries(rest).filter(([, value]) => value));
  return { ...known, text: body.length > text.length ? body : text };
}

function findArticle(xhtml: string, url: string) {
  try {
    return new Readability<ReadabilityNode>(new JSDOMParser().parse(xhtml, url), options).parse();
  } catch {
    return null;
  }
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? plainText(value) : '';
}
