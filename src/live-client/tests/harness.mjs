// What the tests against real gateways share.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import WebSocket from 'ws';
import { addComment, within } from '../../../tests/browser/comments.mjs';
import { post } from '../../../tests/browser/gateway.mjs';
import { createLiveClient } from '../dist/index.js';

export { addComment, openArticle, within } from '../../../tests/browser/comments.mjs';
export { post, startGateway } from '../../../tests/browser/gateway.mjs';

/** Shorter than the defaults, so that a test does not wait for its pauses. */
export const brisk = { backOff: 100, maxBackOff: 500, connect: 2_000, socketRetry: 200 };

/** A client as a program on Node makes it. */
export function connect(url, options = {}) {
  return createLiveClient({ url, webSocket: WebSocket, ...options, timing: { ...brisk, ...options.timing } });
}

/** Waits until a store's snapshot is as wanted, and returns it. */
export async function until(store, wanted, what, milliseconds = 20_000) {
  let stop;
  const reached = new Promise((resolve) => {
    const look = () => wanted(store.getSnapshot()) && resolve(store.getSnapshot());
    stop = store.subscribe(look);
    look();
  });
  try {
    return await within(reached, milliseconds, what);
  } catch (error) {
    const { comments, ...rest } = store.getSnapshot();
    throw new Error(`${error.message}; the store has ${comments.length} comments and is ${JSON.stringify(rest)}`);
  } finally {
    stop();
  }
}

/** Follows an article's comments event by event. */
export function listen(live, articleId, start) {
  const heard = { events: [], statuses: [], errors: [], transports: new Set() };
  const watchers = new Set();
  const look = () => watchers.forEach((watch) => watch());
  heard.stop = live.followComments(
    articleId,
    {
      next: (event) => look(heard.events.push(event)),
      error: (error) => look(heard.errors.push(error)),
      status: (status) => {
        heard.statuses.push(status);
        if (status.transport) {
          heard.transports.add(status.transport);
        }
        look();
      },
    },
    start,
  );
  heard.added = () =>
    heard.events.filter(({ __typename }) => __typename === 'CommentAdded').map(({ comment }) => comment.id);
  heard.until = async (wanted, what, milliseconds = 20_000) => {
    let watch;
    const reached = new Promise((resolve) => {
      watch = () => wanted(heard) && resolve();
      watchers.add(watch);
      watch();
    });
    try {
      await within(reached, milliseconds, what);
    } catch (error) {
      throw new Error(`${error.message}; heard ${JSON.stringify(heard.statuses.slice(-3))} and ${heard.errors.join()}`);
    } finally {
      watchers.delete(watch);
    }
  };
  heard.live = async () => await heard.until(() => heard.statuses.at(-1)?.state === 'live', 'the feed');
  return heard;
}

/** Posts comments one after the other; `between` is called with the number of each. */
export async function postMany(endpoint, articleId, count, { body = '', between = () => {} } = {}) {
  const ids = [];
  for (let number = 1; number <= count; number++) {
    ids.push(await addComment(endpoint, articleId, `Comment ${number} ${randomUUID()} ${body}`));
    await between(number);
  }
  return ids;
}

/** The position of an article's comments now. */
export async function positionOf(endpoint, articleId) {
  const query = 'query ($id: ID!) { commentFeed(articleId: $id) { position } }';
  const { data, errors } = await post(endpoint, query, { id: articleId });
  assert.equal(errors, undefined, JSON.stringify(errors));
  return data.commentFeed.position;
}

/** The ids of an article's comments in the gateway's own order. */
export async function listed(endpoint, articleId) {
  const ids = [];
  let after = null;
  do {
    const { data } = await post(
      endpoint,
      `query ($id: ID!, $after: String) {
        node(id: $id) { ... on Article { comments(first: 50, after: $after, threading: FLAT) { nodes { id } pageInfo { hasNextPage endCursor } } } }
      }`,
      { id: articleId, after },
    );
    const { nodes, pageInfo } = data.node.comments;
    ids.push(...nodes.map(({ id }) => id));
    after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
  } while (after !== null);
  return ids;
}

/** Proves that a store holds what a fresh reading gives, in the same order. */
export async function assertComplete(store, endpoint, articleId) {
  const ids = await listed(endpoint, articleId);
  const { comments, count } = await until(
    store,
    (now) => now.status === 'live' && now.comments.length >= ids.length,
    `all ${ids.length} comments`,
  );
  assert.deepEqual(
    comments.map(({ id }) => id),
    ids,
  );
  assert.equal(count, ids.length);
}
