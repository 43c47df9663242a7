import type { Connection } from '../connection.js';
import { commentFeed } from '../documents.js';
import { guarded, LiveError } from '../errors.js';
import { type FeedObserver, follow } from '../feed.js';
import { lifeWithin } from '../life.js';
import type { Settings } from '../options.js';
import type { CommentFeedEvent } from '../types.js';
import { readPosition } from './reading.js';
import { eventOf, type WireEvent } from './wire.js';

/**
 * Follows an article's comments, event by event. Without a position it asks for the present one first: a feed begun
 * "from now on" has nothing to go on after until its first event, and a cut before that would lose one.
 */
export function followComments(
  settings: Settings,
  connection: Connection,
  articleId: string,
  observer: FeedObserver<CommentFeedEvent>,
  after: string | null | undefined,
): () => void {
  const life = lifeWithin(settings.ended);
  let stop = (): void => {};
  const begin = (position: string): void => {
    stop = follow<WireEvent>(
      connection,
      { query: commentFeed, variables: { articleId }, after: position },
      {
        next: (event) => observer.next(eventOf(event)),
        error: (error) => observer.error?.(error),
        status: (status) => observer.status?.(status),
      },
    );
  };
  const ask = async (): Promise<void> => {
    const position = await readPosition(settings, articleId, life.signal, (milliseconds) =>
      guarded(() => observer.status?.({ state: 'waiting', milliseconds })),
    );
    if (!life.signal.aborted) {
      begin(position);
    }
  };
  if (after != null) {
    begin(after);
  } else {
    ask().catch((error: unknown) => {
      if (!life.signal.aborted) {
        guarded(() =>
          observer.error?.(error instanceof LiveError ? error : new LiveError(String(error), { cause: error })),
        );
      }
    });
  }
  return () => {
    life.abort();
    stop();
  };
}
