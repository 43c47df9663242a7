// Two nodes on one database; the first one is stopped under the clients' feet.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { createClient as createSseClient } from 'graphql-sse';
import { createClient as createSocketClient } from 'graphql-ws';
import WebSocket from 'ws';
import { addComment, onCommentAdded, openArticle, within } from './comments.mjs';
import { startGateway } from './gateway.mjs';

describe('a node that is stopped', { timeout: 240_000 }, () => {
  let first;
  let second;
  before(async () => {
    first = await startGateway({ args: ['--Shutdown:ReconnectWindow=00:00:01'] });
    second = await startGateway({ shared: first.directory });
  });
  after(async () => {
    await second?.stop();
    await first?.stop();
  });

  test('hands the clients of graphql-ws and graphql-sse to the other node', { timeout: 120_000 }, async () => {
    const articleId = await openArticle(first.endpoint);
    const closes = [];
    let node = first;
    const sockets = createSocketClient({
      url: () => node.socket,
      webSocketImpl: WebSocket,
      on: { closed: ({ code, reason }) => closes.push({ code, reason }) },
    });
    let sseConnections = 0;
    const streams = createSseClient({
      url: () => node.endpoint,
      singleConnection: false,
      on: { connected: () => (sseConnections += 1) },
    });
    const readers = [follow(sockets, articleId), follow(streams, articleId)];

    try {
      await until(readers, () => addComment(first.endpoint, articleId, `Before ${randomUUID()}`));
      node = second;
      assert.equal(await within(first.terminate(), 30_000, 'the end of the first node'), 0);

      await until(readers, () => addComment(second.endpoint, articleId, `After ${randomUUID()}`));
    } finally {
      await Promise.all(readers.map((reader) => reader.stop()));
    }

    assert.equal(closes[0].code, 1012);
    assert.match(closes[0].reason, /^Reconnect in \d{1,4} ms$/);
    assert.equal(sseConnections, 2);
    assert.ok(readers.every((reader) => reader.error === undefined), 'no client gave up');
  });
});

// Reads a live feed into a list, for as long as the client itself keeps it up.
function follow(client, articleId) {
  const reader = { ids: [], error: undefined, stop: undefined };
  const ended = new Promise((resolve) => {
    const unsubscribe = client.subscribe(
      { query: onCommentAdded, variables: { articleId } },
      {
        next: ({ data }) => reader.ids.push(data.onCommentAdded.comment.id),
        error: (error) => {
          reader.error = error;
          resolve();
        },
        complete: resolve,
      },
    );
    reader.stop = async () => {
      unsubscribe();
      await within(ended, 5_000, 'the end of the subscription');
      await client.dispose();
    };
  });
  return reader;
}

// Posts until every reader has one of the comments posted here: nothing announces that a client has subscribed again.
async function until(readers, postOne) {
  const posted = new Set();
  const limit = Date.now() + 40_000;
  while (!readers.every((reader) => reader.ids.some((id) => posted.has(id)))) {
    assert.ok(Date.now() < limit, 'the comments did not arrive');
    posted.add(await postOne());
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
