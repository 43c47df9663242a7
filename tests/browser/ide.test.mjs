import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { isLocal, startChromium } from './chromium.mjs';
import { addComment } from './comments.mjs';
import { repository, startGateway } from './gateway.mjs';

const pictures = path.join(repository, 'artifacts/ide');

describe('the IDE in a browser without internet', { timeout: 240_000 }, () => {
  let gateway;
  let browser;
  let page;
  const abroad = [];
  const errors = [];

  before(async () => {
    await mkdir(pictures, { recursive: true });
    gateway = await startGateway();
    browser = await startChromium();
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    context.setDefaultTimeout(30_000);
    await context.route(
      (url) => !isLocal(url),
      async (route) => {
        abroad.push(route.request().url());
        await route.abort();
      },
    );
    page = await context.newPage();
    page.on('pageerror', (error) => errors.push(error.message));
    page.on('websocket', (socket) => {
      if (!isLocal(socket.url().replace(/^ws/, 'http'))) {
        abroad.push(socket.url());
      }
    });
  });

  after(async () => {
    await browser?.close();
    await gateway?.stop();
  });

  test('Banana Cake Pop appears at the endpoint and goes online', { timeout: 60_000 }, async () => {
    await page.goto(gateway.endpoint);
    await page.getByRole('button', { name: 'Create Document' }).waitFor();
    assert.match(await page.title(), /NewsGraph/);
    await page.getByText('Online', { exact: true }).waitFor();
    await picture('opened');
  });

  test('the first document is connected and its schema is loaded', { timeout: 60_000 }, async () => {
    await page.getByRole('button', { name: 'Create Document' }).click();
    await page.getByText('Schema available').waitFor();
    await page.getByRole('status', { name: gateway.endpoint }).waitFor();
    await page.getByRole('treeitem', { name: /Query$/ }).first().waitFor();
    await page.getByRole('treeitem', { name: /Subscription$/ }).first().waitFor();
    await picture('document');
  });

  test('the sample query runs and shows data', { timeout: 60_000 }, async () => {
    const answered = page.waitForResponse((response) => isOperation(response.request()));
    await page.getByRole('button', { name: 'Run Operation' }).click();
    const response = await answered;
    assert.equal(response.status(), 200);
    const body = await response.json();
    assert.equal(body.errors, undefined, JSON.stringify(body.errors));
    assert.ok(Object.values(body.data).every((value) => value !== null), JSON.stringify(body.data));
    // The response editor shows what came: one of its texts, in the editor's own non-breaking spaces.
    await page.locator('.view-lines', { hasText: '"data"' }).first().waitFor();
    await picture('answer');
  });

  test('the sample subscription shows a comment that is posted meanwhile', { timeout: 90_000 }, async () => {
    const operations = page.getByRole('button', { name: /^Run ▷/ });
    const opened = page.waitForEvent('websocket');
    await operations.nth(await subscriptionIndex()).click();
    const socket = await opened;
    const frames = [];
    socket.on('framereceived', ({ payload }) => frames.push(String(payload)));
    const subscribed = await socket.waitForEvent('framesent', ({ payload }) => /onCommentAdded/.test(String(payload)));
    const { query, variables } = JSON.parse(String(subscribed.payload)).payload;
    const articleId = variables?.articleId ?? /articleId:\s*"([^"]+)"/.exec(query)[1];

    const arrived = page.locator('.view-lines', { hasText: 'onCommentAdded' }).last().waitFor();
    // A subscription has no acknowledgement: comments are posted until the first event.
    for (let attempt = 0; attempt < 50 && !frames.some((frame) => /onCommentAdded/.test(frame)); attempt += 1) {
      await addComment(gateway.endpoint, articleId, `Seen in the IDE, attempt ${attempt}`);
      await page.waitForTimeout(200);
    }
    assert.ok(frames.some((frame) => /"type":"(next|data)"/.test(frame)), frames.join('\n'));
    await arrived;
    await picture('subscription');
  });

  test('nothing outside this machine was asked for, and no script failed', () => {
    assert.deepEqual(abroad, []);
    assert.deepEqual(errors, []);
  });

  async function picture(name) {
    await page.screenshot({ path: path.join(pictures, `${name}.png`) });
  }

  // The place of the subscription among the operations of the sample document.
  async function subscriptionIndex() {
    const names = await page.getByRole('treeitem', { name: /: (Query|Mutation|Subscription)$/ }).allTextContents();
    const index = names.findIndex((name) => /Subscription$/.test(name));
    assert.notEqual(index, -1, 'the sample document has a subscription');
    return index;
  }
});

function isOperation(request) {
  return request.method() === 'POST' && !/IntrospectionQuery/.test(request.postData() ?? 'IntrospectionQuery');
}
