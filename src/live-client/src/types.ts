/** A reader's comment, as the store keeps it. Never changed in place: what changes is replaced. */
export interface Comment {
  /** Identifies the comment among all objects of the graph. Opaque. */
  readonly id: string;
  /** The comment it answers; null at the top level, or when readers cannot see that comment any more. */
  readonly parentId: string | null;
  /** 1 at the top level, one more for each answer. */
  readonly depth: number;
  readonly authorName: string;
  readonly authorUrl: string | null;
  /** The text as sanitized HTML, safe to put into a page. */
  readonly body: string;
  /** The text without HTML. */
  readonly bodyText: string;
  /** When it was posted, ISO 8601 in UTC. */
  readonly createdAt: string;
  readonly editedAt: string | null;
  readonly likeCount: number;
}

/** What happens in an article's comments, in the feed's order. `position` is where to go on after it. */
export type CommentFeedEvent =
  | {
      readonly __typename: 'CommentAdded';
      readonly position: string;
      readonly comment: Comment;
      readonly commentCount: number;
    }
  | { readonly __typename: 'CommentEdited'; readonly position: string; readonly comment: Comment }
  | {
      readonly __typename: 'CommentRemoved';
      readonly position: string;
      readonly commentId: string;
      readonly commentCount: number;
    }
  | {
      readonly __typename: 'CommentLiked';
      readonly position: string;
      readonly commentId: string;
      readonly likeCount: number;
    }
  | { readonly __typename: 'CommentsClosed'; readonly position: string }
  | { readonly __typename: 'CommentsOpened'; readonly position: string }
  | FeedReset;

/** The position asked for cannot be honoured: read the data again, then go on after this one. */
export interface FeedReset {
  readonly __typename: 'FeedReset';
  readonly position: string;
  readonly reason: 'TOO_OLD' | 'OTHER_EPOCH' | 'AHEAD';
}

/** What is told of an article in the feed of publications. */
export interface ArticleSummary {
  readonly id: string;
  readonly slug: string;
  readonly title: string;
  readonly standfirst: string | null;
  readonly publishedAt: string | null;
  readonly modifiedAt: string;
  readonly commentCount: number;
}

/** What happens to articles, in the feed's order. */
export type ArticleFeedEvent =
  | { readonly __typename: 'ArticlePublished'; readonly position: string; readonly article: ArticleSummary }
  | { readonly __typename: 'ArticleUpdated'; readonly position: string; readonly article: ArticleSummary }
  | {
      readonly __typename: 'ArticleWithdrawn';
      readonly position: string;
      readonly articleId: string;
      /** The field `reason`, under a name of its own beside that of `FeedReset`. */
      readonly withdrawnReason: 'UNPUBLISHED' | 'PRIVATE' | 'REMOVED' | 'PROTECTED';
    }
  | FeedReset;

/** How a feed is doing. */
export type FeedStatus =
  | { readonly state: 'connecting' }
  | { readonly state: 'live'; readonly transport: 'websocket' | 'sse' }
  | { readonly state: 'waiting'; readonly milliseconds: number };
