import { commentPosition, commentsPage } from '../documents.js';
import { LiveError } from '../errors.js';
import { insist } from '../insist.js';
import type { Settings } from '../options.js';
import { CommentList } from './list.js';
import { commentOf, type WireComment } from './wire.js';

interface Page {
  readonly commentCount: number;
  readonly commentsOpen: boolean;
  readonly comments: {
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
    readonly nodes: readonly WireComment[];
  };
}

/** What is to be read. */
export interface Reading {
  readonly articleId: string;
  readonly pageSize: number;
  /** Told after each page: the list so far, and how many comments there are in all. */
  page(list: CommentList, total: number): void;
  /** Told when a page did not come and is asked for again. */
  waiting(milliseconds: number): void;
}

/** What was read. */
export interface Read {
  readonly list: CommentList;
  /** Where the feed goes on. */
  readonly position: string;
}

/**
 * Reads all comments, page by page, and before them the feed's position: what happens from then on, behind or between
 * the pages, comes from the feed.
 */
export async function readComments(settings: Settings, reading: Reading, signal: AbortSignal): Promise<Read> {
  const position = await readPosition(settings, reading.articleId, signal, reading.waiting);
  const list = new CommentList();
  let after: string | null = null;
  do {
    const { comments, commentCount, commentsOpen }: Page = await readPage(settings, reading, after, signal);
    list.open = commentsOpen;
    comments.nodes.forEach((node) => list.put(commentOf(node)));
    after = comments.pageInfo.hasNextPage ? comments.pageInfo.endCursor : null;
    reading.page(list, commentCount);
  } while (after !== null);
  return { list, position };
}

/** Reads where the feed of an article's comments stands. */
export async function readPosition(
  settings: Settings,
  articleId: string,
  signal: AbortSignal,
  waiting: (milliseconds: number) => void,
): Promise<string> {
  const { commentFeed } = await insist(settings, { query: commentPosition, variables: { articleId } }, signal, waiting);
  return (commentFeed as { readonly position: string }).position;
}

async function readPage(
  settings: Settings,
  { articleId, pageSize, waiting }: Reading,
  after: string | null,
  signal: AbortSignal,
): Promise<Page> {
  const operation = { query: commentsPage, variables: { articleId, first: pageSize, after } };
  const { node } = await insist(settings, operation, signal, waiting);
  // It was there a moment ago; now it is gone.
  if (!(node as Page | null)?.comments) {
    throw LiveError.of([{ message: 'There is no such article.', extensions: { code: 'ARTICLE_NOT_FOUND' } }]);
  }
  return node as Page;
}
