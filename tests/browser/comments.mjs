// What the subscription tests share: an open article, posting a comment over HTTP, and following a live feed.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { post } from './gateway.mjs';

export const onCommentAdded = /* GraphQL */ `
  subscription OnCommentAdded($articleId: ID!) {
    onCommentAdded(articleId: $articleId) {
      comment {
        id
        bodyText
      }
      position
      commentCount
    }
  }
`;

/** The id of a published article that takes comments. */
export async function openArticle(endpoint) {
  const { data, errors } = await post(
    endpoint,
    '{ articles(first: 1, where: { commentsOpen: { eq: true } }) { nodes { id } } }',
  );
  assert.equal(errors, undefined, JSON.stringify(errors));
  assert.equal(data.articles.nodes.length, 1, 'the demo content has an article that takes comments');
  return data.articles.nodes[0].id;
}

/** Posts a comment and returns its id. */
export async function addComment(endpoint, articleId, body) {
  const { data, errors } = await post(
    endpoint,
    `mutation Add($input: AddCommentInput!) {
      addComment(input: $input) { comment { id } errors { __typename ... on Error { message } } }
    }`,
    {
      input: {
        articleId,
        authorName: 'Reader',
        authorEmail: 'reader@example.org',
        body,
        clientKey: randomUUID(),
      },
    },
  );
  assert.equal(errors, undefined, JSON.stringify(errors));
  assert.equal(data.addComment.errors, null, JSON.stringify(data.addComment.errors));
  return data.addComment.comment.id;
}

/**
 * Follows an article's comments with any client that has the `iterate` of graphql-ws and graphql-sse, and proves
 * that five comments posted over HTTP arrive once each and in order.
 */
export async function expectFiveInOrder(client, endpoint) {
  const articleId = await openArticle(endpoint);
  const events = client.iterate({ query: onCommentAdded, variables: { articleId } });
  try {
    const first = nextEvent(events, 30_000);
    const probes = await postUntil(endpoint, articleId, first);
    const bodies = Array.from({ length: 5 }, (_, index) => `Live comment ${index + 1} ${randomUUID()}`);
    const ids = [];
    for (const body of bodies) {
      ids.push(await addComment(endpoint, articleId, body));
    }

    const received = [await first];
    while (received.at(-1).id !== ids.at(-1)) {
      received.push(await nextEvent(events, 10_000));
    }

    const posted = [...probes, ...ids];
    assert.deepEqual(
      received.map((event) => event.id),
      posted.slice(posted.indexOf(received[0].id)),
      'every comment since the first one seen arrives once, in the order posted',
    );
    assert.deepEqual(received.slice(-5).map((event) => event.text), bodies);
    assert.equal(new Set(received.map((event) => event.position)).size, received.length, 'each event has a position');
    const counts = received.map((event) => event.count);
    assert.deepEqual(counts, counts.map((_, index) => counts[0] + index), 'the count grows by one with each comment');
  } finally {
    await within(events.return(), 5_000, 'the end of the subscription');
  }
}

/** The promise's value, or an error that names what did not come in time. */
export async function within(promise, milliseconds, what) {
  let limit;
  const late = new Promise((_, reject) => {
    limit = setTimeout(() => reject(new Error(`${what} did not come within ${milliseconds} ms`)), milliseconds);
  });
  return await Promise.race([promise, late]).finally(() => clearTimeout(limit));
}

async function nextEvent(events, milliseconds) {
  const { done, value } = await within(events.next(), milliseconds, 'the next event');
  assert.equal(done, false, 'the subscription goes on');
  assert.equal(value.errors, undefined, JSON.stringify(value.errors));
  const { comment, position, commentCount } = value.data.onCommentAdded;
  return { id: comment.id, text: comment.bodyText.trim(), position, count: commentCount };
}

// A subscription has no acknowledgement, so comments are posted until one of them arrives.
async function postUntil(endpoint, articleId, arrived) {
  const posted = [];
  let done = false;
  const finished = arrived.then(
    () => (done = true),
    () => (done = true),
  );
  while (!done) {
    posted.push(await addComment(endpoint, articleId, `Is anybody there? ${randomUUID()}`));
    await Promise.race([finished, new Promise((resolve) => setTimeout(resolve, 100))]);
  }
  return posted;
}
