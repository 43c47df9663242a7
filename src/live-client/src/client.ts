import { followComments } from './comments/events.js';
import { CommentStore } from './comments/store.js';
import { Connection } from './connection.js';
import { type CommentCount, followCounts } from './counts.js';
import { articleFeed } from './documents.js';
import { type Feed, type FeedObserver, follow, type Positioned } from './feed.js';
import { type LiveClientOptions, settingsOf } from './options.js';
import type { ArticleFeedEvent, CommentFeedEvent } from './types.js';

/** Where a feed begins. */
export interface Start {
  /** After this position; without one, with what happens from now on. */
  readonly after?: string | null;
}

/** One gateway, and the one connection to it that everything here shares. */
export interface LiveClient {
  /**
   * The comments of an article, kept up to date while anybody listens. Fits React's `useSyncExternalStore`.
   * @param articleId The article's global id.
   * @param options `pageSize`: how many comments one request reads, at most what the gateway allows. Default: 50.
   */
  comments(articleId: string, options?: { readonly pageSize?: number }): CommentStore;

  /** What happens in an article's comments. After a `FeedReset` something may be missing: read the data again. */
  followComments(articleId: string, observer: FeedObserver<CommentFeedEvent>, start?: Start): () => void;

  /**
   * What is published, updated and withdrawn. Begun without a position, it has none to go on after if it is cut before
   * its first event.
   * @param tags Slugs, at most 20: only articles with one of them; null for all.
   */
  followArticles(tags: readonly string[] | null, observer: FeedObserver<ArticleFeedEvent>, start?: Start): () => void;

  /** How many comments articles have: now, and whenever that changes. At most 100 ids. */
  followCounts(articleIds: readonly string[], observer: FeedObserver<CommentCount>): () => void;

  /**
   * Any subscription that resumes by `$after` and `position`, for instance with a selection of one's own. Give it a
   * position to begin after: begun without, it has none to go on after if it is cut before its first event.
   */
  follow<Event extends Positioned>(feed: Feed, observer: FeedObserver<Event>): () => void;

  /** Ends everything that is followed. The client cannot be used again. */
  dispose(): void;
}

/** Makes a client. It connects when the first feed is followed, and hangs up after the last. */
export function createLiveClient(options: LiveClientOptions): LiveClient {
  const life = new AbortController();
  const settings = settingsOf(options, life.signal);
  const connection = new Connection(settings);
  return {
    comments: (articleId, { pageSize = 50 } = {}) => new CommentStore(settings, connection, articleId, pageSize),
    followComments: (articleId, observer, start) =>
      followComments(settings, connection, articleId, observer, start?.after),
    followArticles: (tags, observer, start) =>
      follow(connection, { query: articleFeed, variables: { tags }, after: start?.after }, observer),
    followCounts: (articleIds, observer) => followCounts(connection, articleIds, observer),
    follow: (feed, observer) => follow(connection, feed, observer),
    dispose: () => {
      life.abort();
      connection.dispose();
    },
  };
}
