import type { Connection } from './connection.js';
import { countsFeed } from './documents.js';
import { guarded } from './errors.js';
import type { FeedObserver } from './feed.js';
import type { FeedStatus } from './types.js';

/** How many comments of an article readers can see. */
export interface CommentCount {
  readonly articleId: string;
  readonly commentCount: number;
}

/** Follows counts. There is nothing to resume: at every beginning the gateway first says what they are. */
export function followCounts(
  connection: Connection,
  articleIds: readonly string[],
  observer: FeedObserver<CommentCount>,
): () => void {
  const tell = (status: FeedStatus): void => guarded(() => observer.status?.(status));
  return connection.keep({
    operation: () => {
      tell({ state: 'connecting' });
      return { query: countsFeed, variables: { articleIds } };
    },
    open: (transport) => tell({ state: 'live', transport }),
    next: ({ data }) => {
      const event = data?.['onCommentCountsChanged'] as { readonly counts: readonly CommentCount[] } | undefined;
      event?.counts.forEach((count) => guarded(() => observer.next(count)));
    },
    waiting: (milliseconds) => tell({ state: 'waiting', milliseconds }),
    failed: (error) => guarded(() => observer.error?.(error)),
  });
}
