import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import {
  addComment,
  assertComplete,
  connect,
  listen,
  openArticle,
  positionOf,
  postMany,
  startGateway,
  until,
} from './harness.mjs';
import { startProxy } from './proxy.mjs';

describe('a client behind a network that breaks', { timeout: 240_000 }, () => {
  let gateway;
  let proxy;
  let live;
  let articleId;
  before(async () => {
    gateway = await startGateway();
    proxy = await startProxy(gateway.origin);
    live = connect(proxy.url);
    articleId = await openArticle(gateway.endpoint);
  });
  after(async () => {
    live?.dispose();
    await proxy?.stop();
    await gateway?.stop();
  });

  test(
    'misses nothing and sees nothing twice while comments are posted and its socket is cut ten times',
    { timeout: 60_000 },
    async () => {
      const heard = listen(live, articleId, { after: await positionOf(gateway.endpoint, articleId) });
      await heard.live();
      const between = async (number) => {
        if (number % 10 === 0) {
          proxy.cut();
        } else if (number % 10 === 5) {
          await heard.live();
        }
      };
      const posted = await postMany(gateway.endpoint, articleId, 100, { between });
      await heard.until(() => heard.added().length >= posted.length, 'every comment');
      heard.stop();
      assert.deepEqual(heard.added(), posted);
      assert.deepEqual(heard.errors, []);
      assert.ok(heard.statuses.filter(({ state }) => state === 'waiting').length >= 5, 'the cuts were felt');
    },
  );

  test('keeps a store equal to a fresh reading through cuts, from the first page on', { timeout: 60_000 }, async () => {
    const store = live.comments(articleId, { pageSize: 20 });
    const stop = store.subscribe(() => {});
    await postMany(gateway.endpoint, articleId, 60, { between: (number) => number % 6 === 0 && proxy.cut() });
    await assertComplete(store, gateway.endpoint, articleId);
    stop();
  });

  test('has the comments posted while nobody listened, once somebody listens again', { timeout: 60_000 }, async () => {
    const store = live.comments(articleId);
    const { comments } = await until(store, ({ status }) => status === 'live', 'the comments');
    const [id] = await postMany(gateway.endpoint, articleId, 1);
    assert.equal(store.getSnapshot().comments, comments);
    const now = await until(store, (snapshot) => snapshot.comments.length > comments.length, 'the new comment');
    assert.equal(now.comments.at(-1).id, id);
  });

  test('comes back from a connection that carries nothing any more', { timeout: 60_000 }, async () => {
    const impatient = connect(proxy.url, { timing: { silence: 2_000 } });
    const heard = listen(impatient, articleId);
    await heard.live();
    proxy.stall();
    const id = await addComment(gateway.endpoint, articleId, `Into the silence ${Date.now()}`);
    await heard.until(() => heard.added().includes(id), 'the comment posted meanwhile');
    impatient.dispose();
    assert.deepEqual(heard.added(), [id]);
  });

  test('resumes after it was closed for reading too slowly', { timeout: 90_000 }, async () => {
    const heard = listen(live, articleId, { after: await positionOf(gateway.endpoint, articleId) });
    await heard.live();
    proxy.stall();
    // More than the sockets of three processes hold; then the gateway's own queue fills up.
    const posted = await postMany(gateway.endpoint, articleId, 250, { body: 'slow '.repeat(12_000) });
    proxy.flow();
    await heard.until(() => heard.added().length >= posted.length, 'every comment', 40_000);
    heard.stop();
    assert.deepEqual(heard.added(), posted);
    assert.ok(
      heard.statuses.some(({ state }) => state === 'waiting'),
      'the gateway closed the connection',
    );
  });
});
