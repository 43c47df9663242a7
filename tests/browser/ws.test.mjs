import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { createClient } from 'graphql-ws';
import WebSocket from 'ws';
import { expectFiveInOrder, within } from './comments.mjs';
import { startGateway } from './gateway.mjs';

describe('the graphql-ws client', { timeout: 180_000 }, () => {
  let gateway;
  let client;
  before(async () => {
    gateway = await startGateway();
    client = createClient({ url: gateway.socket, webSocketImpl: WebSocket, retryAttempts: 0, lazy: true });
  });
  after(async () => {
    await client?.dispose();
    await gateway?.stop();
  });

  test('gets the answer to a query over the socket', { timeout: 30_000 }, async () => {
    const results = client.iterate({ query: '{ articles(first: 2) { totalCount nodes { title } } }' });
    const { value } = await within(results.next(), 10_000, 'the answer');
    assert.equal(value.errors, undefined, JSON.stringify(value.errors));
    assert.equal(value.data.articles.nodes.length, 2);
    assert.ok(value.data.articles.totalCount >= 2);
    assert.equal((await within(results.next(), 10_000, 'the end')).done, true, 'a query ends after its one answer');
  });

  test('gets the errors of an invalid document and keeps the socket', { timeout: 30_000 }, async () => {
    const invalid = client.iterate({ query: '{ noSuchField }' });
    await assert.rejects(within(invalid.next(), 10_000, 'the error'), (errors) => /noSuchField/.test(errors[0].message));
    const valid = client.iterate({ query: '{ __typename }' });
    assert.deepEqual((await within(valid.next(), 10_000, 'the answer')).value.data, { __typename: 'Query' });
    await valid.return();
  });

  test('receives five comments posted over HTTP once each and in order', { timeout: 90_000 }, async () => {
    await expectFiveInOrder(client, gateway.endpoint);
  });
});
