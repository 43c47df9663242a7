import type { Connection } from './connection.js';
import { guarded, type LiveError } from './errors.js';
import type { FeedStatus } from './types.js';

/** A resumable subscription: its one field takes the variable `$after` and gives objects with a `position`. */
export interface Feed {
  /** The document, for instance `subscription ($id: ID!, $after: String) { onCommentFeed(articleId: $id, after: $after) { __typename position } }`. */
  readonly query: string;
  /** Its variables, without `after`. */
  readonly variables?: Readonly<Record<string, unknown>>;
  /** Where to begin: after this position. Without one: with what happens from now on. */
  readonly after?: string | null | undefined;
}

/** Who follows a feed. */
export interface FeedObserver<Event> {
  /** Each event once, in the feed's order. */
  next(event: Event): void;
  /** The feed cannot be followed: nothing comes after this. Cuts and restarts are not errors; they are healed. */
  error?(error: LiveError): void;
  /** How the feed is doing, on every change. */
  status?(status: FeedStatus): void;
}

/** What every event has. */
export interface Positioned {
  readonly position: string;
}

// As many as a transport could reasonably repeat.
const remembered = 1_000;

/** The positions seen last. */
class Seen {
  readonly #positions = new Set<string>();

  /** Whether the position is new; notes it. */
  isNew(position: string): boolean {
    if (this.#positions.has(position)) {
      return false;
    }
    this.#positions.add(position);
    if (this.#positions.size > remembered) {
      this.#positions.delete(this.#positions.values().next().value as string);
    }
    return true;
  }

  clear(): void {
    this.#positions.clear();
  }
}

/** Follows a feed through cuts, restarts and changes of transport; returns how to stop. */
export function follow<Event extends Positioned>(
  connection: Connection,
  feed: Feed,
  observer: FeedObserver<Event>,
): () => void {
  let after = feed.after ?? null;
  let stopped = false;
  const seen = new Seen();
  const tell = (status: FeedStatus): void => guarded(() => observer.status?.(status));
  const stop = connection.keep({
    operation: () => {
      tell({ state: 'connecting' });
      return { query: feed.query, variables: { ...feed.variables, after } };
    },
    open: (transport) => tell({ state: 'live', transport }),
    next: ({ data }) => {
      const event = Object.values(data ?? {})[0] as (Event & { readonly __typename?: string }) | undefined;
      if (stopped || typeof event?.position !== 'string') {
        return;
      }
      if (event.__typename === 'FeedReset') {
        // The numbers may begin anew.
        seen.clear();
      }
      if (seen.isNew(event.position)) {
        after = event.position;
        guarded(() => observer.next(event));
      }
    },
    waiting: (milliseconds) => tell({ state: 'waiting', milliseconds }),
    failed: (error) => guarded(() => observer.error?.(error)),
  });
  return () => {
    stopped = true;
    stop();
  };
}
