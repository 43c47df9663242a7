import { pauseAfter } from '../back-off.js';
import type { Connection } from '../connection.js';
import { commentFeed } from '../documents.js';
import { guarded, LiveError } from '../errors.js';
import { follow } from '../feed.js';
import { wait } from '../insist.js';
import { lifeWithin } from '../life.js';
import type { Settings } from '../options.js';
import type { Comment, CommentFeedEvent, FeedStatus } from '../types.js';
import { CommentList } from './list.js';
import { readComments } from './reading.js';
import { eventOf, type WireEvent } from './wire.js';

/** An article's comments at one moment. A new object whenever anything changed, never changed itself. */
export interface CommentsSnapshot {
  /**
   * `idle`: nobody listens to the store. `loading`: they are being read (again). `live`: everything is here, and what
   * happens arrives. `reconnecting`: everything up to a cut is here. `failed`: see `error`; nothing changes any more.
   */
  readonly status: 'idle' | 'loading' | 'live' | 'reconnecting' | 'failed';
  /** The oldest first, answers among them; {@link threadsOf} makes threads of them. */
  readonly comments: readonly Comment[];
  /** How many comments readers can see; more than `comments` holds while they are being read. */
  readonly count: number;
  /** Whether readers may comment. */
  readonly open: boolean;
  /** How events arrive, while they do. */
  readonly transport: 'websocket' | 'sse' | null;
  readonly error: LiveError | null;
}

/**
 * Keeps an article's comments while anybody listens: reads all of them, then follows the feed after the position read
 * before them, so that none falls between. Without listeners it keeps what it has, and goes on from there.
 */
export class CommentStore {
  readonly #settings: Settings;
  readonly #connection: Connection;
  readonly #articleId: string;
  readonly #pageSize: number;
  readonly #listeners = new Set<() => void>();
  #list = new CommentList();
  #total = 0;
  #position: string | undefined;
  #rereads = 0;
  #status: CommentsSnapshot['status'] = 'idle';
  #transport: CommentsSnapshot['transport'] = null;
  #error: LiveError | null = null;
  #snapshot: CommentsSnapshot | undefined;
  #telling = false;
  #life: AbortController | undefined;
  #stopFollowing: (() => void) | undefined;

  /** @internal Made by `LiveClient.comments`. */
  constructor(settings: Settings, connection: Connection, articleId: string, pageSize: number) {
    this.#settings = settings;
    this.#connection = connection;
    this.#articleId = articleId;
    this.#pageSize = pageSize;
  }

  /** Listens for changes; returns how to stop. The first listener starts the store, the last one stops it. */
  readonly subscribe = (listener: () => void): (() => void) => {
    // A function of its own, because the same listener may come twice.
    const told = (): void => listener();
    this.#listeners.add(told);
    if (this.#listeners.size === 1) {
      this.#start();
    }
    return () => {
      if (this.#listeners.delete(told) && this.#listeners.size === 0) {
        this.#life?.abort();
      }
    };
  };

  /** The comments now: the same object until something changes. */
  readonly getSnapshot = (): CommentsSnapshot =>
    (this.#snapshot ??= Object.freeze({
      status: this.#status,
      comments: this.#list.toArray(),
      count: this.#position === undefined ? Math.max(this.#total, this.#list.size) : this.#list.size,
      open: this.#list.open,
      transport: this.#transport,
      error: this.#error,
    }));

  #start(): void {
    this.#life = lifeWithin(this.#settings.ended);
    if (this.#life.signal.aborted) {
      return;
    }
    this.#life.signal.addEventListener('abort', () => this.#stop());
    this.#error = null;
    if (this.#position === undefined) {
      void this.#read(this.#life.signal);
    } else {
      this.#follow();
    }
  }

  #stop(): void {
    this.#life = undefined;
    this.#stopFollowing?.();
    this.#stopFollowing = undefined;
    this.#set('idle');
  }

  async #read(signal: AbortSignal): Promise<void> {
    // On a second reading what is known stays in view until all is read.
    const first = this.#position === undefined;
    this.#set('loading');
    try {
      if (this.#rereads > 0) {
        await wait(
          pauseAfter({ again: true }, this.#rereads - 1, this.#settings.timing, this.#settings.random),
          signal,
        );
      }
      const { list, position } = await readComments(
        this.#settings,
        {
          articleId: this.#articleId,
          pageSize: this.#pageSize,
          page: (list, total) => first && this.#show(list, total),
          waiting: () => this.#set('reconnecting'),
        },
        signal,
      );
      this.#position = position;
      this.#show(list, list.size);
      this.#follow();
    } catch (error) {
      if (!signal.aborted) {
        this.#fail(error instanceof LiveError ? error : new LiveError(String(error), { cause: error }));
      }
    }
  }

  #show(list: CommentList, total: number): void {
    this.#list = list;
    this.#total = total;
    this.#set('loading');
  }

  #follow(): void {
    this.#stopFollowing = follow<WireEvent>(
      this.#connection,
      { query: commentFeed, variables: { articleId: this.#articleId }, after: this.#position },
      {
        next: (event) => this.#take(eventOf(event)),
        error: (error) => (error.code === 'INVALID_POSITION' ? this.#readAgain() : this.#fail(error)),
        status: (status) => this.#hear(status),
      },
    );
  }

  #take(event: CommentFeedEvent): void {
    if (event.__typename === 'FeedReset') {
      this.#readAgain();
      return;
    }
    this.#rereads = 0;
    this.#position = event.position;
    this.#list.apply(event);
    this.#changed();
  }

  #readAgain(): void {
    this.#stopFollowing?.();
    this.#rereads++;
    if (this.#life) {
      void this.#read(this.#life.signal);
    }
  }

  #hear(status: FeedStatus): void {
    if (status.state === 'live') {
      this.#set('live', status.transport);
    } else if (status.state === 'waiting') {
      this.#set('reconnecting');
    }
  }

  #fail(error: LiveError): void {
    this.#error = error;
    this.#set('failed');
  }

  #set(status: CommentsSnapshot['status'], transport: CommentsSnapshot['transport'] = null): void {
    this.#status = status;
    this.#transport = transport;
    this.#changed();
  }

  /** Tells the listeners, once for all that changes in the same turn. */
  #changed(): void {
    this.#snapshot = undefined;
    if (this.#telling) {
      return;
    }
    this.#telling = true;
    queueMicrotask(() => {
      this.#telling = false;
      [...this.#listeners].forEach(guarded);
    });
  }
}
