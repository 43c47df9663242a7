import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Client, cacheExchange, fetchExchange } from '@urql/core';
import { openArticle } from './comments.mjs';
import { startGateway } from './gateway.mjs';
import { addComment, commentInput, frontPage } from './operations.mjs';

describe('urql', { timeout: 120_000 }, () => {
  let gateway;
  let client;
  before(async () => {
    gateway = await startGateway();
    client = new Client({ url: gateway.endpoint, exchanges: [cacheExchange, fetchExchange], preferGetMethod: false });
  });
  after(async () => await gateway?.stop());

  test('walks two pages of a connection without an article twice', { timeout: 30_000 }, async () => {
    const first = await client.query(frontPage, { first: 3 }).toPromise();
    assert.equal(first.error, undefined);
    const after = first.data.articles.pageInfo.endCursor;
    const second = await client.query(frontPage, { first: 3, after }).toPromise();
    assert.equal(second.error, undefined);
    const ids = [...first.data.articles.nodes, ...second.data.articles.nodes].map((article) => article.id);
    assert.equal(new Set(ids).size, 6);
  });

  test('gets a query by GET when it prefers that', { timeout: 30_000 }, async () => {
    const result = await client.query(frontPage, { first: 2 }, { preferGetMethod: 'force' }).toPromise();
    assert.equal(result.error, undefined);
    assert.equal(result.data.articles.nodes.length, 2);
  });

  test('gets the comment it posted, and no errors', { timeout: 30_000 }, async () => {
    const input = commentInput(await openArticle(gateway.endpoint));
    const { data, error } = await client.mutation(addComment, { input }).toPromise();
    assert.equal(error, undefined);
    assert.equal(data.addComment.errors, null);
    assert.equal(data.addComment.comment.bodyText.trim(), input.body);
  });

  test('gets a typed error for an article that is none', { timeout: 30_000 }, async () => {
    const known = await openArticle(gateway.endpoint);
    // The global id of an article number that does not exist, whatever the id's notation.
    const text = Buffer.from(known, 'base64').toString('utf8');
    const missing = Buffer.from(text.replace(/\d+$/, '987654321')).toString('base64');
    const { data, error } = await client.mutation(addComment, { input: commentInput(missing) }).toPromise();
    assert.equal(error, undefined, error?.message);
    assert.equal(data.addComment.comment, null);
    assert.match(data.addComment.errors[0].__typename, /Error$/);
  });
});
