import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { assertComplete, connect, listen, openArticle, positionOf, postMany, startGateway } from './harness.mjs';
import { startProxy } from './proxy.mjs';

describe('a client behind a proxy that knows no WebSocket', { timeout: 240_000 }, () => {
  let gateway;
  let proxy;
  let articleId;
  before(async () => {
    gateway = await startGateway();
    proxy = await startProxy(gateway.origin);
    articleId = await openArticle(gateway.endpoint);
  });
  after(async () => {
    await proxy?.stop();
    await gateway?.stop();
  });
  beforeEach(() => {
    proxy.upgrades = 'refuse';
  });

  for (const upgrades of ['refuse', 'swallow']) {
    test(
      `follows by server-sent events where upgrades are ${upgrades === 'refuse' ? 'refused' : 'never answered'}`,
      { timeout: 60_000 },
      async () => {
        proxy.upgrades = upgrades;
        const live = connect(proxy.url, { timing: { connect: 1_000 } });
        const heard = listen(live, articleId, { after: await positionOf(gateway.endpoint, articleId) });
        await heard.live();
        const posted = await postMany(gateway.endpoint, articleId, 5);
        await heard.until(() => heard.added().length >= posted.length, 'every comment');
        live.dispose();
        assert.deepEqual(heard.added(), posted);
        assert.deepEqual([...heard.transports], ['sse']);
      },
    );
  }

  test('resumes streams that are cut, without a gap or a double', { timeout: 60_000 }, async () => {
    const live = connect(proxy.url, { timing: { socketRetry: 600_000 } });
    const heard = listen(live, articleId, { after: await positionOf(gateway.endpoint, articleId) });
    await heard.live();
    const posted = await postMany(gateway.endpoint, articleId, 60, {
      between: (number) => number % 10 === 0 && proxy.cut(),
    });
    await heard.until(() => heard.added().length >= posted.length, 'every comment');
    live.dispose();
    assert.deepEqual(heard.added(), posted);
    assert.deepEqual(heard.errors, []);
    assert.deepEqual([...heard.transports], ['sse']);
  });

  test(
    'moves back to a socket when upgrades pass, and to streams when they no longer do, while comments arrive',
    { timeout: 90_000 },
    async () => {
      const live = connect(proxy.url);
      const heard = listen(live, articleId, { after: await positionOf(gateway.endpoint, articleId) });
      const store = live.comments(articleId);
      const stop = store.subscribe(() => {});
      await heard.live();
      const using = (transport) => () => heard.statuses.at(-1)?.transport === transport;
      const during = async (number) => {
        if (number === 10) {
          proxy.upgrades = 'pass';
          await heard.until(using('websocket'), 'the socket');
        } else if (number === 30) {
          proxy.upgrades = 'refuse';
          proxy.cut();
          await heard.until(using('sse'), 'the stream');
        } else if (number === 50) {
          proxy.upgrades = 'pass';
          await heard.until(using('websocket'), 'the socket again');
        }
      };
      const posted = await postMany(gateway.endpoint, articleId, 60, { between: during });
      await heard.until(() => heard.added().length >= posted.length, 'every comment');
      await assertComplete(store, gateway.endpoint, articleId);
      stop();
      live.dispose();
      assert.deepEqual(heard.added(), posted);
    },
  );

  test('uses streams from the start where there is no WebSocket', { timeout: 60_000 }, async () => {
    const seen = proxy.upgradesSeen;
    const live = connect(proxy.url, { webSocket: undefined, transport: globalThis.WebSocket ? 'sse' : 'auto' });
    const heard = listen(live, articleId);
    await heard.live();
    const posted = await postMany(gateway.endpoint, articleId, 2);
    await heard.until(() => heard.added().length >= posted.length, 'every comment');
    live.dispose();
    assert.deepEqual(heard.added(), posted);
    assert.equal(proxy.upgradesSeen, seen);
  });
});
