import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, test } from 'node:test';
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
  within,
} from './harness.mjs';
import { startProxy } from './proxy.mjs';

describe('a client of a gateway that restarts', { timeout: 300_000 }, () => {
  for (const [signal, end] of [
    ['SIGKILL', 'kill'],
    ['SIGTERM', 'stop'],
  ]) {
    test(`goes on after ${signal} where it was, on the same database`, { timeout: 120_000 }, async (context) => {
      const directory = await mkdtemp(path.join(tmpdir(), 'newsgraph-live-'));
      let gateway = await startGateway({ shared: directory });
      const proxy = await startProxy(gateway.origin);
      const live = connect(proxy.url);
      context.after(async () => {
        live.dispose();
        await proxy.stop();
        await gateway.stop();
        await rm(directory, { recursive: true, force: true });
      });
      const articleId = await openArticle(gateway.endpoint);
      const heard = listen(live, articleId, { after: await positionOf(gateway.endpoint, articleId) });
      const store = live.comments(articleId);
      const stop = store.subscribe(() => {});
      await heard.live();
      const posted = await postMany(gateway.endpoint, articleId, 20);
      await gateway[end]();
      await until(store, ({ status }) => status === 'reconnecting', 'the cut');
      gateway = await startGateway({ shared: directory });
      // These are there before anybody has come back.
      posted.push(...(await postMany(gateway.endpoint, articleId, 5)));
      proxy.target = gateway.origin;
      posted.push(...(await postMany(gateway.endpoint, articleId, 20)));
      await heard.until(() => heard.added().length >= posted.length, 'every comment', 40_000);
      await assertComplete(store, gateway.endpoint, articleId);
      stop();
      assert.deepEqual(heard.added(), posted);
      assert.deepEqual(heard.errors, []);
    });
  }

  test('reads again when another database has taken the place of the first', { timeout: 120_000 }, async (context) => {
    const first = await startGateway();
    const second = await startGateway();
    const proxy = await startProxy(first.origin);
    const live = connect(proxy.url);
    context.after(async () => {
      live.dispose();
      await proxy.stop();
      await Promise.all([first.stop(), second.stop()]);
    });
    // Both have the demo content, so the article is the same.
    const articleId = await openArticle(first.endpoint);
    const store = live.comments(articleId);
    const stop = store.subscribe(() => {});
    const mine = await addComment(first.endpoint, articleId, 'Only in the first.');
    await until(
      store,
      ({ status, comments }) => status === 'live' && comments.some(({ id }) => id === mine),
      'the comment',
    );
    const heard = listen(live, articleId, { after: await positionOf(first.endpoint, articleId) });
    await heard.live();
    proxy.target = second.origin;
    proxy.cut();
    await heard.until(() => heard.events.length > 0, 'the reset');
    assert.deepEqual([heard.events[0].__typename, heard.events[0].reason], ['FeedReset', 'OTHER_EPOCH']);
    const theirs = await addComment(second.endpoint, articleId, 'Only in the second.');
    await heard.until(() => heard.added().includes(theirs), 'what comes after the reset');
    await until(
      store,
      ({ comments }) => comments.some(({ bodyText }) => bodyText.includes('Only in the second.')),
      'the new comment',
    );
    await assertComplete(store, second.endpoint, articleId);
    assert.ok(!store.getSnapshot().comments.some(({ bodyText }) => bodyText.includes('Only in the first.')));
    stop();
  });

  test('goes on at another node of the same house, through Redis', { timeout: 120_000 }, async (context) => {
    const directory = await mkdtemp(path.join(tmpdir(), 'newsgraph-live-'));
    const redis = await startRedis(directory);
    const args = [`--ConnectionStrings:Redis=127.0.0.1:${redis.port}`];
    const nodes = [await startGateway({ shared: directory, args })];
    nodes.push(await startGateway({ shared: directory, args }));
    const proxy = await startProxy(nodes[0].origin);
    const live = connect(proxy.url);
    context.after(async () => {
      live.dispose();
      await proxy.stop();
      await Promise.all(nodes.map(async (node) => await node.stop()));
      await redis.stop();
      await rm(directory, { recursive: true, force: true });
    });
    const articleId = await openArticle(nodes[0].endpoint);
    const heard = listen(live, articleId, { after: await positionOf(nodes[0].endpoint, articleId) });
    await heard.live();
    // Posted at one node, followed at the other, which changes every ten comments.
    const posted = [];
    for (let round = 0; round < 6; round++) {
      posted.push(...(await postMany(nodes[round % 2].endpoint, articleId, 10)));
      proxy.target = nodes[round % 2].origin;
      proxy.cut();
    }
    await heard.until(() => heard.added().length >= posted.length, 'every comment');
    assert.deepEqual(heard.added(), posted);
    assert.deepEqual(heard.errors, []);
  });
});

/** A real Redis on a free port. */
async function startRedis(directory) {
  const port = await freePort();
  const child = spawn(
    'redis-server',
    ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--dir', directory],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const exited = new Promise((resolve) => child.once('exit', resolve));
  const ready = new Promise((resolve, reject) => {
    child.once('error', reject);
    child.stdout.on('data', (text) => String(text).includes('Ready to accept connections') && resolve());
    void exited.then((code) => reject(new Error(`redis-server ended with ${code}`)));
  });
  await within(ready, 15_000, 'Redis');
  return {
    port,
    stop: async () => {
      child.kill('SIGTERM');
      await exited;
    },
  };
}

async function freePort() {
  const { createServer } = await import('node:net');
  return await new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
