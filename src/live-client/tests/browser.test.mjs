import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { startChromium } from '../../../tests/browser/chromium.mjs';
import { addComment, brisk, listed, openArticle, startGateway, within } from './harness.mjs';
import { startProxy } from './proxy.mjs';

// A page as a site would write it, bundled as a site would bundle it.
const page = /* js */ `
  import { createLiveClient } from '@newsgraph/live';
  const [, articleId] = location.hash.split('#');
  const live = createLiveClient({ url: '/graphql', timing: ${JSON.stringify(brisk)} });
  const store = live.comments(articleId);
  const render = () => {
    const { comments, status, transport } = store.getSnapshot();
    document.querySelector('ol').replaceChildren(
      ...comments.map(({ id, bodyText }) => Object.assign(document.createElement('li'), { id, textContent: bodyText })),
    );
    document.querySelector('output').textContent = transport ?? status;
  };
  store.subscribe(render);
  render();
`;

const [, example] = /```js\n([\s\S]*?)```/.exec(readFileSync(new URL('../README.md', import.meta.url), 'utf8'));

describe('the bundled client in Chromium', { timeout: 180_000 }, () => {
  let gateway;
  let proxy;
  let browser;
  let bundle;
  before(async () => {
    bundle = await bundled(page);
    gateway = await startGateway();
    proxy = await startProxy(gateway.origin);
    browser = await startChromium();
  });
  after(async () => {
    await browser?.close();
    await proxy?.stop();
    await gateway?.stop();
  });

  test('is small: 14 KB compressed, with the two clients it wraps', () => {
    const size = gzipSync(bundle).length;
    assert.ok(size <= 14 * 1024, `${size} bytes`);
  });

  test('brings nothing of GraphQL for servers along', () =>
    assert.doesNotMatch(bundle, /GraphQLSchema|GraphQLObjectType/));

  test('shows comments as they are posted, through a cut and on a stream', { timeout: 120_000 }, async (context) => {
    const articleId = await openArticle(gateway.endpoint);
    const { tab, problems } = await open(context, bundle, articleId);
    const using = async (transport) =>
      await tab.locator('output', { hasText: new RegExp(`^${transport}$`) }).waitFor({ timeout: 20_000 });
    const shows = async (id) => await tab.locator(`li[id="${id}"]`).waitFor({ timeout: 20_000 });

    await using('websocket');
    await shows(await addComment(gateway.endpoint, articleId, 'To the browser, by socket.'));
    proxy.cut();
    await shows(await addComment(gateway.endpoint, articleId, 'To the browser, through a cut.'));
    proxy.upgrades = 'refuse';
    proxy.cut();
    await using('sse');
    await shows(await addComment(gateway.endpoint, articleId, 'To the browser, by stream.'));
    proxy.upgrades = 'pass';
    await using('websocket');
    await shows(await addComment(gateway.endpoint, articleId, 'To the browser, by socket again.'));

    const shown = await tab.locator('li').evaluateAll((items) => items.map(({ id }) => id));
    assert.deepEqual(shown, await listed(gateway.endpoint, articleId));
    assert.deepEqual(problems, []);
  });

  test('runs the example of the README', { timeout: 60_000 }, async (context) => {
    const articleId = await openArticle(gateway.endpoint);
    assert.ok(example.trim().split('\n').length <= 16, 'it is short');
    const script = await bundled(example.replace(/live\.comments\('[^']*'\)/, `live.comments('${articleId}')`));
    const { length } = await listed(gateway.endpoint, articleId);
    let said;
    const says = (line) => new Promise((resolve) => (said = (message) => message.text() === line && resolve()));
    const now = says(`${length} comments (live), open`);
    const { problems } = await open(context, script, articleId, (message) => said(message));
    await within(now, 20_000, 'the comments');
    const then = says(`${length + 1} comments (live), open`);
    await addComment(gateway.endpoint, articleId, 'For the example.');
    await within(then, 20_000, 'the new comment');
    assert.deepEqual(problems, []);
  });

  /** Opens a page with a script at an address of the gateway's own origin. */
  async function open(context, script, articleId, listener = () => {}) {
    const tab = await browser.newPage();
    context.after(async () => await tab.close());
    const problems = [];
    tab.on('pageerror', (error) => problems.push(error.message));
    tab.on('console', listener);
    proxy.page = `<!doctype html><output></output><ol></ol><script type="module">${script}</script>`;
    await tab.goto(new URL(`/page#${articleId}`, proxy.url).href);
    return { tab, problems };
  }
});

async function bundled(contents) {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: fileURLToPath(new URL('.', import.meta.url)) },
    bundle: true,
    format: 'esm',
    minify: true,
    platform: 'browser',
    write: false,
  });
  return outputFiles[0].text;
}
