import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { threadsOf } from '../dist/index.js';
import { addComment, assertComplete, connect, listen, post, startGateway, until, within } from './harness.mjs';
import { importArticles } from './wxr.mjs';

describe('the feeds of a gateway', { timeout: 300_000 }, () => {
  let directory;
  let gateway;
  let live;
  before(async () => {
    directory = await mkdtemp(path.join(tmpdir(), 'newsgraph-live-'));
    // What another process writes is found by the position check.
    gateway = await startGateway({ shared: directory, args: ['--Feeds:PositionCheckInterval=00:00:00.1'] });
    await importArticles(
      directory,
      { id: 900, title: 'Changing', comments: changing },
      { id: 901, title: 'First', tag: 'live-tag' },
      { id: 904, title: 'Counted', comments: [{ id: 10, text: 'One' }] },
      { id: 905, title: 'Quiet' },
    );
    live = connect(gateway.endpoint);
  });
  after(async () => {
    live?.dispose();
    await gateway?.stop();
    await rm(directory, { recursive: true, force: true });
  });

  const changing = [
    { id: 1, text: 'First' },
    { id: 2, text: 'Second' },
    { id: 3, text: 'Answer to the second', parent: 2 },
  ];
  const idOf = async (slug) =>
    (await post(gateway.endpoint, 'query ($slug: String!) { articleBySlug(slug: $slug) { id } }', { slug })).data
      .articleBySlug.id;

  test('bring edits, removals and the end of commenting into the store', { timeout: 120_000 }, async () => {
    const articleId = await idOf('live-900');
    const store = live.comments(articleId);
    const stop = store.subscribe(() => {});
    const texts = ({ comments: now }) => now.map(({ bodyText }) => bodyText.trim());
    const shape = (threads) => threads.map(({ comment, replies }) => [comment.bodyText.trim(), shape(replies)]);
    const before = await until(store, ({ status }) => status === 'live', 'the comments');
    assert.deepEqual(texts(before), ['First', 'Second', 'Answer to the second']);
    assert.equal(before.open, true);

    const [first, second, answer] = changing;
    const comments = [
      { ...first, text: 'First, put better' },
      { ...second, approved: 'trash' },
      answer,
      { id: 4, text: 'Fourth' },
    ];
    await importArticles(directory, { id: 900, title: 'Changing', open: false, comments });
    const now = await until(store, ({ open, count }) => !open && count === 3, 'the changes');
    assert.deepEqual(shape(threadsOf(now.comments)), [
      ['First, put better', []],
      ['Answer to the second', []],
      ['Fourth', []],
    ]);
    await assertComplete(store, gateway.endpoint, articleId);
    stop();
  });

  test('tell of articles published and withdrawn, by tag, and resume', { timeout: 120_000 }, async () => {
    const mine = (changes) => ({ id: 902, title: 'Mine', tag: 'live-tag', ...changes });
    const heard = collected();
    const stop = live.followArticles(['live-tag'], heard);
    await heard.until(() => heard.live, 'the feed');
    await importArticles(directory, { id: 903, title: 'Other', tag: 'other-tag' }, mine());
    await heard.until(() => heard.all.length > 0, 'the new article');
    stop();
    assert.deepEqual([heard.all[0].__typename, heard.all[0].article.title], ['ArticlePublished', 'Mine']);

    await importArticles(directory, mine({ status: 'draft' }));
    const later = collected();
    live.followArticles(['live-tag'], later, { after: heard.all[0].position });
    await later.until(() => later.all.at(-1)?.__typename === 'ArticleWithdrawn', 'the withdrawal');
    const { articleId, withdrawnReason } = later.all.at(-1);
    assert.deepEqual([articleId, withdrawnReason], [heard.all[0].article.id, 'UNPUBLISHED']);
  });

  test('tell how many comments articles have, and what becomes of that', { timeout: 60_000 }, async () => {
    const ids = [await idOf('live-904'), await idOf('live-905')];
    const heard = collected();
    const stop = live.followCounts(ids, heard);
    const last = (id) => heard.all.findLast(({ articleId }) => articleId === id)?.commentCount;
    await heard.until(() => last(ids[0]) === 1 && last(ids[1]) === 0, 'the counts');
    await addComment(gateway.endpoint, ids[0], 'Two');
    await heard.until(() => last(ids[0]) === 2, 'the new count');
    stop();
  });

  test('refuse what they do not know, with the code of the gateway', { timeout: 60_000 }, async () => {
    const articleId = await idOf('live-901');
    const refused = async (id, start) => {
      const heard = listen(live, id, start);
      await heard.until(() => heard.errors.length > 0, 'the refusal');
      return heard.errors[0].code;
    };
    assert.equal(await refused(btoa('Article:123456789')), 'ARTICLE_NOT_FOUND');
    assert.equal(await refused(articleId, { after: 'garbage' }), 'INVALID_POSITION');
    const sse = connect(gateway.endpoint, { transport: 'sse' });
    const heard = listen(sse, articleId, { after: 'garbage' });
    await heard.until(() => heard.errors.length > 0, 'the refusal by stream');
    assert.equal(heard.errors[0].code, 'INVALID_POSITION');
    sse.dispose();
    const store = live.comments(btoa('Article:123456789'));
    assert.equal(
      (await until(store, ({ status }) => status === 'failed', 'the failure')).error.code,
      'ARTICLE_NOT_FOUND',
    );
  });
});

/** An observer that keeps what it hears. */
function collected() {
  let look = () => {};
  let fail = () => {};
  const heard = {
    all: [],
    live: false,
    next: (event) => look(heard.all.push(event)),
    status: ({ state }) => look((heard.live = state === 'live')),
    error: (error) => fail(error),
    until: async (wanted, what) => {
      const reached = new Promise((resolve, reject) => {
        fail = reject;
        look = () => wanted() && resolve();
        look();
      });
      await within(reached, 20_000, what);
    },
  };
  return heard;
}
