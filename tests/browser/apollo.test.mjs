import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { ApolloClient, HttpLink, InMemoryCache, gql } from '@apollo/client';
import { relayStylePagination } from '@apollo/client/utilities';
import { openArticle } from './comments.mjs';
import { post, startGateway } from './gateway.mjs';
import { addComment, commentInput, frontPage } from './operations.mjs';

describe('Apollo Client', { timeout: 120_000 }, () => {
  let gateway;
  let client;
  before(async () => {
    gateway = await startGateway();
    client = new ApolloClient({
      link: new HttpLink({ uri: gateway.endpoint }),
      cache: new InMemoryCache({
        possibleTypes: { Error: await possibleTypes(gateway.endpoint, 'Error') },
        typePolicies: { Query: { fields: { articles: relayStylePagination(['order', 'where']) } } },
      }),
    });
  });
  after(async () => {
    client?.stop();
    await gateway?.stop();
  });

  test('walks two pages of a connection without an article twice', { timeout: 30_000 }, async () => {
    const query = gql(frontPage);
    const first = await client.query({ query, variables: { first: 3 }, fetchPolicy: 'no-cache' });
    assert.equal(first.data.articles.nodes.length, 3);
    assert.equal(first.data.articles.pageInfo.hasNextPage, true);
    const after = first.data.articles.pageInfo.endCursor;
    const second = await client.query({ query, variables: { first: 3, after }, fetchPolicy: 'no-cache' });
    const ids = [...first.data.articles.nodes, ...second.data.articles.nodes].map((article) => article.id);
    assert.equal(new Set(ids).size, 6);
  });

  test('answers an article it has read from its cache by global id', { timeout: 30_000 }, async () => {
    const { data } = await client.query({ query: gql('{ articles(first: 1) { edges { node { id title } } } }') });
    const article = data.articles.edges[0].node;
    const cached = client.readFragment({
      id: client.cache.identify({ __typename: 'Article', id: article.id }),
      fragment: gql('fragment Title on Article { title }'),
    });
    assert.equal(cached.title, article.title);
  });

  test('gets the comment it posted, and no errors', { timeout: 30_000 }, async () => {
    const input = commentInput(await openArticle(gateway.endpoint));
    const { data } = await client.mutate({ mutation: gql(addComment), variables: { input } });
    assert.equal(data.addComment.errors, null);
    assert.equal(data.addComment.comment.bodyText.trim(), input.body);
  });

  test('gets a typed error for an address that is none', { timeout: 30_000 }, async () => {
    const input = commentInput(await openArticle(gateway.endpoint), { authorEmail: 'not an address' });
    const { data } = await client.mutate({
      mutation: gql(addComment),
      variables: { input },
      fetchPolicy: 'no-cache',
    });
    assert.equal(data.addComment.comment, null);
    assert.equal(data.addComment.errors.length, 1);
    assert.match(data.addComment.errors[0].__typename, /Error$/);
    assert.ok(data.addComment.errors[0].message.length > 0);
  });

  test('reports a validation error as the GraphQL errors it is', { timeout: 30_000 }, async () => {
    await assert.rejects(client.query({ query: gql('{ noSuchField }') }), /noSuchField/);
  });
});

// What Apollo's documentation asks of an application: the members of an abstract type, from the schema itself.
async function possibleTypes(endpoint, name) {
  const query = 'query ($name: String!) { __type(name: $name) { possibleTypes { name } } }';
  const { data } = await post(endpoint, query, { name });
  return data.__type.possibleTypes.map((type) => type.name);
}
