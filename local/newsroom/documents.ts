/** Writes the newsroom's articles as RSS 2.0, Atom 1.0, JSON Feed 1.1 and as pages. */
import type { NewsroomArticle, NewsroomFeed } from './articles.ts';

export interface FeedDocument {
  readonly contentType: string;
  readonly text: string;
}

type Writer = (feed: NewsroomFeed, articles: readonly NewsroomArticle[], base: string) => FeedDocument;

const writers: Record<NewsroomFeed['format'], Writer> = { rss, atom, json };

export const feedDocument: Writer = (feed, articles, base) => writers[feed.format](feed, articles, base);

function rss(feed: NewsroomFeed, articles: readonly NewsroomArticle[], base: string): FeedDocument {
  const items = articles.map(
    (article) => `<item><title>${escaped(article.title)}</title><link>${link(feed, article, base)}</link>
<guid isPermaLink="false">${id(feed, article)}</guid><pubDate>${article.publishedAt.toUTCString()}</pubDate>
${article.categories.map((category) => `<category>${escaped(category)}</category>`).join('')}
<description>${escaped(article.summary)}</description></item>`,
  );
  return {
    contentType: 'application/rss+xml; charset=utf-8',
    text: `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0"><channel><title>${escaped(feed.name)}</title><link>${base}/${feed.id}/</link>
<description>${escaped(feed.name)}</description><language>${feed.language}</language>
${items.join('\n')}
</channel></rss>
`,
  };
}

function atom(feed: NewsroomFeed, articles: readonly NewsroomArticle[], base: string): FeedDocument {
  const entries = articles.map(
    (article) => `<entry><title>${escaped(article.title)}</title><id>${id(feed, article)}</id>
<link href="${link(feed, article, base)}"/><updated>${article.publishedAt.toISOString()}</updated>
<published>${article.publishedAt.toISOString()}</published>
${article.categories.map((category) => `<category term="${escaped(category)}"/>`).join('')}
<summary>${escaped(article.summary)}</summary></entry>`,
  );
  return {
    contentType: 'application/atom+xml; charset=utf-8',
    text: `<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${feed.language}"><title>${escaped(feed.name)}</title>
<id>tag:newsroom.example,2026:${feed.id}</id><link href="${base}/${feed.id}/"/>
<updated>${articles[0]!.publishedAt.toISOString()}</updated><author><name>${escaped(feed.name)}</name></author>
${entries.join('\n')}
</feed>
`,
  };
}

function json(feed: NewsroomFeed, articles: readonly NewsroomArticle[], base: string): FeedDocument {
  const items = articles.map((article) => ({
    id: id(feed, article),
    url: link(feed, article, base),
    title: article.title,
    summary: article.summary,
    content_text: article.summary,
    date_published: article.publishedAt.toISOString(),
    tags: article.categories,
  }));
  return {
    contentType: 'application/feed+json; charset=utf-8',
    text: `${JSON.stringify(
      {
        version: 'https://jsonfeed.org/version/1.1',
        title: feed.name,
        home_page_url: `${base}/${feed.id}/`,
        language: feed.language,
        items,
      },
      null,
      1,
    )}\n`,
  };
}

/** The page that an article's link leads to. */
export function articlePage(feed: NewsroomFeed, article: NewsroomArticle): string {
  return `<!doctype html><html lang="${feed.language}"><meta charset="utf-8"><title>${escaped(article.title)}</title>
<meta name="viewport" content="width=device-width"><style>body{font:18px/1.6 Georgia,serif;max-width:38em;margin:3em auto;padding:0 1em}</style>
<article><p>${escaped(feed.name)}</p><h1>${escaped(article.title)}</h1>
<time datetime="${article.publishedAt.toISOString()}">${article.publishedAt.toUTCString()}</time>
<p>${escaped(article.summary)}</p></article></html>
`;
}

const id = (feed: NewsroomFeed, article: NewsroomArticle) =>
  `tag:newsroom.example,2026:${feed.id}/${article.number}`;

const link = (feed: NewsroomFeed, article: NewsroomArticle, base: string) =>
  `${base}/${feed.id}/articles/${article.number}`;

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

const escaped = (text: string) => text.replace(/[&<>"]/g, (character) => entities[character]!);
