import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { isLocal, startChromium } from './chromium.mjs';
import { addComment, openArticle } from './comments.mjs';
import { repository, startGateway } from './gateway.mjs';

const pictures = path.join(repository, 'artifacts/ide');

describe('the IDE in a browser without internet', { timeout: 240_000 }, () => {
  let gateway;
  let browser;
  let page;
  const abroad = [];
  const errors = [];
  const frames = [];

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
      socket.on('framereceived', ({ payload }) => frames.push(String(payload)));
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
    assert.ok(body.data.articles.nodes.length > 0, JSON.stringify(body.data));
    await page.locator('.view-lines', { hasText: body.data.articles.nodes[0].id }).waitFor();
    await picture('answer');
  });

  test('the sample subscription shows a comment that is posted meanwhile', { timeout: 90_000 }, async () => {
    const articleId = await openArticle(gateway.endpoint);
    await writeVariables(JSON.stringify({ articleId }));
    await page.getByRole('button', { name: /^Query: / }).click();
    await page.getByRole('menuitem', { name: /^S / }).click();
    await page.getByRole('button', { name: 'Run Operation' }).click();

    // A subscription has no acknowledgement: comments are posted until one is seen.
    const text = 'Seen in the IDE while it was posted';
    const seen = page.locator('.view-lines', { hasText: text.replaceAll(' ', '\u00a0') });
    for (let attempt = 0; attempt < 50 && (await seen.count()) === 0; attempt += 1) {
      await addComment(gateway.endpoint, articleId, `${text}, attempt ${attempt}`);
      await page.waitForTimeout(300);
    }
    await seen.first().waitFor();
    assert.ok(frames.some((frame) => frame.includes(text)), 'the comment came over the WebSocket');
    await picture('subscription');
  });

  test('nothing outside this machine was asked for, and no script failed', () => {
    assert.deepEqual(abroad, []);
    assert.deepEqual(errors, []);
  });

  async function picture(name) {
    await page.screenshot({ path: path.join(pictures, `${name}.png`) });
  }

  async function writeVariables(json) {
    await page.locator('.monaco-editor[data-uri*="/variables/"]').getByRole('textbox').focus();
    await page.keyboard.press('Control+A');
    await page.keyboard.type(json);
    // What the editor closed by itself.
    await page.keyboard.press('Control+Shift+End');
    await page.keyboard.press('Delete');
  }
});

function isOperation(request) {
  return request.method() === 'POST' && !/IntrospectionQuery/.test(request.postData() ?? 'IntrospectionQuery');
}
