import type { Comment, CommentFeedEvent } from '../types.js';
import { compareComments } from './order.js';

/** An article's comments in order, and whether there may be more. Changed in place; what it hands out is not. */
export class CommentList {
  readonly #byId = new Map<string, Comment>();
  readonly #ordered: Comment[] = [];
  #handedOut: readonly Comment[] | undefined;
  open = true;

  get size(): number {
    return this.#ordered.length;
  }

  /** Adds a comment, or puts it in the place of what was known of it. */
  put(comment: Comment): void {
    this.remove(comment.id);
    this.#byId.set(comment.id, comment);
    this.#ordered.splice(this.#placeOf(comment), 0, comment);
    this.#handedOut = undefined;
  }

  remove(id: string): void {
    const known = this.#byId.get(id);
    if (known) {
      this.#byId.delete(id);
      this.#ordered.splice(this.#placeOf(known), 1);
      this.#handedOut = undefined;
    }
  }

  /** Takes in what the feed says. Saying it twice, or of a comment that is not there, does no harm. */
  apply(event: CommentFeedEvent): void {
    switch (event.__typename) {
      case 'CommentAdded':
      case 'CommentEdited':
        this.put(event.comment);
        break;
      case 'CommentRemoved':
        this.remove(event.commentId);
        break;
      case 'CommentLiked': {
        const known = this.#byId.get(event.commentId);
        if (known) {
          this.put(Object.freeze({ ...known, likeCount: event.likeCount }));
        }
        break;
      }
      case 'CommentsClosed':
        this.open = false;
        break;
      case 'CommentsOpened':
        this.open = true;
        break;
    }
  }

  /** The comments as they are now: the same array until one changes. */
  toArray(): readonly Comment[] {
    return (this.#handedOut ??= Object.freeze([...this.#ordered]));
  }

  /** Where a comment stands or belongs. Mostly at the end, so that is where it looks first. */
  #placeOf(comment: Comment): number {
    let [from, to] = [0, this.#ordered.length];
    let probe = to - 1;
    while (from < to) {
      if (compareComments(this.#ordered[probe] as Comment, comment) < 0) {
        from = probe + 1;
      } else {
        to = probe;
      }
      probe = (from + to) >> 1;
    }
    return from;
  }
}
