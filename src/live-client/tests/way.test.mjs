import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { following, scriptedFeed, scriptedTime, settle } from './scripted.mjs';

describe('a feed on scripted sockets and streams', { timeout: 30_000 }, () => {
  const pass = scriptedTime();

  test('does not take the word of a busy server for a way that is barred', async () => {
    const { feed, requests, socket } = await scriptedFeed();

    socket().readyState = 1;
    socket().drop(1013, 'Too many initializations. Reconnect in 4000 ms');
    await pass(0);
    assert.deepEqual([feed.pauses(), requests.length], [[4_000], 0]);
  });

  test('takes streams at once when the first socket does not get through', async () => {
    const { feed, sockets, socket, requests, request } = await scriptedFeed({}, 'p0');
    socket().drop(1006);
    await pass(0);
    assert.equal(requests.length, 1, 'without a pause');
    const stream = request().stream();
    await settle();
    stream.next({ position: 'p1' });
    await settle();
    assert.deepEqual(request().body.variables, { after: 'p0' });
    assert.deepEqual(feed.events, ['p1']);
    assert.equal(feed.states().at(-1), 'sse');
    assert.equal(sockets.length, 1);
  });

  test('takes streams when the upgrade is never answered', async () => {
    const { requests } = await scriptedFeed({ timing: { connect: 10_000 } });
    await pass(9_999);
    assert.equal(requests.length, 0);
    await pass(1);
    await pass(0);
    assert.equal(requests.length, 1);
  });

  test('takes streams when something between breaks the handshake', async () => {
    const { feed, requests, socket } = await scriptedFeed();

    socket().drop(1002, 'No sub-protocol came back.');
    await pass(0);
    assert.equal(requests.length, 1);
    assert.deepEqual(feed.errors, []);
  });

  test('stays with streams when one that stood is cut', async () => {
    const { sockets, socket, requests, request } = await scriptedFeed();

    socket().drop(1006);
    await pass(0);
    const stream = request().stream();
    await settle();
    stream.end();
    await settle();
    await pass(1_000);
    assert.deepEqual([sockets.length, requests.length], [1, 2]);
  });

  test('gives up a stream that is never opened', async () => {
    const { feed, requests, request } = await scriptedFeed({ transport: 'sse', timing: { connect: 10_000 } });
    await pass(10_000);
    assert.equal(request().aborted, true);
    assert.deepEqual(feed.pauses(), [1_000]);
    await pass(1_000);
    assert.equal(requests.length, 2);
  });

  test('begins with the socket again when neither gets through', async () => {
    const { sockets, socket, requests, request } = await scriptedFeed();

    for (const [failures, pause] of [1_000, 2_000, 4_000].entries()) {
      socket().drop(1006);
      await pass(0);
      assert.equal(requests.length, failures + 1);
      request().fail();
      await settle();
      await pass(pause);
      assert.equal(sockets.length, failures + 2);
    }
  });

  test('does not blame a way that has worked for a restart', async () => {
    const { sockets, socket, requests } = await scriptedFeed();

    await socket().accept();
    socket().drop(1006);
    for (const pause of [1_000, 2_000, 4_000]) {
      assert.equal(requests.length, 0);
      await pass(pause);
      socket().drop(1006);
    }
    await pass(0);
    assert.equal(sockets.length, 4);
    assert.equal(requests.length, 1, 'after three failures it is given up');
  });

  test('moves from the stream to a socket once one carries an answer, and goes on after the last position', async () => {
    const { feed, sockets, socket, request } = await scriptedFeed({ timing: { socketRetry: 60_000 } });
    socket().drop(1006);
    await pass(0);
    const stream = request().stream();
    await settle();
    stream.next({ position: 'p1' });
    await settle();
    await pass(25_000);
    stream.sign();
    await settle();
    await pass(25_000);
    stream.sign();
    await settle();
    await pass(10_000);
    assert.equal(sockets.length, 2, 'a socket is tried beside the stream');
    await socket().accept();
    stream.next({ position: 'p2' });
    await settle();
    socket().next({ ignored: true });
    await settle();
    assert.equal(request().aborted, true, 'the stream is given up');
    assert.equal(socket().subscriptions.at(-1).payload.variables.after, 'p2');
    socket().next({ position: 'p3' });
    assert.deepEqual(feed.events, ['p1', 'p2', 'p3']);
    assert.deepEqual(feed.states().slice(-2), ['connecting', 'websocket']);
  });

  test('takes every stream along when a feed that lost its own finds a socket', async () => {
    const { live, feed, sockets, socket, requests } = await scriptedFeed();
    const other = following(live);
    await settle();
    socket().drop(1006);
    await pass(0);
    const [mine, others] = requests.map((request) => request.stream());
    await settle();
    others.next({ position: 'p1' });
    mine.end();
    await settle();
    await pass(1_000);
    requests.at(-1).fail();
    await settle();
    await pass(2_000);
    assert.equal(sockets.length, 2);
    await socket().accept();
    assert.deepEqual(
      socket().subscriptions.map(({ payload }) => payload.variables.after),
      [null, 'p1'],
    );
    assert.deepEqual([feed.states().at(-1), other.states().at(-1)], ['websocket', 'websocket']);
    assert.equal(other.states().filter((state) => state === 'websocket').length, 1, 'told once');
    assert.equal(requests[1].aborted, true);
  });

  test('stays on the stream while sockets still do not get through, and asks ever more rarely', async () => {
    const { feed, sockets, socket, request } = await scriptedFeed({
      timing: { socketRetry: 60_000, silence: 3_600_000 },
    });
    socket().drop(1006);
    await pass(0);
    const stream = request().stream();
    await settle();
    for (const wait of [60_000, 120_000, 240_000]) {
      const before = sockets.length;
      await pass(wait - 1);
      assert.equal(sockets.length, before);
      await pass(1);
      assert.equal(sockets.length, before + 1);
      socket().drop(1006);
      await settle();
    }
    stream.next({ position: 'p1' });
    await settle();
    assert.deepEqual(feed.events, ['p1']);
  });

  test('obeys Retry-After, and gives up on a stream that is forbidden', async () => {
    const { feed, requests, request } = await scriptedFeed({ transport: 'sse' });
    request().answer(503, 'Please wait', { 'retry-after': '7' });
    await settle();
    assert.deepEqual(feed.pauses(), [7_000]);
    await pass(7_000);
    request().answer(403, 'Forbidden');
    await settle();
    await pass(600_000);
    assert.equal(requests.length, 2);
    assert.equal(feed.errors[0].status, 403);
  });
});
