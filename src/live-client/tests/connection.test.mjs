import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { following, scriptedFeed, scriptedTime, settle } from './scripted.mjs';

describe('a feed on a scripted socket', { timeout: 30_000 }, () => {
  const pass = scriptedTime();

  test('goes on after the last position when the socket was cut', async () => {
    const { feed, sockets, socket } = await scriptedFeed({}, 'p0');
    await socket().accept();
    socket().next({ position: 'p1' });
    socket().next({ position: 'p2' });
    socket().drop(1006);
    await pass(1_000);
    await socket().accept();
    socket().next({ position: 'p3' });
    assert.deepEqual(
      sockets.map(({ subscriptions }) => subscriptions[0].payload.variables.after),
      ['p0', 'p2'],
    );
    assert.deepEqual(feed.events, ['p1', 'p2', 'p3']);
    assert.deepEqual(feed.states(), ['connecting', 'websocket', 'waiting', 'connecting', 'websocket']);
  });

  test('tells an event once that the server says twice', async () => {
    const { feed, socket } = await scriptedFeed();

    await socket().accept();
    for (const position of ['p1', 'p1', 'p2', 'p1', 'p2', 'p3']) {
      socket().next({ position });
    }
    assert.deepEqual(feed.events, ['p1', 'p2', 'p3']);
  });

  test('takes positions anew after a reset', async () => {
    const { feed, socket } = await scriptedFeed();

    await socket().accept();
    socket().next({ position: 'p1' });
    socket().next({ __typename: 'FeedReset', position: 'p0', reason: 'OTHER_EPOCH' });
    socket().next({ position: 'p1' });
    assert.deepEqual(feed.events, ['p1', 'p0', 'p1']);
  });

  test('waits twice as long from one failure to the next, up to the limit, and a first time again once it was stable', async () => {
    const { feed, socket } = await scriptedFeed({ timing: { backOff: 1_000, maxBackOff: 5_000, stable: 10_000 } });
    for (const pause of [1_000, 2_000, 4_000, 5_000, 5_000]) {
      await socket().accept();
      socket().drop(1006);
      assert.equal(feed.pauses().at(-1), pause);
      await pass(pause);
    }
    await socket().accept();
    socket().say({ type: 'ping' });
    await pass(10_000);
    socket().drop(1006);
    assert.equal(feed.pauses().at(-1), 1_000);
  });

  test('waits a random part of the pause', async () => {
    const numbers = [0, 0.5, 0.25];
    const { feed, socket } = await scriptedFeed({ random: () => numbers.shift() ?? 1 });
    for (const pause of [50, 1_025, 1_037.5]) {
      await socket().accept();
      socket().drop(1001);
      assert.equal(feed.pauses().at(-1), pause);
      await pass(pause + 1);
    }
  });

  test('stays away for as long as a server that restarts asks', async () => {
    const { feed, sockets, socket } = await scriptedFeed();

    await socket().accept();
    socket().drop(1012, 'Reconnect in 3210 ms');
    assert.deepEqual(feed.pauses(), [3_210]);
    await pass(3_209);
    assert.equal(sockets.length, 1);
    await pass(1);
    assert.equal(sockets.length, 2);
  });

  test('comes back at once when the browser is online again, but never before a time that the server named', async (context) => {
    windowThatGoesOnline(context);
    const { feed, sockets, socket } = await scriptedFeed();

    await socket().accept();
    socket().drop(1006);
    globalThis.dispatchEvent(new Event('online'));
    await settle();
    assert.equal(sockets.length, 2);
    await socket().accept();
    socket().drop(1012, 'Reconnect in 5000 ms');
    globalThis.dispatchEvent(new Event('online'));
    await pass(4_999);
    assert.equal(sockets.length, 2);
    assert.deepEqual(feed.pauses(), [1_000, 5_000]);
  });

  test('comes back to a server that begins nothing new', async () => {
    const { feed, sockets, socket } = await scriptedFeed();

    await socket().accept();
    const extensions = { code: 'SHUTTING_DOWN' };
    socket().say({
      type: 'error',
      id: socket().subscriptions[0].id,
      payload: [{ message: 'Later, please.', extensions }],
    });
    await pass(1_000);
    assert.equal(sockets.flatMap(({ subscriptions }) => subscriptions).length, 2);
    assert.deepEqual(feed.errors, []);
  });

  test('comes back almost at once when it was too slow', async () => {
    const { feed, socket } = await scriptedFeed();

    await socket().accept();
    socket().drop(4290, 'The client reads too slowly.');
    assert.ok(feed.pauses()[0] <= 200, `waits ${feed.pauses()[0]} ms`);
  });

  test('gives up on a code that says the client is wrong', async () => {
    const { feed, sockets, requests, socket } = await scriptedFeed();

    socket().readyState = 1;
    socket().drop(4401, 'Connection refused.');
    await pass(600_000);
    assert.equal(feed.errors[0].status, 4401);
    assert.equal(feed.errors[0].message, 'Connection refused.');
    assert.deepEqual([sockets.length, requests.length], [1, 0], 'nothing is tried again');
  });

  test('gives up on a refused operation, and keeps the socket for the others', async () => {
    const { live, feed, sockets, socket } = await scriptedFeed();
    const other = following(live);
    await settle();
    await socket().accept();
    const [refused, accepted] = socket().subscriptions;
    const extensions = { code: 'ARTICLE_NOT_FOUND' };
    socket().say({ type: 'error', id: refused.id, payload: [{ message: 'There is no such article.', extensions }] });
    socket().say({ type: 'next', id: accepted.id, payload: { data: { feed: { position: 'p1' } } } });
    await settle();
    assert.equal(feed.errors[0].code, 'ARTICLE_NOT_FOUND');
    assert.deepEqual(other.events, ['p1']);
    assert.equal(sockets.length, 1);
  });

  test('asks again for an event that the server failed to give', async () => {
    const { feed, sockets, socket } = await scriptedFeed();

    await socket().accept();
    socket().next({ position: 'p1' });
    const masked = { message: 'Unexpected Execution Error', extensions: { errorId: '7' } };
    socket().say({ type: 'next', id: socket().subscriptions[0].id, payload: { data: null, errors: [masked] } });
    await pass(1_000);
    const again = sockets.flatMap(({ subscriptions }) => subscriptions).at(-1);
    assert.equal(again.payload.variables.after, 'p1');
    assert.deepEqual(feed.errors, []);
  });

  test('takes a socket on which nothing arrives for dead', async () => {
    const { feed, sockets, socket } = await scriptedFeed({ timing: { silence: 30_000 } });
    await socket().accept();
    await pass(29_000);
    socket().say({ type: 'ping' });
    await pass(29_000);
    assert.equal(sockets.length, 1, 'a ping is a sign of life');
    await pass(1_000);
    assert.equal(feed.states().at(-1), 'waiting');
    await pass(1_000);
    assert.equal(sockets.length, 2);
  });

  test('hangs up when nothing is followed any more', async () => {
    const { feed, socket } = await scriptedFeed();

    await socket().accept();
    feed.stop();
    await settle();
    await pass(1_000);
    assert.equal(socket().closedBy, 1000);
  });

  test('keeps the socket for a moment, for what is followed next', async () => {
    const { live, feed, sockets, socket } = await scriptedFeed();

    await socket().accept();
    feed.stop();
    await pass(999);
    following(live);
    await pass(10_000);
    assert.deepEqual([sockets.length, socket().closedBy, socket().subscriptions.length], [1, undefined, 2]);
  });

  test('lets no error of a callback disturb the feed', async (context) => {
    const { live, socket } = await scriptedFeed();
    const problems = [];
    const listeners = process.listeners('uncaughtException');
    process.removeAllListeners('uncaughtException');
    process.once('uncaughtException', (error) => problems.push(error.message));
    context.after(() => listeners.forEach((listener) => process.on('uncaughtException', listener)));
    const seen = [];
    live.follow(
      { query: 'subscription { feed { position } }' },
      {
        next: ({ position }) => {
          seen.push(position);
          if (position === 'p1') {
            throw new Error('a mistake of the page');
          }
        },
      },
    );
    await settle();
    await socket().accept();
    socket().next({ position: 'p1' });
    await settle();
    socket().next({ position: 'p2' });
    assert.deepEqual(seen, ['p1', 'p2']);
    assert.deepEqual(problems, ['a mistake of the page']);
  });
});

/** Node has none. */
function windowThatGoesOnline(context) {
  const window = new EventTarget();
  const names = ['addEventListener', 'removeEventListener', 'dispatchEvent'];
  names.forEach((name) => (globalThis[name] = window[name].bind(window)));
  context.after(() => names.forEach((name) => delete globalThis[name]));
}
