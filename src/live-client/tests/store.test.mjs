import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { scriptedClient, scriptedTime, settle } from './scripted.mjs';

const wire = (number, changes = {}) => ({
  id: btoa(`Comment:${number}`),
  parent: null,
  bodyText: `Comment ${number}`,
  createdAt: `2026-03-01T08:30:${String(number).padStart(2, '0')}Z`,
  likeCount: 0,
  ...changes,
});

const at = (position) => JSON.stringify({ data: { commentFeed: { position } } });

const page = (numbers, { next = null, count = numbers.length, open = true } = {}) =>
  JSON.stringify({
    data: {
      node: {
        commentCount: count,
        commentsOpen: open,
        comments: {
          pageInfo: { hasNextPage: next !== null, endCursor: next },
          nodes: numbers.map((number) => wire(number)),
        },
      },
    },
  });

describe('a store of comments', { timeout: 30_000 }, () => {
  const pass = scriptedTime();

  async function start() {
    const { live, sockets, socket, requests, request } = scriptedClient();
    const store = live.comments('article', { pageSize: 2 });
    let told = 0;
    const stop = store.subscribe(() => told++);
    await settle();
    const texts = () => store.getSnapshot().comments.map(({ bodyText }) => bodyText);
    return { live, store, stop, told: () => told, texts, sockets, socket, requests, request };
  }

  async function startLive() {
    const started = await start();
    started.request().answer(200, at('p5'));
    await settle();
    started.request().answer(200, page([1, 2]));
    await settle();
    await started.socket().accept();
    return started;
  }

  const after = (socket) => socket().subscriptions.at(-1).payload.variables.after;

  test('reads the position, then every page, then follows after the position', async () => {
    const { store, texts, requests, request, socket } = await start();
    request().answer(200, at('p5'));
    await settle();
    request().answer(200, page([1, 2], { next: 'cursor 2', count: 3 }));
    await settle();
    assert.deepEqual(texts(), ['Comment 1', 'Comment 2'], 'a page is shown as soon as it is there');
    assert.deepEqual([store.getSnapshot().status, store.getSnapshot().count], ['loading', 3]);
    assert.equal(request().body.variables.after, 'cursor 2');
    request().answer(200, page([3], { count: 3 }));
    await settle();
    await socket().accept();
    assert.equal(requests.length, 3);
    assert.equal(after(socket), 'p5');
    const { status, count, open, transport } = store.getSnapshot();
    assert.deepEqual([status, count, open, transport], ['live', 3, true, 'websocket']);
  });

  test('takes in events, also those of comments that a page already had', async () => {
    const { store, texts, socket } = await startLive();
    socket().next({ __typename: 'CommentAdded', position: 'p6', comment: wire(2), commentCount: 2 });
    socket().next({ __typename: 'CommentAdded', position: 'p7', comment: wire(4), commentCount: 3 });
    socket().next({
      __typename: 'CommentAdded',
      position: 'p8',
      comment: wire(3, { parent: { id: wire(1).id } }),
      commentCount: 4,
    });
    assert.deepEqual(texts(), ['Comment 1', 'Comment 2', 'Comment 3', 'Comment 4']);
    assert.equal(store.getSnapshot().count, 4);
    assert.equal(store.getSnapshot().comments[2].parentId, wire(1).id);
    socket().next({ __typename: 'CommentsClosed', position: 'p9' });
    assert.equal(store.getSnapshot().open, false);
  });

  test('gives the same snapshot until something changes, and tells once for what changes together', async () => {
    const { store, told, socket } = await startLive();
    const before = store.getSnapshot();
    assert.equal(store.getSnapshot(), before);
    const toldBefore = told();
    socket().next({ __typename: 'CommentAdded', position: 'p6', comment: wire(3), commentCount: 3 });
    socket().next({ __typename: 'CommentAdded', position: 'p7', comment: wire(4), commentCount: 4 });
    await settle();
    assert.equal(told(), toldBefore + 1);
    assert.notEqual(store.getSnapshot(), before);
    assert.equal(before.comments.length, 2);
    assert.throws(() => (before.count = 9), TypeError);
  });

  test('reads again after a reset, keeps the old in view, and goes on after the new position', async () => {
    const { store, texts, requests, request, socket } = await startLive();
    socket().next({ __typename: 'FeedReset', position: 'q1', reason: 'OTHER_EPOCH' });
    await settle();
    assert.deepEqual([store.getSnapshot().status, texts()], ['loading', ['Comment 1', 'Comment 2']]);
    await pass(1_000);
    request().answer(200, at('q2'));
    await settle();
    request().answer(200, page([7], { next: 'cursor', count: 2 }));
    await settle();
    assert.deepEqual(texts(), ['Comment 1', 'Comment 2'], 'half of the new is not shown');
    request().answer(200, page([8], { count: 2 }));
    await settle();
    assert.equal(requests.length, 5);
    await socket().accept();
    assert.deepEqual(texts(), ['Comment 7', 'Comment 8']);
    assert.equal(after(socket), 'q2');
    assert.equal(store.getSnapshot().status, 'live');
  });

  test('reads ever more rarely when every reading is followed by another reset', async () => {
    const { requests, request, socket } = await startLive();
    for (const pause of [1_000, 2_000, 4_000]) {
      const before = requests.length;
      socket().next({ __typename: 'FeedReset', position: `q${pause}`, reason: 'TOO_OLD' });
      await settle();
      await pass(pause - 1);
      assert.equal(requests.length, before);
      await pass(1);
      assert.equal(requests.length, before + 1);
      request().answer(200, at(`r${pause}`));
      await settle();
      request().answer(200, page([1, 2]));
      await settle();
      await socket().accept();
    }
    socket().next({ __typename: 'CommentAdded', position: 'p9', comment: wire(3), commentCount: 3 });
    const before = requests.length;
    socket().next({ __typename: 'FeedReset', position: 'q9', reason: 'TOO_OLD' });
    await settle();
    await pass(1_000);
    assert.equal(requests.length, before + 1, 'after an event the pause is a first one');
  });

  test('reads again when its position is refused', async () => {
    const { store, requests, request, socket } = await startLive();
    const refusal = {
      message: 'No position of this feed.',
      extensions: { code: 'INVALID_POSITION', argument: 'after' },
    };
    socket().say({ type: 'error', id: socket().subscriptions[0].id, payload: [refusal] });
    await settle();
    await pass(1_000);
    assert.equal(requests.length, 3);
    request().answer(200, at('q1'));
    await settle();
    request().answer(200, page([1]));
    await settle();
    await socket().accept();
    assert.deepEqual([after(socket), store.getSnapshot().status], ['q1', 'live']);
  });

  test('asks again for a page that did not come', async () => {
    const { store, texts, request, requests } = await start();
    request().fail();
    await settle();
    assert.equal(store.getSnapshot().status, 'reconnecting');
    await pass(1_000);
    request().answer(502, 'Bad Gateway');
    await settle();
    await pass(2_000);
    assert.equal(requests.length, 3);
    request().answer(200, at('p1'));
    await settle();
    request().answer(200, page([1]));
    await settle();
    assert.deepEqual(texts(), ['Comment 1']);
  });

  test('fails for an article that is not there, and does not ask again', async () => {
    const { store, request, requests } = await start();
    const refusal = { message: 'There is no such article.', extensions: { code: 'ARTICLE_NOT_FOUND' } };
    request().answer(200, JSON.stringify({ data: { commentFeed: null }, errors: [refusal] }));
    await settle();
    await pass(600_000);
    const { status, error } = store.getSnapshot();
    assert.deepEqual([status, error.code, requests.length], ['failed', 'ARTICLE_NOT_FOUND', 1]);
  });

  test('fails when the article goes while it is being read', async () => {
    const { store, request } = await start();
    request().answer(200, at('p1'));
    await settle();
    request().answer(200, JSON.stringify({ data: { node: null } }));
    await settle();
    assert.equal(store.getSnapshot().error.code, 'ARTICLE_NOT_FOUND');
  });

  test('keeps what it has without listeners, and goes on from there with the next', async () => {
    const { store, stop, texts, requests, sockets, socket } = await startLive();
    socket().next({ __typename: 'CommentAdded', position: 'p6', comment: wire(3), commentCount: 3 });
    stop();
    await settle();
    assert.equal(store.getSnapshot().status, 'idle');
    await pass(2_000);
    assert.equal(sockets[0].closedBy, 1000);
    store.subscribe(() => {});
    await settle();
    await socket().accept();
    assert.equal(after(socket), 'p6');
    assert.deepEqual([texts().length, requests.length, store.getSnapshot().status], [3, 2, 'live']);
  });

  test('is started once by two listeners, and stopped by the last', async () => {
    const { store, stop, requests, request, socket } = await start();
    const listener = () => {};
    const stops = [store.subscribe(listener), store.subscribe(listener)];
    request().answer(200, at('p1'));
    await settle();
    request().answer(200, page([1]));
    await settle();
    await socket().accept();
    stop();
    stops[0]();
    stops[0]();
    assert.equal(store.getSnapshot().status, 'live', 'one is left');
    stops[1]();
    assert.equal(store.getSnapshot().status, 'idle');
    assert.equal(requests.length, 2);
  });

  test('is idle, and stays so, once its client is disposed', async () => {
    const { live, store, sockets, socket, requests } = await start();
    const other = live.comments('another');
    other.subscribe(() => {});
    await settle();
    requests[0].answer(200, at('p1'));
    await settle();
    requests.at(-1).answer(200, page([1]));
    await settle();
    await socket().accept();
    live.dispose();
    await settle();
    assert.equal(requests[1].aborted, true, 'what is being read is called off');
    assert.deepEqual([store.getSnapshot().status, other.getSnapshot().status], ['idle', 'idle']);
    store.subscribe(() => {});
    live.comments('third').subscribe(() => {});
    await pass(60_000);
    assert.deepEqual([sockets.length, requests.length], [1, 3]);
  });

  test('hands out the same comments while only its state changes', async () => {
    const { store, socket } = await startLive();
    const { comments } = store.getSnapshot();
    socket().drop(1006);
    assert.equal(store.getSnapshot().status, 'reconnecting');
    assert.equal(store.getSnapshot().comments, comments);
  });
});

describe('the events of an article without a position', { timeout: 30_000 }, () => {
  scriptedTime();

  test('begin after the position the gateway has now, so that a cut before the first event loses none', async () => {
    const { live, request, sockets, socket } = scriptedClient();
    const texts = [];
    const states = [];
    live.followComments('article', {
      next: ({ comment }) => texts.push(comment.bodyText),
      status: ({ state }) => states.push(state),
    });
    await settle();
    assert.equal(sockets.length, 0);
    request().answer(200, at('p3'));
    await settle();
    await socket().accept();
    assert.equal(socket().subscriptions[0].payload.variables.after, 'p3');
    socket().next({ __typename: 'CommentAdded', position: 'p4', comment: wire(1), commentCount: 1 });
    assert.deepEqual([texts, states], [['Comment 1'], ['connecting', 'live']]);
  });

  test('are not begun when they were stopped meanwhile', async () => {
    const { live, request, sockets } = scriptedClient();
    live.followComments('article', { next: () => {} })();
    await settle();
    assert.equal(request()?.aborted ?? true, true);
    assert.equal(sockets.length, 0);
  });
});
