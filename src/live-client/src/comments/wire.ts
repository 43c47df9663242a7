import type { Comment, CommentFeedEvent } from '../types.js';

/** A comment as the operations of this package ask for it. */
export type WireComment = Omit<Comment, 'parentId'> & { readonly parent: { readonly id: string } | null };

/** An event as it comes. */
export type WireEvent = Exclude<CommentFeedEvent, { readonly comment: Comment }> | WireCommentEvent;
type WireCommentEvent = Omit<Extract<CommentFeedEvent, { readonly comment: Comment }>, 'comment'> & {
  readonly comment: WireComment;
};

export function commentOf({ parent, ...rest }: WireComment): Comment {
  return Object.freeze({ ...rest, parentId: parent?.id ?? null });
}

export function eventOf(event: WireEvent): CommentFeedEvent {
  return 'comment' in event ? ({ ...event, comment: commentOf(event.comment) } as CommentFeedEvent) : event;
}
