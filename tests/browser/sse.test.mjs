import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { createClient } from 'graphql-sse';
import { expectFiveInOrder, within } from './comments.mjs';
import { startGateway } from './gateway.mjs';

describe('the graphql-sse client in distinct connections mode', { timeout: 180_000 }, () => {
  let gateway;
  let client;
  before(async () => {
    gateway = await startGateway();
    client = createClient({ url: gateway.endpoint, singleConnection: false, retryAttempts: 0 });
  });
  after(async () => {
    client?.dispose();
    await gateway?.stop();
  });

  test('gets the answer to a query as an event', { timeout: 30_000 }, async () => {
    const results = client.iterate({ query: '{ articles(first: 2) { nodes { title } } }' });
    const { value } = await within(results.next(), 10_000, 'the answer');
    assert.equal(value.errors, undefined, JSON.stringify(value.errors));
    assert.equal(value.data.articles.nodes.length, 2);
    assert.equal((await within(results.next(), 10_000, 'the end')).done, true, 'a query ends after its one answer');
  });

  test('receives five comments posted over HTTP once each and in order', { timeout: 90_000 }, async () => {
    await expectFiveInOrder(client, gateway.endpoint);
  });
});
