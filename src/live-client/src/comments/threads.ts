import type { Comment } from '../types.js';

/** A comment with what answers it. */
export interface CommentThread {
  readonly comment: Comment;
  readonly replies: readonly CommentThread[];
}

/**
 * The comments as threads, in their order at every level. An answer to a comment that is not there (hidden since, or on
 * a page not read yet) begins a thread of its own.
 */
export function threadsOf(comments: readonly Comment[]): readonly CommentThread[] {
  const threads = new Map(comments.map((comment) => [comment.id, { comment, replies: [] as CommentThread[] }]));
  const starts: CommentThread[] = [];
  for (const thread of threads.values()) {
    const { parentId } = thread.comment;
    const parent = parentId === null ? undefined : threads.get(parentId);
    (parent?.replies ?? starts).push(thread);
  }
  return starts;
}
