/** What an article's page says, on the article; and that it need not be read any more. */
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { withPage } from '../../core/article/page-text.ts';
import type { ExtractedArticle } from '../../core/article-extractor.ts';
import { dynamo, unlessRefused } from '../aws/dynamo.ts';
import { updateExpression } from '../aws/update-expression.ts';
import { readEnvironment } from '../environment.ts';
import { keys } from '../keys.ts';
import type { ArticleItem } from './article-store.ts';

const { articlesTable: TableName } = readEnvironment('articlesTable');

export interface ReadPage {
  readonly article: ArticleItem;
  readonly page: ExtractedArticle;
  readonly now: Date;
}

/**
 * @param read undefined when the page could not be read
 * @returns false when the article was not to be read any more, or is gone
 */
export async function savePage(articleId: string, read: ReadPage | undefined): Promise<boolean> {
  const found = read ? { ...withPage(read.article, read.page), readAt: read.now.toISOString() } : {};
  const update = new UpdateCommand({
    TableName,
    Key: keys.article(articleId),
    ...updateExpression({ ...found, readBy: undefined }),
    ConditionExpression: 'attribute_exists(#readBy)',
  });
  return (await unlessRefused(dynamo.send(update))) !== undefined;
}
