export { createLiveClient, type LiveClient, type Start } from './client.js';
export type { CommentsSnapshot, CommentStore } from './comments/store.js';
export { threadsOf, type CommentThread } from './comments/threads.js';
export type { CommentCount } from './counts.js';
export { LiveError, type GraphQLErrorEntry } from './errors.js';
export type { Feed, FeedObserver, Positioned } from './feed.js';
export type { LiveClientOptions, Provided, Timing } from './options.js';
export type { ArticleFeedEvent, ArticleSummary, Comment, CommentFeedEvent, FeedReset, FeedStatus } from './types.js';
